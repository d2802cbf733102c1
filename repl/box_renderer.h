// Tables drawn in a box for a terminal: typed header, middle rows folded, wide columns folded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "repl/result_table.h"

namespace callisto::repl {

struct BoxOptions {
  std::size_t width = 0;       // Columns of the screen; 0: as wide as the values.
  std::size_t rows_shown = 0;  // More rows than this are folded in the middle; 0: all are shown.
  std::optional<double> time_us{};
  std::string all_rows{};     // How rows that were folded can be seen: a line behind the footer.
  std::string all_columns{};  // Same, for columns without room.
};

// The box and a footer such as `214 rows (20 shown) · 3 columns · 4.1 ms`. Each cut says so: `…` in
// a cell, a row of `·` for rows, `+2 columns` for columns that have no room, and the footer counts.
// Complexity: linear in the rows shown, one pass over the others.
[[nodiscard]] std::string render_box(const ResultTable& table, const BoxOptions& options);

// The footer alone.
[[nodiscard]] std::string footer(std::uint64_t rows,
                                 std::uint64_t rows_shown,
                                 std::size_t columns,
                                 std::size_t columns_shown,
                                 std::optional<double> time_us);

// "string", "number", "boolean", "list", "time", "entity", "relationship", "mixed" or "" (nothing
// but absent values): what kind of values a column holds.
[[nodiscard]] std::string column_kind(const ResultTable& table, std::size_t column);

}  // namespace callisto::repl
