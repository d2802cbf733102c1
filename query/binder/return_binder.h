// The items of RETURN (j1ql 7.3 to 7.6).
#pragma once

#include "query/ast/ast.h"
#include "query/binder/bound_query.h"
#include "query/binder/scope.h"

namespace callisto::query {

class ReturnBinder {
 public:
  ReturnBinder(BoundQuery& query, const Scope& scope) : query_(query), scope_(scope) {}

  Status bind_items(const ast::Return& returns);

 private:
  [[nodiscard]] Result<Item> bind_item(const ast::ReturnItem& item);

  BoundQuery& query_;
  const Scope& scope_;
};

}  // namespace callisto::query
