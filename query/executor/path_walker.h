// Enumerates the paths of a pattern from one starting entity, depth first, in a fixed order: tables
// of a hop as the plan has them, rows ascending. Nothing is allocated per path.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/graph/relationship_table.h"
#include "query/executor/evaluator.h"
#include "query/executor/pattern_filters.h"
#include "query/executor/row_set.h"
#include "query/operators/place_rows.h"

namespace callisto::query {

class PathWalker {
 public:
  // `sets`: reduced rows of the first nodes of the plan, which then stand for their filters; may be
  // empty. All arguments must outlive the walker.
  PathWalker(RunContext& run, PatternFilters& filters, std::span<const NodeSet> sets);

  // The reduced sets already leave out what the negation at the end of the chain excludes.
  void trust_negation() { negation_done_ = true; }

  // Begins at a starting entity that fits its node. `first`, `current`: the instruction to begin at
  // and where the walk stands there (to walk a part of the pattern).
  void start(PackedRef entity) { start(entity, 0); }

  void start(PackedRef current, std::uint32_t first);

  // Goes to the next path; false when there is none, or the guard has stopped the run.
  [[nodiscard]] bool next();

  // What each variable of the query holds on this path; kUnbound where nothing.
  [[nodiscard]] std::span<const PackedRef> values() const { return values_; }

  // No walk through the part that begins after the Absent at `pc` exists from `entity`.
  [[nodiscard]] bool absent_from(PackedRef entity, std::uint32_t pc);

 private:
  struct Frame {
    std::uint32_t pc = 0;
    std::uint32_t choice = 0;  // Expand: index of the next table. Optional: 1 taken, 2 skipped.
    std::uint32_t end = 0;     // Expand: end of the tables of this source.
    std::size_t at = 0;        // Expand: next neighbour.
    PackedRef current = 0;     // Where the walk stood before this step.
    Neighbours neighbours{};
  };

  // Where a walk with the same later entities is looked for (left join, j1ql 5.16).
  struct Pins {
    std::uint32_t after = 0;  // Instructions past this one are pinned.
    std::span<const PackedRef> values{};
  };

  // Intersect: the hop after this one leads back to an entity of the path, so only neighbours of
  // that entity are of use.
  struct Closing {
    std::uint32_t hop = 0;  // The one that leads back.
    VariableId anchor = kNoVariable;
    SeenRows neighbours;
    PackedRef marked = kUnbound;  // Whose neighbours these are.
  };

  void find_closings();
  void mark_neighbours(Closing& closing);
  [[nodiscard]] bool run(std::uint32_t pc, bool backtracking);
  // A walk from `pc` to its End exists. Leaves the variables unchanged.
  [[nodiscard]] bool exists(std::uint32_t pc, PackedRef current);
  [[nodiscard]] bool advance_top(std::uint32_t& pc);
  [[nodiscard]] bool advance_expand(Frame& frame);
  [[nodiscard]] bool advance_optional(Frame& frame, std::uint32_t& pc);
  [[nodiscard]] bool try_neighbour(const PlanHop& hop,
                                   std::uint32_t at,
                                   std::uint32_t row,
                                   std::uint32_t edge);
  void push_expand(std::uint32_t pc);
  // Leaves the neighbours that are the earlier entity which the hop has to lead to.
  void keep_same(Frame& frame, const PlanHop& hop, const HopTable& table) const;
  void load_neighbours(Frame& frame, const HopTable& table);
  // The walk skipped an optional although it could take it with the same rest.
  [[nodiscard]] bool redundant();
  [[nodiscard]] bool could_take(const Frame& skipped);
  void unbind(std::span<const VariableId> variables);

  RunContext& run_;
  const PhysicalPlan& plan_;
  PatternFilters& filters_;
  std::span<const NodeSet> sets_;
  Evaluator evaluator_;
  std::vector<PackedRef> values_;
  std::vector<Frame> stack_;
  std::vector<std::optional<Closing>> closings_;  // Per hop.
  std::size_t base_ = 0;
  PackedRef current_ = 0;
  std::uint32_t first_ = 0;
  bool fresh_ = false;
  bool negation_done_ = false;
  const Pins* pins_ = nullptr;
};

}  // namespace callisto::query
