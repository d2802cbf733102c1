// A copy of a column with some rows replaced or appended. Used by Column::with only.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/columns/column.h"

namespace callisto {

// Keeps the encoding, and copies only its arrays, as long as the new values fit; rebuilds
// otherwise.
class ColumnUpdate {
 public:
  // `changes` is sorted by row; of two for one row the later counts; rows past `rows` are ignored.
  // All arguments must outlive the update.
  ColumnUpdate(const Column& from,
               std::span<const RowValue> changes,
               std::uint32_t rows,
               Dictionary& strings);

  [[nodiscard]] ColumnPtr apply();

 private:
  [[nodiscard]] bool leaves_gap() const;
  [[nodiscard]] bool keeps_encoding() const;
  // Each returns false when the new values do not fit.
  [[nodiscard]] bool apply_coded();
  [[nodiscard]] bool choose_codes(std::vector<std::uint16_t>& codes);
  // Apart, because its index is large and would be paid for by every small update.
  [[nodiscard]] bool choose_many_codes(std::vector<std::uint16_t>& codes);
  template <class Lookup>
  [[nodiscard]] bool choose_codes(Lookup& lookup, std::vector<std::uint16_t>& codes);
  [[nodiscard]] std::size_t entries_max() const;
  [[nodiscard]] bool apply_integer();
  [[nodiscard]] bool patch_offsets();
  [[nodiscard]] bool apply_double();
  [[nodiscard]] bool apply_text();
  [[nodiscard]] bool apply_ids();
  void apply_mixed();
  void update_presence();
  [[nodiscard]] ColumnPtr rebuild() const;

  const Column& from_;
  std::span<const RowValue> changes_;
  std::uint32_t rows_;
  Dictionary& strings_;
  std::shared_ptr<Column> to_;
  bool adds_absent_ = false;  // Some changed or appended row has no value.
};

}  // namespace callisto
