#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "core/columns/column.h"
#include "tests/unit/core/random_rows.h"

namespace callisto {

namespace {

std::vector<RowValue> draw_changes(test::ValueMaker& maker,
                                   std::span<const ValueView> rows,
                                   std::uint32_t new_rows,
                                   test::Flavour flavour,
                                   std::uint32_t percent) {
  std::vector<RowValue> changes;
  for (std::uint32_t row = 0; row < new_rows; ++row) {
    const bool appended = row >= rows.size();
    if (maker.below(100) >= (appended ? 80 : percent)) continue;
    RowValue change{.row = static_cast<std::uint16_t>(row)};
    const std::uint32_t choice = maker.below(10);
    if (choice < 4 && !rows.empty()) {
      change.value = rows[maker.below(static_cast<std::uint32_t>(rows.size()))];
    } else if (choice < 9) {
      change.value = maker.make(flavour);
    }
    changes.push_back(change);
  }
  return changes;
}

// min() and max() of the kinds that have a zone.
bool zone_is_exact(const Column& column, std::span<const ValueView> rows) {
  if (column.kind() != Column::Kind::Integer && column.kind() != Column::Kind::Double) return true;
  double min = std::numeric_limits<double>::infinity();
  double max = -min;
  for (const ValueView value : rows) {
    if (value.is_null()) continue;
    min = std::min(min, value.as_number());
    max = std::max(max, value.as_number());
  }
  if (min > max) return column.min() > column.max();
  return column.min() == min && column.max() == max;
}

}  // namespace

TEST_CASE("a chain of updates holds what a rebuild holds") {
  rc::prop("with() is the same as build() of the changed rows", [] {
    const test::Recipe recipe = test::draw_recipe();
    test::ValueMaker maker(recipe.seed);
    std::vector<ValueView> rows = maker.rows(recipe);
    Dictionary strings;
    ColumnPtr column = Column::build(rows, strings);
    const std::uint32_t percent = *rc::gen::element<std::uint32_t>(0, 1, 1, 10, 60);
    const bool same_flavour = *rc::gen::element(true, true, false);
    const std::uint32_t growth = *rc::gen::element<std::uint32_t>(0, 0, 1, 65, 500);
    RC_LOG() << recipe << " percent " << percent << " growth " << growth << '\n';
    for (int step = 0; step < 12; ++step) {
      const auto new_rows = std::min(kChunkRows, static_cast<std::uint32_t>(rows.size()) + growth);
      const test::Flavour flavour =
          same_flavour ? recipe.flavour : static_cast<test::Flavour>(maker.below(test::kFlavours));
      const std::vector<RowValue> changes = draw_changes(maker, rows, new_rows, flavour, percent);
      const ColumnPtr updated = column->with(changes, new_rows, strings);
      RC_ASSERT(test::holds(*column, rows));  // The old version has not changed.
      rows.resize(new_rows);
      for (const RowValue& change : changes) {
        rows[change.row] = change.value;
      }
      RC_ASSERT(test::holds(*updated, rows));
      RC_ASSERT(zone_is_exact(*updated, rows));
      column = updated;
    }
  });
}

TEST_CASE("a point update of a coded column keeps its codes") {
  Dictionary strings;
  std::vector<ValueView> rows;
  for (std::uint32_t row = 0; row < 2048; ++row) {
    rows.push_back(row % 2 == 0 ? ValueView::string("active") : ValueView::string("stopped"));
  }
  const ColumnPtr column = Column::build(rows, strings);
  const auto change = [&](std::uint16_t row, ValueView value) {
    return column->with(std::vector{RowValue{row, value}}, 2048, strings);
  };
  SECTION("to a value that is known") {
    const ColumnPtr updated = change(0, ValueView::string("stopped"));
    CHECK(updated->code(0) == column->code(1));
    CHECK(updated->code(1) == column->code(1));
    CHECK(updated->coded_values().size() == 2);
  }
  SECTION("to a new value, which is appended to the table") {
    const ColumnPtr updated = change(7, ValueView::string("terminated"));
    CHECK(updated->code(7) == 2);
    CHECK(updated->code(8) == column->code(8));
    CHECK(updated->at(7) == ValueView::string("terminated"));
    CHECK_FALSE(updated->has_absent());
  }
  SECTION("to absence, which takes code 0") {
    const ColumnPtr updated = change(7, {});
    CHECK(updated->has_absent());
    CHECK(updated->code(7) == 0);
    CHECK(updated->coded_values()[0].is_null());
    CHECK(updated->at(8) == ValueView::string("active"));
    CHECK(updated->presence().count() == 2047);
  }
  SECTION("to a number") {
    CHECK(change(7, ValueView::number(3))->at(7) == ValueView::number(3));
  }
}

TEST_CASE("updating one row again and again does not let a column grow without end") {
  Dictionary strings;
  std::vector<ValueView> rows;
  for (std::uint32_t row = 0; row < 2048; ++row) {
    rows.push_back(ValueView::number(row % 20 + 0.5));
  }
  ColumnPtr column = Column::build(rows, strings);
  const std::vector<ValueView> list = {ValueView::string("a")};
  std::size_t most = 0;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const ValueView value = i % 3 == 0 ? ValueView::list(list) : ValueView::number(i + 0.25);
    column = column->with(std::vector{RowValue{5, value}}, 2048, strings);
    REQUIRE(column->at(5) == value);
    most = std::max(most, column->bytes());
  }
  CHECK(most < 60'000);
}

TEST_CASE("rows that an update appends but does not name are absent") {
  Dictionary strings;
  const std::vector<std::int64_t> values = {10, 20, 30};
  const ColumnPtr column = Column::build_integers(values)->with(
      std::vector{RowValue{5, ValueView::number(25)}}, 7, strings);
  CHECK(column->kind() == Column::Kind::Integer);
  CHECK(column->rows() == 7);
  CHECK(column->integer(2) == 30);
  CHECK_FALSE(column->present(3));
  CHECK(column->integer(5) == 25);
  CHECK_FALSE(column->present(6));
}

TEST_CASE("of two changes of a row the later counts, and rows past the end are ignored") {
  Dictionary strings;
  const std::vector<RowValue> changes = {{1, ValueView::string("first")},
                                         {1, ValueView::string("second")},
                                         {9, ValueView::string("outside")}};
  test::ValueMaker maker(1);
  for (int flavour = 0; flavour < test::kFlavours; ++flavour) {
    std::vector<ValueView> rows = maker.rows({static_cast<test::Flavour>(flavour), 9, 9, 0, 1});
    const ColumnPtr column = Column::build(rows, strings)->with(changes, 9, strings);
    rows[1] = ValueView::string("second");
    CAPTURE(flavour);
    CHECK(test::holds(*column, rows));
  }
}

TEST_CASE("an update can cut a column short") {
  Dictionary strings;
  const std::vector<std::int64_t> values = {10, 20, 30};
  const ColumnPtr column = Column::build_integers(values)->with({}, 2, strings);
  CHECK(column->rows() == 2);
  CHECK(column->at(1) == ValueView::number(20));
}

TEST_CASE("an id column takes ids, and becomes text when a value is no id") {
  Dictionary strings;
  const std::vector<Uuid> ids = {uuid_v5({}, "a"), uuid_v5({}, "b")};
  const ColumnPtr column = Column::build_ids(ids);
  const std::string id = to_string(uuid_v5({}, "c"));
  Arena scratch;
  const ColumnPtr more = column->with(std::vector{RowValue{3, ValueView::string(id)}}, 4, strings);
  CHECK(more->kind() == Column::Kind::Ids);
  CHECK(more->at(0, scratch).as_string() == to_string(ids[0]));
  CHECK_FALSE(more->present(2));
  CHECK(more->at(2, scratch).is_null());
  CHECK(more->at(3, scratch).as_string() == id);
  CHECK(more->with_ids(std::vector{ids[0]})->at(4, scratch).as_string() == to_string(ids[0]));
  const ColumnPtr text =
      column->with(std::vector{RowValue{1, ValueView::string("no id")}}, 2, strings);
  CHECK(text->at(0, scratch).as_string() == to_string(ids[0]));
  CHECK(text->at(1, scratch).as_string() == "no id");
}

}  // namespace callisto
