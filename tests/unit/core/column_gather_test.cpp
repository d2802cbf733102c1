// Many rows of a column at once are the same as each by itself, for every kind of column.
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/columns/column.h"
#include "tests/unit/core/random_rows.h"

using namespace callisto;

namespace {

void check_gather(const Column& column) {
  std::vector<std::uint16_t> rows;
  for (std::uint32_t row = 0; row < column.rows() + 3; row += 1 + row % 3) {
    rows.push_back(static_cast<std::uint16_t>(row));
  }
  rows.push_back(0);  // In any order.
  Arena scratch;
  std::vector<ValueView> out(rows.size(), ValueView::boolean(true));
  column.gather(rows, out, scratch);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(out[i] == column.at(rows[i], scratch));
  }
}

std::vector<ValueView> rows_of(std::size_t count, ValueView (*value)(std::size_t)) {
  std::vector<ValueView> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    rows[i] = value(i);
  }
  return rows;
}

}  // namespace

TEST_CASE("rows are gathered from every kind of column") {
  Dictionary strings;
  static std::vector<std::string> texts;
  texts.clear();
  for (int i = 0; i < 2'000; ++i) {
    texts.push_back("text number " + std::to_string(i * 7919));
  }
  const auto check = [&](Column::Kind kind, const std::vector<ValueView>& rows) {
    const ColumnPtr column = Column::build(rows, strings);
    REQUIRE(column->kind() == kind);
    check_gather(*column);
  };
  using Kind = Column::Kind;
  check(Kind::Coded, rows_of(900, [](std::size_t i) { return ValueView::string(texts[i % 5]); }));
  check(Kind::Coded, rows_of(2'000, [](std::size_t i) {
          return i % 4 == 0 ? ValueView() : ValueView::string(texts[i % 400]);
        }));
  check(Kind::Coded, rows_of(20, [](std::size_t) { return ValueView::boolean(false); }));
  check(Kind::Integer, rows_of(2'000, [](std::size_t i) {
          return ValueView::number(static_cast<double>(i * 1'000'003));
        }));
  check(Kind::Integer, rows_of(2'000, [](std::size_t i) {
          return i % 3 == 0 ? ValueView() : ValueView::number(static_cast<double>(i));
        }));
  check(Kind::Double, rows_of(2'000, [](std::size_t i) {
          return i % 7 == 0 ? ValueView() : ValueView::number(static_cast<double>(i) / 7);
        }));
  check(Kind::Text, rows_of(2'000, [](std::size_t i) {
          return i % 11 == 0 ? ValueView() : ValueView::string(texts[i]);
        }));
  std::vector<Uuid> ids(50);
  check_gather(*Column::build_ids(ids));
}
