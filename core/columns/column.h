// The values of one property on the rows of one chunk (at most kChunkRows). Immutable; safe to
// share between threads.
//
//   Coded    a local table of the distinct values (any kind, lists included; strings interned) and
//   a 0-, 1- or 2-byte code
//            per row; code 0 is absence when has_absent(). A column with one value has no codes at
//            all.
//   Integer  whole numbers as base + 1-, 2-, 4- or 8-byte offset (frame of reference)
//   Double   8-byte numbers
//   Text     mostly distinct strings: one heap of bytes and an offset per row (not interned)
//   Ids      16-byte UUIDs, shown as text
//   Mixed    anything else: a ValueView per row into the column's own arena
//
// The builder takes the narrowest kind that holds the rows exactly. A mixture is Mixed or Coded,
// never a wrong answer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/columns/row_mask.h"
#include "core/ids/uuid.h"
#include "core/names/dictionary.h"
#include "core/values/arena.h"
#include <callisto/value_view.h>

namespace callisto {

class Column;
using ColumnPtr = std::shared_ptr<const Column>;

struct RowValue {
  std::uint16_t row = 0;
  ValueView value{};
};

class Column {
 public:
  enum class Kind : std::uint8_t { Coded, Integer, Double, Text, Ids, Mixed };

  // Builds from a value per row (Null = absent). Strings and lists are copied or interned in
  // `strings`. Requires rows.size() <= kChunkRows. Complexity: linear.
  [[nodiscard]] static ColumnPtr build(std::span<const ValueView> rows, Dictionary& strings);
  [[nodiscard]] static ColumnPtr build_ids(std::span<const Uuid> rows);
  // Always of kind Integer. None absent; each |x| < 2^53.
  [[nodiscard]] static ColumnPtr build_integers(std::span<const std::int64_t> rows);
  // A column in which every row has `value`. O(1) memory.
  [[nodiscard]] static ColumnPtr constant(ValueView value, std::uint32_t rows, Dictionary& strings);
  // A copy with some rows replaced and `rows` rows in all (rows past the old end that are not named
  // are absent). `changes` is sorted by row. Fast (a copy of the code array) when the new values
  // fit the present encoding, else a rebuild.
  [[nodiscard]] ColumnPtr with(std::span<const RowValue> changes,
                               std::uint32_t rows,
                               Dictionary& strings) const;
  [[nodiscard]] ColumnPtr with_ids(std::span<const Uuid> appended) const;  // Ids only.

  [[nodiscard]] Kind kind() const { return kind_; }

  [[nodiscard]] std::uint32_t rows() const { return rows_; }

  [[nodiscard]] bool has_absent() const { return has_absent_; }

  [[nodiscard]] bool present(std::uint32_t row) const;
  [[nodiscard]] RowMask presence() const;

  // The value of a row; Null when absent or row >= rows(). Ids are formatted into `scratch`. O(1).
  [[nodiscard]] ValueView at(std::uint32_t row, Arena& scratch) const {
    return kind_ == Kind::Ids ? id_text(row, scratch) : at(row);
  }

  // Same, for kinds other than Ids: needs no scratch. Lifetime: the column (and the dictionary).
  [[nodiscard]] ValueView at(std::uint32_t row) const;

  // out[i] = at(rows[i], scratch), for many rows at once.
  // Requires out.size() == rows.size(). Complexity: linear.
  void gather(std::span<const std::uint16_t> rows, std::span<ValueView> out, Arena& scratch) const;

  // Coded only: the local table (index = code; entry 0 is Null when has_absent()) and the code of a
  // row. The values are distinct bit by bit (0 and -0 are two). After with() some may be on no row.
  [[nodiscard]] std::span<const ValueView> coded_values() const { return values_; }

  [[nodiscard]] std::uint32_t code(std::uint32_t row) const;

  [[nodiscard]] std::uint8_t code_width() const {
    return width_;
  }  // Bytes per code or offset: 0, 1, 2, 4, 8.

  [[nodiscard]] std::span<const std::uint8_t> codes8() const;    // Coded, width 1.
  [[nodiscard]] std::span<const std::uint16_t> codes16() const;  // Coded, width 2.
  // Requires a present number, of whatever kind of column; one that is no whole number is cut off.
  [[nodiscard]] std::int64_t integer(std::uint32_t row) const;

  [[nodiscard]] std::int64_t base() const { return base_; }

  // Integer only: calls visit(const std::uintN_t* offsets) with N = 8 * code_width(); not at all
  // for width 0.
  template <class Visit>
  void visit_offsets(Visit&& visit) const {
    if (width_ == 1) visit(packed_.data());
    if (width_ == 2) visit(reinterpret_cast<const std::uint16_t*>(packed_.data()));
    if (width_ == 4) visit(reinterpret_cast<const std::uint32_t*>(packed_.data()));
    if (width_ == 8) visit(reinterpret_cast<const std::uint64_t*>(packed_.data()));
  }

  // Integer and Double only: least and greatest present value; min > max when none is present.
  // Neither kind holds NaN.
  [[nodiscard]] double min() const { return min_; }

  [[nodiscard]] double max() const { return max_; }

  [[nodiscard]] std::span<const double> doubles() const { return doubles_; }

  // Ids only.
  [[nodiscard]] const Uuid& id(std::uint32_t row) const { return ids_[row]; }

  [[nodiscard]] std::span<const Uuid> ids() const { return ids_; }

  // Text only: row r is heap[offsets[r], offsets[r + 1]).
  [[nodiscard]] std::span<const char> text_heap() const { return heap_; }

  [[nodiscard]] std::span<const std::uint32_t> text_offsets() const { return offsets_; }

  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] ValueView id_text(std::uint32_t row, Arena& scratch) const;

  friend class ColumnBuilder;  // core/columns/column_builder.h
  friend class ColumnUpdate;   // core/columns/column_update.h
  Kind kind_ = Kind::Coded;
  std::uint8_t width_ = 0;
  bool has_absent_ = false;
  std::uint32_t rows_ = 0;
  std::int64_t base_ = 0;
  double min_ = 1;
  double max_ = 0;
  std::unique_ptr<RowMask> presence_;  // Kinds other than Coded and Mixed, when has_absent_.
  std::vector<ValueView> values_;      // Coded: table; Mixed: one per row.
  std::vector<std::uint8_t> packed_;   // Codes or integer offsets, width_ bytes each.
  std::vector<double> doubles_;
  std::vector<Uuid> ids_;
  std::vector<char> heap_;
  std::vector<std::uint32_t> offsets_;
  // Lists of Coded and Mixed, strings of Mixed. Never written after publication: with() adds an
  // arena of its own and shares the others.
  std::vector<std::shared_ptr<const Arena>> arenas_;
};

}  // namespace callisto
