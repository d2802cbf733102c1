// One relationship table between the two sides of a hop, seen from one of them.
#pragma once

#include "core/graph/relationship_table.h"
#include "query/executor/run_context.h"

namespace callisto::query {

struct HopSide {
  const RelationshipTable& relationships;
  bool out = false;  // From this side the relationship goes out.

  [[nodiscard]] Neighbours of(std::uint32_t row) const {
    return out ? relationships.out(row) : relationships.in(row);
  }

  [[nodiscard]] HopSide opposite() const { return {relationships, !out}; }
};

// `left`: seen from the left node of the hop.
[[nodiscard]] inline HopSide side_of(const RunContext& run, const HopTable& table, bool left) {
  return {run.relationships(table.table), table.forward == left};
}

}  // namespace callisto::query
