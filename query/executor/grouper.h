// RETURN with aggregates, UNIQUE or UNWIND: paths in, held rows out (j1ql 7.4, 7.6, 7.8).
#pragma once

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

#include "query/executor/cell_table.h"
#include "query/executor/evaluator.h"
#include "query/executor/tuple_ids.h"
#include "query/operators/cell_numbers.h"
#include "query/operators/group_table.h"

namespace callisto::query {

class Grouper {
 public:
  // `distinct`: no two paths have the same entities, so each is counted as it comes; unless UNWIND
  // makes several rows of a path.
  Grouper(RunContext& run, bool distinct);

  // False when the guard has stopped the run.
  [[nodiscard]] bool add(std::span<const PackedRef> path);

  // The rows: a cell for each item. Groups and distinct rows come in the order of their cells.
  [[nodiscard]] CellTable finish();

 private:
  struct Seen {
    std::uint32_t group = 0;
    PackedRef ref = 0;  // Or the number of a tuple.
    bool operator==(const Seen&) const = default;
  };

  struct SeenHash {
    std::size_t operator()(const Seen& seen) const noexcept {
      return (seen.ref ^ (std::uint64_t{seen.group} << 40U)) * 0x9E3779B97F4A7C15ULL;
    }
  };

  struct SeenValue {
    std::uint32_t group = 0;
    ValueView value{};
    bool operator==(const SeenValue&) const = default;
  };

  struct SeenValueHash {
    std::size_t operator()(const SeenValue& seen) const noexcept {
      return hash_value(seen.value) + seen.group * 0x9E3779B97F4A7C15ULL;
    }
  };

  // An UNWIND's list of the path at hand.
  struct Unwound {
    std::size_t key = 0;
    std::span<const ValueView> elements{};
  };

  // One row for each combination of elements of the lists from number `list` on.
  [[nodiscard]] bool add_rows(std::span<const PackedRef> path, std::size_t list);
  [[nodiscard]] std::uint32_t group_of_keys();
  // False for a tuple of entities that the aggregate has taken in the group already.
  [[nodiscard]] bool is_new(std::size_t index,
                            std::uint32_t group,
                            std::span<const PackedRef> path);
  void aggregate(std::size_t index, std::uint32_t group, std::span<const PackedRef> path);
  void count_value(std::size_t index, std::uint32_t group, ValueView value);

  RunContext& run_;
  const BoundQuery& query_;
  Evaluator evaluator_;
  bool distinct_;
  bool groups_;                           // Equal rows are one; else every path is a row.
  std::vector<std::uint32_t> key_items_;  // Items that tell groups apart; of paths all items.
  std::vector<std::uint32_t> row_keys_;   // Of these, those that read the columns of their row.
  std::vector<Cell> keys_;                // Of the path at hand.
  std::vector<Unwound> unwound_;
  GroupTable table_;
  CellNumbers numbers_;
  std::vector<std::unordered_set<Seen, SeenHash>> seen_;
  std::vector<std::unordered_set<SeenValue, SeenValueHash>> seen_values_;
  TupleIds tuples_;
  Arena scratch_;  // Of values that are not kept.
};

}  // namespace callisto::query
