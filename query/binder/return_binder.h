// RETURN and ORDER BY -> items, aggregates and sort keys (j1ql 7, 8.2).
#pragma once

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include "query/binder/condition_binder.h"
#include "query/binder/scope.h"

namespace callisto::query {

class ReturnBinder {
 public:
  ReturnBinder(BoundQuery& query, const Scope& scope) : query_(query), scope_(scope) {}

  Status bind_items(const ast::Return& returns);
  Status bind_sort_keys(const std::vector<ast::SortKey>& keys);

 private:
  // Where an expression stands: aggregates do not nest.
  enum class Place : std::uint8_t { Item, Inside, InAggregate };

  [[nodiscard]] Result<Item> bind_item(const ast::ReturnItem& item);
  [[nodiscard]] Result<Expression> bind(const ast::Expression& expression, Place place);
  [[nodiscard]] Result<Expression> bind_call(const ast::Call& call, SourceSpan span, Place place);
  [[nodiscard]] Result<Expression> bind_aggregate(AggregateFunction function,
                                                  const ast::Call& call,
                                                  SourceSpan span,
                                                  Place place);
  [[nodiscard]] Result<SortKey> bind_sort_key(const ast::SortKey& key);

  BoundQuery& query_;
  const Scope& scope_;
};

}  // namespace callisto::query
