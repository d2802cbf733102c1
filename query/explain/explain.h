// A physical plan as lines for people, in the order of execution from the bottom up.
#pragma once

#include <cstdint>
#include <vector>

#include "query/optimizer/physical_plan.h"
#include <callisto/query_result.h>

namespace callisto::query {

// What a profiled run measured.
struct Measured {
  std::uint64_t rows = 0;                 // Of the answer.
  double time_us = 0;                     // Of the whole run.
  std::vector<std::uint64_t> set_rows{};  // Per node of the chain, after reduction.
};

[[nodiscard]] std::vector<PlanLine> describe(const PhysicalPlan& plan, const Measured* measured);

}  // namespace callisto::query
