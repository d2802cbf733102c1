// The filters of all nodes and hops of a pattern, shared by the operators of one run.
#pragma once

#include <deque>

#include "query/executor/table_filter.h"

namespace callisto::query {

struct PatternFilters {
  explicit PatternFilters(const RunContext& run) {
    for (const PlanNode& node : run.plan->nodes) {
      nodes.emplace_back(run, node);
    }
    for (const PlanHop& hop : run.plan->hops) {
      hops.emplace_back(run, hop);
    }
  }

  std::deque<NodeFilter> nodes{};
  std::deque<HopFilter> hops{};
};

}  // namespace callisto::query
