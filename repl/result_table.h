// Rows held in memory, from a query or from a listing command, ready for any output format.
#pragma once

#include <string>
#include <vector>

#include <callisto/database.h>

namespace callisto::repl {

// A value, or an entity or relationship. Objects keep their whole JSON form and a label for people.
struct Cell {
  CellKind kind = CellKind::Value;
  Value value{};       // Value cells.
  std::string json{};  // Object cells: {"id", "entity" | "relationship", "properties"}.

  Cell() = default;

  // NOLINTNEXTLINE(google-explicit-constructor): rows of listings are written as braces of values.
  Cell(Value v) : value(std::move(v)) {}
};

using Row = std::vector<Cell>;

struct ResultTable {
  ResultType type = ResultType::Table;
  std::vector<std::string> columns{};
  std::vector<Row> rows{};
};

[[nodiscard]] Cell cell_of(const RowBatch& batch, std::size_t row, std::size_t column);

// Any cell as JSON. Complexity: linear in the cell.
[[nodiscard]] std::string cell_json(const Cell& cell);

// A cell as one piece of plain text: strings as they are, lists and objects as JSON, absence as "".
[[nodiscard]] std::string cell_plain(const Cell& cell);

// A cell for a person: absence as `—`, lists as `[a, b, +3]`, an object by its name, times of
// columns named so as ISO. Safe for a terminal.
[[nodiscard]] std::string cell_for_people(const Cell& cell, bool is_time);

// Whether numbers of this column are epoch milliseconds, by the habit of integrations: names that
// end in On or At, and `_createdOn` and its kin. An alias in RETURN shows the plain number.
[[nodiscard]] bool is_time_column(const std::string& name);

// A list or tree as a table of fields: one column for each core field and property that any row
// has. A table is returned as it is. `all` false: only the fields that say what the object is.
[[nodiscard]] ResultTable spread_objects(const ResultTable& table, bool all);

}  // namespace callisto::repl
