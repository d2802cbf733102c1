// What HAVING tests and ORDER BY sorts by -> columns of the rows (j1ql 7.7, 8.2).
#pragma once

#include <string_view>
#include <vector>

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include "query/binder/expression_binder.h"
#include "query/binder/scope.h"

namespace callisto::query {

class KeyBinder {
 public:
  // `grouped`: rows are groups or distinct rows and no longer paths, so that only what tells them
  // apart and aggregates are to be had.
  KeyBinder(BoundQuery& query, const Scope& scope, bool grouped)
      : query_(query),
        grouped_(grouped),
        expressions_(query, scope, ExpressionBinder::Columns::First) {}

  // The item that a key means: a column by its name or by what it computes, whatever the case of
  // its functions; else a hidden one, which is added.
  // Errors: BindError for what the rows do not have.
  [[nodiscard]] Result<std::uint32_t> column_of(const ast::Expression& key,
                                                std::string_view clause);
  // The same for a name of HAVING, which is flat.
  [[nodiscard]] Result<std::uint32_t> column_of(const ast::PropertyRef& name);

  Status bind_sort_keys(const std::vector<ast::SortKey>& keys);

 private:
  [[nodiscard]] std::optional<std::uint32_t> column_like(const Expression& expression) const;
  [[nodiscard]] Result<std::uint32_t> unfolded(const ast::Call& unwind, SourceSpan span);
  [[nodiscard]] Result<std::uint32_t> hidden(Expression expression,
                                             const ast::Expression& written,
                                             std::string_view clause);
  [[nodiscard]] bool over_groups(Expression& expression) const;

  BoundQuery& query_;
  bool grouped_;
  ExpressionBinder expressions_;
};

}  // namespace callisto::query
