// Numbers for the rows of a chunk, and the loops that fill and read them.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/columns/column.h"
#include "core/columns/row_mask.h"

namespace callisto::query {

using RowNumbers = std::array<std::uint32_t, kChunkRows>;

// As RowMask::for_each, without looking at bits where the rows are all up to some row.
template <class Visit>
void for_each_row(const RowMask& rows, Visit&& visit) {
  const std::uint32_t count = rows.count();
  if (rows != RowMask::first(count)) return rows.for_each(visit);
  for (std::uint32_t row = 0; row < count; ++row) {
    visit(row);
  }
}

// out[row] = of_code[code of the row], for all rows of a coded column.
template <class T>
void decode_codes(const Column& column, std::span<const T> of_code, std::span<T, kChunkRows> out) {
  const auto decode = [&](auto&& code) {
    for (std::uint32_t row = 0; row < column.rows(); ++row) {
      out[row] = of_code[code(row)];
    }
  };
  if (column.code_width() == 1) {
    decode([codes = column.codes8().data()](std::uint32_t row) { return codes[row]; });
  } else if (column.code_width() == 2) {
    decode([codes = column.codes16().data()](std::uint32_t row) { return codes[row]; });
  } else {
    decode([](std::uint32_t) { return 0U; });
  }
}

}  // namespace callisto::query
