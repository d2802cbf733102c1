// The box: alignment, folding, footer.
#include "repl/box_renderer.h"

#include <catch2/catch.hpp>

#include "repl/text_width.h"

using namespace callisto;
using namespace callisto::repl;

namespace {

Value text(const std::string& words) {
  return words;
}

ResultTable numbers(int count) {
  ResultTable table;
  table.columns = {"n"};
  for (int i = 1; i <= count; ++i)
    table.rows.push_back({Value(static_cast<double>(i))});
  return table;
}

std::vector<std::string> lines_of(const std::string& words) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start < words.size()) {
    const std::size_t end = words.find('\n', start);
    lines.push_back(words.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("a small table is drawn whole, with kinds, numbers to the right") {
  ResultTable table;
  table.columns = {"Host.name", "cpus", "tags", "Host.createdOn"};
  table.rows = {{text("web-1"),
                 Value(2.0),
                 Value(List{Scalar(std::string("a"))}),
                 Value(1'788'358'205'000.0)},
                {text("db"), Value(16.0), Value(Null{}), Value(Null{})}};
  CHECK(render_box(table, {.width = 80, .rows_shown = 20, .time_us = 4'100}) ==
        "┌───────────┬────────┬──────┬──────────────────────┐\n"
        "│ Host.name │  cpus  │ tags │    Host.createdOn    │\n"
        "│  string   │ number │ list │         time         │\n"
        "├───────────┼────────┼──────┼──────────────────────┤\n"
        "│ web-1     │      2 │ [a]  │ 2026-09-02T14:10:05Z │\n"
        "│ db        │     16 │ —    │ —                    │\n"
        "└───────────┴────────┴──────┴──────────────────────┘\n"
        "2 rows · 4 columns · 4.1 ms\n");
}

TEST_CASE("middle rows are folded: the first and the last ten are shown") {
  const auto lines = lines_of(render_box(numbers(214), {.width = 80, .rows_shown = 20}));
  REQUIRE(lines.size() == 4 + 10 + 3 + 10 + 1 + 1);
  CHECK(lines[4].find(" 1 ") != std::string::npos);
  CHECK(lines[13].find(" 10 ") != std::string::npos);
  CHECK(lines[14].find("·") != std::string::npos);
  CHECK(lines[17].find("205") != std::string::npos);
  CHECK(lines[26].find("214") != std::string::npos);
  CHECK(lines.back() == "214 rows (20 shown) · 1 column");
}

TEST_CASE("a fold that would save no line is not made, and nothing is folded unasked") {
  CHECK(lines_of(render_box(numbers(23), {.width = 80, .rows_shown = 20})).size() == 4 + 23 + 2);
  CHECK(lines_of(render_box(numbers(500), {})).size() == 4 + 500 + 2);
}

TEST_CASE("wide columns are folded to the screen, narrow ones stay whole") {
  ResultTable table;
  table.columns = {"key", "description"};
  table.rows = {{text("k-1"), text(std::string(200, 'x'))}};
  for (const std::size_t width : {30U, 40U, 79U}) {
    for (const std::string& line : lines_of(render_box(table, {.width = width}))) {
      CHECK(display_width(line) <= width);
    }
  }
  const std::string box = render_box(table, {.width = 40});
  CHECK(box.find("k-1") != std::string::npos);
  CHECK(box.find("x…") != std::string::npos);
}

TEST_CASE("columns that have no room at all are counted, not lost silently") {
  ResultTable table;
  Row row;
  for (int i = 0; i < 30; ++i) {
    table.columns.push_back("column" + std::to_string(i));
    row.push_back(text("some value"));
  }
  table.rows = {row};
  const auto lines = lines_of(render_box(table, {.width = 60}));
  for (const std::string& line : lines)
    CHECK(display_width(line) <= 60);
  CHECK(lines[1].find("…") != std::string::npos);
  CHECK(lines.back().find("30 columns (") != std::string::npos);
}

TEST_CASE("wide characters line up, and control characters do no harm") {
  ResultTable table;
  table.columns = {"name", "x"};
  table.rows = {{text("日本語"), text("1")}, {text("a\x1b[31mb\nc"), text("2")}};
  const auto lines = lines_of(render_box(table, {.width = 80}));
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    CHECK(display_width(lines[i]) == display_width(lines[0]));
  }
  CHECK(render_box(table, {.width = 80}).find('\x1b') == std::string::npos);
}

TEST_CASE("no rows: just the footer, kinds of a column") {
  ResultTable table;
  table.columns = {"a"};
  CHECK(render_box(table, {.width = 80}) == "0 rows · 1 column\n");
  table.columns.assign(30, "some column");
  CHECK(render_box(table, {.width = 80, .all_columns = "elsewhere"}) == "0 rows · 30 columns\n");
  table.columns = {"a"};
  table.rows = {{Value(Null{})}};
  CHECK(column_kind(table, 0).empty());
  table.rows = {{Value(1.0)}, {text("x")}};
  CHECK(column_kind(table, 0) == "mixed");
}

TEST_CASE("long lists say how many elements are not shown") {
  List list;
  for (int i = 1; i <= 6; ++i)
    list.emplace_back(static_cast<double>(i));
  CHECK(cell_for_people(Cell(Value(list)), false) == "[1, 2, 3, +3]");
  list.resize(4);
  CHECK(cell_for_people(Cell(Value(list)), false) == "[1, 2, 3, 4]");
}
