#include "core/columns/column.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include "tests/unit/core/random_rows.h"

namespace callisto {

namespace {

using Kind = Column::Kind;

std::vector<ValueView> numbers(std::uint32_t rows, const std::function<double(std::uint32_t)>& of) {
  std::vector<ValueView> made;
  for (std::uint32_t row = 0; row < rows; ++row) {
    made.push_back(ValueView::number(of(row)));
  }
  return made;
}

}  // namespace

TEST_CASE("any rows come back from a column as they went in") {
  rc::prop("build, then at()", [] {
    const test::Recipe recipe = test::draw_recipe();
    test::ValueMaker maker(recipe.seed);
    const std::vector<ValueView> rows = maker.rows(recipe);
    Dictionary strings;
    const ColumnPtr column = Column::build(rows, strings);
    RC_LOG() << recipe << " kind " << static_cast<int>(column->kind()) << '\n';
    RC_ASSERT(test::holds(*column, rows));
  });
}

TEST_CASE("a built column depends on nothing but the dictionary") {
  Dictionary strings;
  std::vector<ColumnPtr> columns;
  std::vector<test::Recipe> recipes;
  for (int flavour = 0; flavour < test::kFlavours; ++flavour) {
    for (const std::uint32_t pool : {3U, 2000U}) {
      recipes.push_back({static_cast<test::Flavour>(flavour), 1000, pool, 10, 5});
      test::ValueMaker maker(5);  // Its bytes are gone when the columns are read.
      columns.push_back(Column::build(maker.rows(recipes.back()), strings));
    }
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    test::ValueMaker maker(5);
    CAPTURE(recipes[i]);
    CHECK(test::holds(*columns[i], maker.rows(recipes[i])));
  }
}

TEST_CASE("the builder takes the narrowest encoding") {
  Dictionary strings;
  SECTION("no value at all, and one value on all rows, need no codes") {
    const ColumnPtr absent = Column::build(std::vector<ValueView>(2048), strings);
    CHECK(absent->kind() == Kind::Coded);
    CHECK(absent->code_width() == 0);
    CHECK(absent->has_absent());
    const ColumnPtr one = Column::build(numbers(2048, [](auto) { return 7; }), strings);
    CHECK(one->code_width() == 0);
    CHECK(one->coded_values().size() == 1);
    CHECK(one->bytes() < 512);
  }
  SECTION("few distinct values are coded in a byte; code 0 is absence") {
    std::vector<ValueView> rows = numbers(2048, [](auto row) { return row % 200 / 8.0; });
    rows[5] = {};
    const ColumnPtr column = Column::build(rows, strings);
    CHECK(column->kind() == Kind::Coded);
    CHECK(column->code_width() == 1);
    CHECK(column->coded_values().size() == 201);
    CHECK(column->coded_values()[0].is_null());
    CHECK(column->code(5) == 0);
    CHECK(column->codes8()[6] == column->code(6));
  }
  SECTION("256 entries fit a byte, one more does not") {
    const auto texts = [](std::uint32_t distinct) {
      std::vector<ValueView> rows;
      static std::vector<std::string> kept(300);
      for (std::uint32_t row = 0; row < 2048; ++row) {
        std::string& text = kept[row % distinct];
        text = fmt::format("v{}", row % distinct);
        rows.push_back(ValueView::string(text));
      }
      return rows;
    };
    CHECK(Column::build(texts(256), strings)->code_width() == 1);
    const ColumnPtr wide = Column::build(texts(257), strings);
    CHECK(wide->code_width() == 2);
    CHECK(wide->codes16()[256] == wide->code(256));
    std::vector<ValueView> rows = texts(256);
    rows[2000] = {};
    CHECK(Column::build(rows, strings)->code_width() == 2);
  }
  SECTION("many whole numbers are offsets of 1, 2, 4 or 8 bytes") {
    const auto width = [&strings](double step) {
      const ColumnPtr column =
          Column::build(numbers(2048, [step](auto row) { return 1e12 + step * row; }), strings);
      CHECK(column->kind() == Kind::Integer);
      CHECK(column->base() == 1'000'000'000'000);
      CHECK(column->min() == 1e12);
      CHECK(column->max() == 1e12 + step * 2047);
      CHECK(column->integer(9) == static_cast<std::int64_t>(1e12 + step * 9));
      return column->code_width();
    };
    CHECK(width(1) == 2);
    CHECK(width(1000) == 4);
    CHECK(width(86'400'000) == 8);
    const ColumnPtr small =
        Column::build(numbers(2048, [](auto row) { return row % 255; }), strings);
    CHECK(small->kind() == Kind::Integer);
    CHECK(small->code_width() == 1);
  }
  SECTION("-0, fractions and what is beyond 2^53 are no integers") {
    for (const double odd : {-0.0, 0.5, 9007199254740992.0, 1e300}) {
      const ColumnPtr column = Column::build(
          numbers(2048, [odd](auto row) { return row == 77 ? odd : row * 10.0; }), strings);
      CHECK(column->kind() == Kind::Double);
      CHECK(column->max() == std::max(odd, 20470.0));
    }
  }
  SECTION("mostly distinct strings stay out of the dictionary") {
    std::vector<std::string> texts;
    std::vector<ValueView> rows;
    for (std::uint32_t row = 0; row < 1000; ++row) {
      texts.push_back(fmt::format("key-{}", row));
    }
    for (const std::string& text : texts) {
      rows.push_back(ValueView::string(text));
    }
    const ColumnPtr column = Column::build(rows, strings);
    CHECK(column->kind() == Kind::Text);
    CHECK(strings.size() == 0);
    CHECK(column->text_offsets().size() == 1001);
    // Few but long ones as well: the dictionary never forgets.
    const std::string document(5000, 'x');
    CHECK(Column::build(std::vector{ValueView::string(document)}, strings)->kind() == Kind::Text);
    CHECK(strings.size() == 0);
  }
  SECTION("a mixture of many distinct values is Mixed") {
    std::vector<ValueView> rows = numbers(1000, [](auto row) { return row; });
    rows[3] = ValueView::boolean(true);
    CHECK(Column::build(rows, strings)->kind() == Kind::Mixed);
  }
}

TEST_CASE("0 and -0 are two entries of a coded column") {
  Dictionary strings;
  const ColumnPtr column =
      Column::build(numbers(10, [](auto row) { return row % 2 == 0 ? 0.0 : -0.0; }), strings);
  CHECK(column->coded_values().size() == 2);
  CHECK(std::signbit(column->at(1).as_number()));
  CHECK_FALSE(std::signbit(column->at(2).as_number()));
}

TEST_CASE("integer columns made from integers are always Integer") {
  const std::vector<std::int64_t> same(100, 5);
  const ColumnPtr constant = Column::build_integers(same);
  CHECK(constant->kind() == Kind::Integer);
  CHECK(constant->code_width() == 0);
  CHECK(constant->integer(99) == 5);
  CHECK(constant->at(99) == ValueView::number(5));
  const std::vector<std::int64_t> wide = {-9'007'199'254'740'991, 0, 9'007'199'254'740'991};
  const ColumnPtr column = Column::build_integers(wide);
  CHECK(column->code_width() == 8);
  for (std::uint32_t row = 0; row < 3; ++row) {
    CHECK(column->integer(row) == wide[row]);
  }
  CHECK(Column::build_integers({})->rows() == 0);
}

TEST_CASE("an id column shows its ids as text") {
  const std::vector<Uuid> ids = {uuid_v5({}, "a"), uuid_v5({}, "b")};
  const ColumnPtr column = Column::build_ids(ids);
  Arena scratch;
  CHECK(column->kind() == Kind::Ids);
  CHECK(column->at(1, scratch).as_string() == to_string(ids[1]));
  CHECK(column->at(2, scratch).is_null());
  CHECK(column->id(0) == ids[0]);
  const ColumnPtr more = column->with_ids(std::vector{uuid_v5({}, "c")});
  CHECK(more->rows() == 3);
  CHECK(more->id(1) == ids[1]);
  CHECK(more->id(2) == uuid_v5({}, "c"));
  CHECK(column->rows() == 2);
}

TEST_CASE("a constant column has its value on every row") {
  Dictionary strings;
  const std::vector<ValueView> classes = {ValueView::string("Host"), ValueView::string("Device")};
  const ColumnPtr column = Column::constant(ValueView::list(classes), 2048, strings);
  CHECK(column->code_width() == 0);
  CHECK(column->at(2047) == ValueView::list(classes));
  CHECK(column->at(2048).is_null());
  CHECK(column->presence().count() == 2048);
  const ColumnPtr absent = Column::constant({}, 10, strings);
  CHECK(absent->has_absent());
  CHECK_FALSE(absent->present(3));
  CHECK_FALSE(absent->presence().any());
}

}  // namespace callisto
