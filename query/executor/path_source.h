// The rows of a pattern one by one: every path, or what the plan needs of them.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "query/executor/evaluator.h"
#include "query/executor/path_walker.h"
#include "query/executor/reducer.h"
#include "query/executor/scan.h"

namespace callisto::query {

class PathSource {
 public:
  // `run` must outlive the source.
  explicit PathSource(RunContext& run);

  // Goes to the next row; false at the end or when the guard has stopped the run. A row has the
  // variables the plan needs: the starting entity alone for a list, the subject alone when all is
  // about one node, else the whole path.
  [[nodiscard]] bool next();

  [[nodiscard]] std::span<const PackedRef> values() const { return row_; }

  // Every row has a different entity at the subject (or start): nothing has to be counted once.
  [[nodiscard]] bool distinct() const { return distinct_; }

  // Every row is one entity of the start (lists) or of the only variable, to be had by next_some().
  // Opens the source.
  [[nodiscard]] bool by_entities();

  [[nodiscard]] std::size_t next_some(std::span<PackedRef> out) { return cursor_->next_some(out); }

  // Rows come from one node alone and can be had a chunk at a time. Opens the source.
  [[nodiscard]] bool by_chunks();

  [[nodiscard]] bool next_mask(std::uint32_t& type, std::uint32_t& chunk, RowMask& rows) {
    return cursor_->next_mask(type, chunk, rows);
  }

  // A row of such a chunk.
  [[nodiscard]] std::span<const PackedRef> row_of_entity(PackedRef entity) {
    own_row_[member_] = entity;
    return own_row_;
  }

  [[nodiscard]] VariableId member() const { return member_; }

  // The variables whose entities a list shows besides the starting one (j1ql 5.16).
  [[nodiscard]] std::span<const VariableId> list_ends() const { return list_ends_; }

  // For TREE in set form; opens the source.
  [[nodiscard]] std::span<const NodeSet> reduced_sets();

  [[nodiscard]] PatternFilters& filters() { return filters_; }

 private:
  enum class Mode : std::uint8_t {
    Members,  // Rows of one reduced set.
    Starts,   // Starting entities with a path, and what trailing optionals add to a list.
    Paths,
  };

  void open();
  void choose_mode();
  [[nodiscard]] bool next_member();
  [[nodiscard]] bool next_start();
  [[nodiscard]] bool next_path();
  [[nodiscard]] bool next_of_walk();
  [[nodiscard]] bool emit_list_entity(PackedRef entity);

  RunContext& run_;
  const PhysicalPlan& plan_;
  PatternFilters filters_;
  std::optional<Reducer> reducer_;
  std::optional<ScanCursor> cursor_;
  std::optional<PathWalker> walker_;
  Evaluator evaluator_;
  Mode mode_ = Mode::Paths;
  VariableId member_ = 0;
  bool opened_ = false;
  bool distinct_ = false;
  bool walking_ = false;
  std::vector<PackedRef> own_row_;
  std::span<const PackedRef> row_;
  std::vector<VariableId> list_ends_;   // Ends of trailing optionals.
  std::vector<PackedRef> pending_;      // List entities of the current path, last first.
  std::unordered_set<PackedRef> seen_;  // List entities so far, when optionals add some.
};

}  // namespace callisto::query
