// Aggregates over sets of rows: each takes the rows of its variable that a group has, by columns.
// What a path would repeat is in a set once, as the language counts it (j1ql 7.4).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "query/operators/group_keys.h"
#include "query/operators/group_table.h"

namespace callisto::query {

// Numbers of one property on the rows of a table, read once a chunk.
class NumberColumn {
 public:
  struct Chunk {
    std::array<double, kChunkRows> numbers{};
    RowMask present{};  // Rows with one number.
    RowMask others{};   // Rows with a list.
  };

  NumberColumn(const RunContext& run, const PropertyTable& table, PropertyId property);

  [[nodiscard]] const Chunk& chunk(std::uint32_t index);

  // The same for one look at it: it is not kept, and valid until the next call.
  [[nodiscard]] const Chunk& once(std::uint32_t index);

 private:
  void fill(Chunk& chunk, std::uint32_t index) const;
  static void fill_by_codes(Chunk& chunk, const Column& column);

  const RunContext& run_;
  const PropertyTable& table_;
  std::optional<Slot> slot_;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::unique_ptr<Chunk> scratch_;
  std::uint32_t in_scratch_ = kNone;
};

// The aggregates of one run, each of one entity or relationship. Belongs to the run.
class SetAggregates {
 public:
  // Both must outlive this; the evaluator makes values in the arena of the groups.
  SetAggregates(RunContext& run, Evaluator& evaluator, GroupTable& groups);

  // The aggregate can take the rows of different groups in turn; else those of a group come without
  // others between them.
  [[nodiscard]] bool takes_mixed(std::size_t aggregate) const {
    return kinds_[aggregate] != Kind::Values;
  }

  // Adds rows of a type or relationship table to a group; each row once for a group.
  void add_rows(std::size_t aggregate,
                std::uint32_t group,
                std::uint32_t table,
                std::span<const std::uint32_t> rows);

  // Adds so many rows to a group. Requires counts_rows().
  void add_count(std::size_t aggregate, std::uint32_t group, std::uint64_t rows) {
    groups_.state(group, aggregate).count += rows;
  }

  // How many rows there are is all that the aggregate asks for.
  [[nodiscard]] bool counts_rows(std::size_t aggregate) const {
    return kinds_[aggregate] == Kind::Rows;
  }

  // Adds rows of a chunk, each to its group; nullptr: all to group 0, else takes_mixed().
  void add_chunk(std::size_t aggregate,
                 std::uint32_t table,
                 std::uint32_t chunk,
                 const RowMask& rows,
                 const RowNumbers* groups);

 private:
  enum class Kind : std::uint8_t {
    Rows,      // COUNT of objects.
    Numbers,   // SUM, AVG, MIN, MAX of a property.
    Computed,  // The same of an expression.
    Values,    // COUNT of distinct values.
  };

  // Of COUNT of values: numbers for the values of each row, kNone where not known yet.
  struct ValueNumbers {
    std::unique_ptr<GroupKeys> keys{};
    std::unordered_map<std::uint32_t, std::vector<std::unique_ptr<RowNumbers>>> chunks{};
    std::vector<std::uint32_t> counted_in{};  // By number: the group that counted it last, + 1.
    std::unique_ptr<HeldBytes> held{};
  };

  [[nodiscard]] NumberColumn& numbers(std::size_t aggregate, std::uint32_t table);
  void count_rows(std::size_t aggregate, const RowMask& rows, const RowNumbers& groups);
  void take_row(std::size_t aggregate, std::uint32_t group, PackedRef row);
  void add_number_rows(std::size_t aggregate,
                       std::uint32_t group,
                       std::uint32_t table,
                       std::span<const std::uint32_t> rows);
  void add_number_chunk(std::size_t aggregate,
                        std::uint32_t table,
                        std::uint32_t chunk,
                        const RowMask& rows,
                        const RowNumbers* groups);
  void count_values(std::size_t aggregate,
                    std::uint32_t group,
                    std::uint32_t table,
                    std::span<const std::uint32_t> rows);
  // The number of a row's value; kNone when the run has to end.
  [[nodiscard]] std::uint32_t value_of(std::size_t aggregate,
                                       std::uint32_t table,
                                       std::uint32_t row);

  RunContext& run_;
  Evaluator& evaluator_;
  GroupTable& groups_;
  std::vector<Kind> kinds_;
  std::vector<VariableId> variables_;
  // By property and kind of object, then by table.
  std::unordered_map<std::uint64_t, std::unordered_map<std::uint32_t, NumberColumn>> columns_;
  std::vector<ValueNumbers> values_;
  std::vector<PackedRef> path_;
  std::vector<std::uint32_t> rows_;  // Of a chunk.
  std::vector<std::uint32_t> histogram_;
  Arena scratch_;
};

}  // namespace callisto::query
