// Some rows of a table: all live ones, a sorted list when few, a bitmap when many.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/columns/row_mask.h"
#include "core/graph/property_table.h"

namespace callisto::query {

class RowSet {
 public:
  enum class Kind : std::uint8_t { Sparse, Dense, All };

  RowSet() = default;  // Empty.

  [[nodiscard]] static RowSet all(std::uint32_t live_rows) {
    RowSet set;
    set.kind_ = Kind::All;
    set.count_ = live_rows;
    return set;
  }

  // `rows` need not be sorted or distinct.
  [[nodiscard]] static RowSet of(std::vector<std::uint32_t> rows);

  // A bitmap with room for `rows` rows, to be filled with mark() and closed with close().
  [[nodiscard]] static RowSet bitmap(std::uint32_t rows);

  void mark(std::uint32_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }

  void mark(std::uint32_t chunk, const RowMask& mask);
  // Counts a bitmap; turns it into a list when that is smaller.
  void close();

  [[nodiscard]] Kind kind() const { return kind_; }

  [[nodiscard]] std::uint32_t count() const { return count_; }

  [[nodiscard]] bool empty() const { return count_ == 0; }

  [[nodiscard]] bool contains(std::uint32_t row) const {
    if (kind_ == Kind::Dense) return ((words_[row / 64] >> (row % 64)) & 1U) != 0;
    return kind_ == Kind::All || std::binary_search(rows_.begin(), rows_.end(), row);
  }

  [[nodiscard]] std::span<const std::uint32_t> list() const { return rows_; }  // Sparse only.

  [[nodiscard]] std::span<const std::uint64_t> words() const { return words_; }  // Dense only.

  [[nodiscard]] std::size_t bytes() const {
    return rows_.capacity() * sizeof(std::uint32_t) + words_.capacity() * sizeof(std::uint64_t);
  }

  // Rows of `chunk` as a mask; All needs the table.
  [[nodiscard]] RowMask mask(const PropertyTable& table, std::uint32_t chunk) const;

  // Calls visit(row) in order of rows. `table` is the one the rows are of.
  template <class Visit>
  void for_each(const PropertyTable& table, Visit&& visit) const {
    switch (kind_) {
      case Kind::Sparse:
        for (const std::uint32_t row : rows_) {
          visit(row);
        }
        return;
      case Kind::Dense:
        for (std::uint32_t at = 0; at < words_.size(); ++at) {
          for (std::uint64_t word = words_[at]; word != 0; word &= word - 1) {
            visit(at * 64 + static_cast<std::uint32_t>(std::countr_zero(word)));
          }
        }
        return;
      case Kind::All:
        for (std::uint32_t chunk = 0; chunk < table.chunks().size(); ++chunk) {
          table.chunks()[chunk]->live().for_each(
              [&](std::uint32_t row) { visit(chunk * kChunkRows + row); });
        }
        return;
    }
  }

 private:
  Kind kind_ = Kind::Sparse;
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint64_t> words_;  // kChunkRows / 64 words a chunk.
};

// Rows per table of a node, in the order of PlanNode::tables.
using NodeSet = std::vector<RowSet>;

[[nodiscard]] inline std::uint64_t count_of(const NodeSet& set) {
  std::uint64_t count = 0;
  for (const RowSet& rows : set) {
    count += rows.count();
  }
  return count;
}

}  // namespace callisto::query
