// The groups of an answer: the cells of their keys and the state of each aggregate.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/executor/cell_table.h"
#include "query/executor/evaluator.h"

namespace callisto::query {

// The running value of one aggregate in one group.
struct AggregateState {
  double sum = 0;
  double best = 0;  // Of MIN and MAX.
  std::uint64_t count = 0;

  // Takes one more number (j1ql 7.4). `function`: MIN or MAX decide what `best` is.
  void take(AggregateFunction function, double number) {
    const bool better =
        count == 0 || (function == AggregateFunction::Min ? number < best : number > best);
    if (better) best = number;
    sum += number;
    ++count;
  }
};

// Takes the numbers that a value is or has as elements; others are left out (j1ql 7.4).
inline void take_numbers(AggregateState& state, AggregateFunction function, ValueView value) {
  if (value.kind() == ValueKind::Number) return state.take(function, value.as_number());
  if (value.kind() != ValueKind::List) return;
  for (const ValueView element : value.as_list()) {
    if (element.kind() == ValueKind::Number) state.take(function, element.as_number());
  }
}

class GroupTable {
 public:
  explicit GroupTable(RunContext& run);

  // A new group. `keys`: a cell for each item that tells groups apart, in the order of the items.
  std::uint32_t add(std::span<const Cell> keys);

  [[nodiscard]] std::size_t size() const { return size_; }

  [[nodiscard]] std::span<const Cell> keys(std::uint32_t group) const {
    return std::span<const Cell>(keys_).subspan(group * key_count_, key_count_);
  }

  [[nodiscard]] AggregateState& state(std::uint32_t group, std::size_t aggregate) {
    return states_[group * run_.query().aggregates.size() + aggregate];
  }

  // Values that cells refer to.
  [[nodiscard]] Arena& arena() { return arena_; }

  // The rows: a cell for each item. `by_cells`: equal rows were made one, so they come in the order
  // of their cells; else in the order in which they were added. `evaluator`: of the arena.
  [[nodiscard]] CellTable finish(bool by_cells, Evaluator& evaluator);

 private:
  [[nodiscard]] ValueView result(std::size_t aggregate, std::uint32_t group) const;
  [[nodiscard]] std::vector<std::uint32_t> ordered(bool by_cells) const;
  [[nodiscard]] std::optional<ValueKind> kind_of_first_key() const;

  RunContext& run_;
  std::size_t key_count_ = 0;
  std::size_t size_ = 0;
  std::vector<Cell> keys_;
  std::vector<AggregateState> states_;
  Arena arena_;
};

}  // namespace callisto::query
