// Rows whose cells are held: groups, distinct rows, unfolded lists.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/executor/evaluator.h"

namespace callisto::query {

struct CellTable {
  std::size_t columns = 0;
  std::size_t rows = 0;   // Kept apart: a table may have rows without columns.
  bool by_cells = false;  // The cells without aggregates give the order of rows.
  std::vector<Cell> cells{};
  Arena arena{};

  [[nodiscard]] std::span<const Cell> row(std::size_t index) const {
    return std::span<const Cell>(cells).subspan(index * columns, columns);
  }

  [[nodiscard]] std::size_t bytes() const {
    return cells.capacity() * sizeof(Cell) + arena.bytes();
  }
};

[[nodiscard]] std::uint64_t hash_cells(std::span<const Cell> cells);
[[nodiscard]] bool same_cells(std::span<const Cell> a, std::span<const Cell> b);

// Order of cells: values by compare_total, objects by their place in the graph.
[[nodiscard]] std::strong_ordering compare_cells(const Cell& a, const Cell& b);

// Order for ORDER BY: as compare_total, but a list counts as its first element, and absence (an
// empty list too) is last in both directions (j1ql 8.2).
[[nodiscard]] std::strong_ordering compare_sort_values(ValueView a, ValueView b, bool descending);

// Numbers of the rows that HAVING keeps, in the order of ORDER BY (the table's order breaks ties),
// without what SKIP and LIMIT cut off.
[[nodiscard]] std::vector<std::uint32_t> arrange(const RunContext& run, const CellTable& table);

}  // namespace callisto::query
