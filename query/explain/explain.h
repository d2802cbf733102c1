// A physical plan as lines for people, in the order of execution from the bottom up.
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/snapshot.h"
#include "query/executor/run_profile.h"
#include "query/optimizer/physical_plan.h"
#include <callisto/query_result.h>

namespace callisto::query {

// What a profiled run measured.
struct Measured {
  std::uint64_t rows = 0;  // Of the answer.
  double time_us = 0;      // Of the whole run.
  RunProfile profile{};
};

// Of the tables of a node with PlanNode::seek: those worth an index, and those that a run would
// seek in now.
struct IndexUse {
  std::uint32_t worth = 0;
  std::uint32_t ready = 0;
};

// Per node of the plan; a run may make further indexes.
[[nodiscard]] std::vector<IndexUse> index_use(const PhysicalPlan& plan, const Snapshot& snapshot);

// `use` as it was before the measured run. `measured` is nullptr for EXPLAIN.
[[nodiscard]] std::vector<PlanLine> describe(const PhysicalPlan& plan,
                                             const std::vector<IndexUse>& use,
                                             const Measured* measured);

}  // namespace callisto::query
