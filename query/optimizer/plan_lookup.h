// What warnings ask a plan: the tables behind a variable, and every comparison of the query.
#pragma once

#include <vector>

#include "core/graph/snapshot.h"
#include "query/optimizer/physical_plan.h"

namespace callisto::query {

// The tables whose rows a variable can stand for. Empty for a RETURN column, for an alias of an
// optional part, and where the graph has no such kind.
[[nodiscard]] std::vector<const PropertyTable*> tables_of(const PhysicalPlan& plan,
                                                          VariableId variable,
                                                          const Snapshot& snapshot);

// Every comparison with a constant: of entities, relationships, paths and WHERE.
[[nodiscard]] std::vector<const Condition*> comparisons_of(const PhysicalPlan& plan);

}  // namespace callisto::query
