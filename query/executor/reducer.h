// Set form: for each node of the chain the rows that can lie on a path, by semi-joins from the
// pivot outwards and back (Yannakakis). Cost: relationships touched, not paths.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/executor/path_walker.h"
#include "query/executor/pattern_filters.h"
#include "query/executor/row_set.h"
#include "query/executor/run_context.h"
#include "query/executor/scan.h"

namespace callisto::query {

class Reducer {
 public:
  Reducer(RunContext& run, PatternFilters& filters);

  // Fills sets(). After it, from every row of set i (i < chain) a path leads on to set i + 1, and
  // sets up to the plan's exact_node hold only rows of whole paths when the plan is exact.
  void reduce();

  [[nodiscard]] std::span<const NodeSet> sets() const { return sets_; }

  // The negation at the end of the chain has been applied.
  [[nodiscard]] bool negation_done() const { return negation_done_; }

 private:
  // Rows of one side of a hop that a row of the other side leads to and that fit.
  // `filtered`: that also pass their node's filter.
  [[nodiscard]] NodeSet expand(std::uint32_t hop,
                               bool rightwards,
                               const NodeSet& from,
                               bool filtered = true);
  // Rows of `kept` that lead to `other`. `kept` is the left side if `left`.
  void keep_connected(std::uint32_t hop, bool left, NodeSet& kept, const NodeSet& other);
  // Leaves the rows of `kept`, of node `node`, that are in `other`, too.
  void keep_common(std::uint32_t node, NodeSet& kept, NodeSet other);
  void pull(std::uint32_t hop, bool left, NodeSet& kept, const NodeSet& other);
  void apply_negation();
  void negate_by_sets();
  void negate_by_rows();
  [[nodiscard]] bool any_empty(std::uint32_t node) const;
  void clear();
  void note_rows();  // For a profile.

  RunContext& run_;
  const PhysicalPlan& plan_;
  PatternFilters& filters_;
  std::vector<NodeSet> sets_;
  bool negation_done_ = false;
};

}  // namespace callisto::query
