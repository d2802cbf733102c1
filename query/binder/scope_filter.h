// Restricts a query to the entities that exist for its caller (j1ql 8.4).
#pragma once

#include <memory>
#include <vector>

#include "query/binder/bound_query.h"
#include <callisto/query_options.h>

namespace callisto::query {

// The query with the filters joined to every entity of its pattern; the same when there are none.
// Subqueries are not changed: they are restricted when they are run.
[[nodiscard]] std::shared_ptr<const BoundQuery> restrict_scope(
    std::shared_ptr<const BoundQuery> query, const std::vector<ScopeFilter>& filters);

}  // namespace callisto::query
