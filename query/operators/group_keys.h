// Dense numbers for what rows have as a group key: any expressions of one variable. Columns with
// few distinct values are numbered by their codes, so that an expression is computed once for each
// combination of values and not once for each row.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/columns/distinct_table.h"
#include "query/executor/cell_table.h"
#include "query/executor/evaluator.h"
#include "query/operators/cell_numbers.h"
#include "query/operators/row_numbers.h"

namespace callisto::query {

// Belongs to one run. Rows with equal cells have equal numbers; numbers are given from 0 on in the
// order in which their first rows are met.
class GroupKeys {
 public:
  // `expressions`: of `variable` and constants; may be empty (one number for all rows). They, the
  // evaluator and the arena, in which the evaluator and this make values, must outlive the keys.
  GroupKeys(const RunContext& run,
            VariableId variable,
            std::vector<const Expression*> expressions,
            Evaluator& evaluator,
            Arena& arena);

  // Writes the numbers of `rows` of a chunk; the rest of `out` is left as it is. `table`: a type or
  // relationship table. Complexity: linear in the rows, and in the distinct values of coded
  // columns.
  void number(std::uint32_t table, std::uint32_t chunk, const RowMask& rows, RowNumbers& out);

  // The number of one row. A row has to be asked for once only when objects are among the keys.
  [[nodiscard]] std::uint32_t number_row(PackedRef row);

  // The keys are properties alone: numbering a row cannot fail where the answer does not.
  [[nodiscard]] bool reads_only() const { return reads_only_; }

  [[nodiscard]] std::uint32_t size() const { return size_; }  // Numbers given so far.

  // What the rows of a number have: a cell for each expression.
  [[nodiscard]] std::span<const Cell> cells(std::uint32_t number) const {
    return std::span<const Cell>(cells_).subspan(number * expressions_.size(), expressions_.size());
  }

 private:
  static constexpr std::uint32_t kCellBitsMax = 20;
  static constexpr std::int64_t kIntegersMax = std::int64_t{1} << 18U;

  struct IdentityHash {
    using is_avalanching = void;

    std::size_t operator()(ValueView value) const { return identity_hash(value); }
  };

  struct Identical {
    bool operator()(ValueView a, ValueView b) const { return identical(a, b); }
  };

  struct WordHash {
    using is_avalanching = void;

    std::size_t operator()(std::uint64_t word) const { return hash_word(word); }
  };

  // A property that the expressions read, with numbers for its values and for the combinations of
  // them with the values of the reads before.
  struct Input {
    ReadId read = kNone;
    boost::unordered_flat_map<ValueView, std::uint32_t, IdentityHash, Identical> values{};
    boost::unordered_flat_map<std::uint64_t, std::uint32_t, WordHash> combinations{};
    std::vector<std::uint32_t> of_integer{};  // From `least` on: numbers of whole numbers.
    std::int64_t least = 0;
    std::vector<std::uint32_t> of_code{};  // Of the chunk at hand.
    std::uint32_t bits = 0;                // Of a cell that hold the number of the value.
  };

  void note_reads(const Expression& expression);
  // Puts the numbers of the values of each row of a chunk together, if its columns let it.
  [[nodiscard]] bool load_cells(const PropertyTable& table,
                                std::uint32_t chunk,
                                const RowMask& rows);
  [[nodiscard]] bool load_values(std::size_t input,
                                 const Column* column,
                                 std::uint32_t row_count,
                                 const RowMask& rows);
  [[nodiscard]] bool widen_integers(Input& input, const Column& column) const;
  void load_integers(std::size_t input, const Column& column, const RowMask& rows);
  void load_codes(std::size_t input, const Column& column);
  [[nodiscard]] bool fit_cells();
  void number_cells(std::uint32_t table, std::uint32_t chunk, const RowMask& rows, RowNumbers& out);
  [[nodiscard]] std::uint32_t number_of_values(PackedRef row);
  // The number of a combination of values with one more.
  [[nodiscard]] std::uint32_t combine(Input& input, std::uint32_t before, std::uint32_t value);
  [[nodiscard]] std::uint32_t number_of_combination(std::uint32_t combination, PackedRef row);
  [[nodiscard]] std::uint32_t number_of_object(PackedRef row);
  [[nodiscard]] std::uint32_t value_number(Input& input, ValueView value);
  // The number of the cells that `row` has.
  [[nodiscard]] std::uint32_t number_of_cells(PackedRef row);

  const RunContext& run_;
  VariableId variable_;
  std::vector<const Expression*> expressions_;
  Evaluator& evaluator_;
  Arena& arena_;
  bool by_object_ = false;  // The object itself is among the keys: each row has its own number.
  bool reads_only_ = true;
  std::vector<Input> inputs_;
  std::vector<PackedRef> path_;
  std::vector<std::uint32_t> number_of_combination_;
  std::vector<std::uint32_t> number_of_cell_;  // A cell: the numbers of the values, side by side.
  std::vector<RowNumbers> value_of_row_;       // Per input, of the chunk at hand.
  RowNumbers cell_of_row_{};
  bool keeps_read_ = false;  // A value just read is now one of those with a number.
  std::uint32_t size_ = 0;
  std::vector<Cell> cells_;
  CellNumbers cell_numbers_;
};

}  // namespace callisto::query
