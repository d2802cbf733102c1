// Rows held in memory, from a query or from a listing command, ready for any output format.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
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

// The cells of a row. Absent ones cost nothing: of thousands of columns a row mostly has a few.
class Row {
 public:
  Row() = default;

  explicit Row(std::size_t size) : size_(size) {}

  Row(std::initializer_list<Cell> cells) {
    for (const Cell& cell : cells)
      push_back(cell);
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  [[nodiscard]] bool empty() const { return size_ == 0; }

  // Complexity: logarithmic in the cells that are there.
  [[nodiscard]] const Cell& operator[](std::size_t place) const;

  [[nodiscard]] const Cell& front() const { return (*this)[0]; }

  void push_back(Cell cell) { set(size_, std::move(cell)); }

  // Widens the row when it has to. Fast for the next place in order.
  void set(std::size_t place, Cell cell);

  void resize(std::size_t size) { size_ = size; }

  [[nodiscard]] std::size_t bytes() const;

  // Calls visit(cell) for each place in order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    auto next = present_.begin();
    for (std::size_t place = 0; place < size_; ++place) {
      const bool here = next != present_.end() && next->first == place;
      visit(here ? next->second : absent());
      if (here) ++next;
    }
  }

 private:
  [[nodiscard]] static const Cell& absent();

  std::size_t size_ = 0;
  std::vector<std::pair<std::size_t, Cell>> present_;  // By place.
};

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
