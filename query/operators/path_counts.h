// How many paths go on from a row: for COUNT(*), without walking one of them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "query/executor/pattern_filters.h"
#include "query/operators/node_members.h"

namespace callisto::query {

// Paths along the chain of a pattern. Belongs to one run.
class PathCounts {
 public:
  // `members`: per node of the plan, the rows that may be on a path. All must outlive this.
  PathCounts(RunContext& run, PatternFilters& filters, std::span<NodeMembers> members)
      : run_(run), plan_(*run.plan), filters_(filters), members_(members) {}

  // Counts, for each row of a place, the walks to the end of the chain on one side of it, its right
  // or its left. Complexity: linear in the relationships on that side.
  void count(bool right, Place place) { count(right, node_beyond(right, place)); }

  void count(bool right, std::uint32_t node);

  // The number of such walks. Requires count() of the same side and place.
  [[nodiscard]] double beyond(bool right,
                              std::uint32_t node,
                              std::uint32_t table,
                              std::uint32_t row) const {
    const std::vector<std::vector<double>>& counts = counts_[right ? 1 : 0];
    return node == end(right) || counts.empty() ? 1 : counts[table][row];
  }

  [[nodiscard]] double beyond(bool right,
                              Place place,
                              std::uint32_t table,
                              std::uint32_t row) const;

 private:
  [[nodiscard]] std::uint32_t end(bool right) const { return right ? plan_.chain : 0; }

  // The node itself, or the one that a relationship leads to on that side.
  [[nodiscard]] static std::uint32_t node_beyond(bool right, Place place) {
    return place.relationship && right ? place.index + 1 : place.index;
  }

  // Of the rows of `next` from those of the node beside it.
  [[nodiscard]] std::vector<std::vector<double>> step(
      bool right, std::uint32_t next, const std::vector<std::vector<double>>& before);

  RunContext& run_;
  const PhysicalPlan& plan_;
  PatternFilters& filters_;
  std::span<NodeMembers> members_;
  std::array<std::vector<std::vector<double>>, 2> counts_{};  // Per table and row of a node.
};

}  // namespace callisto::query
