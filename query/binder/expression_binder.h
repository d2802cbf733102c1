// Expressions of RETURN, HAVING and ORDER BY: names, functions, aggregates (j1ql 7.3 to 7.6).
#pragma once

#include <string_view>

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include "query/binder/condition_binder.h"
#include "query/binder/scope.h"

namespace callisto::query {

// COUNT, SUM, AVG, MIN or MAX, in any case.
[[nodiscard]] bool is_aggregate(std::string_view function);
// Whether an expression has one of them in it.
[[nodiscard]] bool has_aggregate(const ast::Expression& expression);

// The call, when the whole expression is UNWIND(…); nullptr otherwise.
[[nodiscard]] const ast::Call* unwind_of(const ast::Expression& expression);

class ExpressionBinder {
 public:
  // Whether names are looked up among the columns of RETURN first: in HAVING and ORDER BY.
  enum class Columns : std::uint8_t { Not, First };

  // Where an expression stands: a whole entity is a value of its own and may be counted, and
  // aggregates do not nest.
  enum class Place : std::uint8_t { Whole, Inside, InAggregate, InsideAggregate };

  ExpressionBinder(BoundQuery& query, const Scope& scope, Columns columns)
      : query_(query), scope_(scope), columns_(columns) {}

  [[nodiscard]] Result<Expression> bind(const ast::Expression& expression, Place place);

  // The clause that messages name: HAVING or ORDER BY.
  void in_clause(std::string_view clause) { clause_ = clause; }

  // The column of RETURN with this name; nullopt: none.
  [[nodiscard]] std::optional<std::uint32_t> column_named(std::string_view name) const;

  // `<clause> knows no column "x"; …`, with the nearest that there is.
  [[nodiscard]] tl::unexpected<Error> no_column(const std::string& name, SourceSpan span) const;

 private:
  [[nodiscard]] Result<Expression> bind_name(const ast::Expression& name, Place place);
  [[nodiscard]] Result<Expression> object(const ast::Name& selector,
                                          VariableId variable,
                                          Place place) const;
  [[nodiscard]] Result<Expression> column(std::uint32_t item, SourceSpan span, Place place) const;
  [[nodiscard]] Expression property(VariableId variable,
                                    std::string_view name,
                                    SourceSpan span,
                                    bool bare);
  [[nodiscard]] Result<Expression> bind_call(const ast::Call& call, SourceSpan span, Place place);
  [[nodiscard]] Result<Expression> bind_aggregate(AggregateFunction function,
                                                  const ast::Call& call,
                                                  SourceSpan span,
                                                  Place place);
  [[nodiscard]] Expression add_aggregate(AggregateFunction function, Expression argument);

  BoundQuery& query_;
  const Scope& scope_;
  Columns columns_;
  std::string_view clause_ = "RETURN";
};

}  // namespace callisto::query
