// Bound query -> logical plan: moves conditions down and finds out what the answer needs.
#pragma once

#include "query/planner/logical_plan.h"

namespace callisto::query {

// `push_filters`: conditions of WHERE on one entity or relationship outside optional and negated
// parts become filters of that part of the pattern.
[[nodiscard]] LogicalPlan plan(const std::shared_ptr<const BoundQuery>& query, bool push_filters);

}  // namespace callisto::query
