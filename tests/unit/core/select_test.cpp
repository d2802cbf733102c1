#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include "core/columns/column.h"
#include "core/columns/predicate.h"
#include "tests/unit/core/random_rows.h"

namespace callisto {

namespace {

constexpr Test kTests[] = {Test::Present,
                           Test::Equal,
                           Test::Less,
                           Test::LessEqual,
                           Test::Greater,
                           Test::GreaterEqual,
                           Test::Contains,
                           Test::StartsWith,
                           Test::EndsWith,
                           Test::Matches};

class HasB final : public StringMatcher {
 public:
  [[nodiscard]] bool matches(std::string_view text) const override {
    return text.find('b') != std::string_view::npos;
  }
};

RowMask select_by_rows(const Column& column, const Predicate& predicate) {
  RowMask mask;
  Arena scratch;
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    if (passes(column.at(row, scratch), predicate)) mask.set(row);
  }
  return mask;
}

// Every test with operands of every kind, among them values of the column and their neighbours.
bool agrees(const Column& column, std::span<const ValueView> rows, test::ValueMaker& maker) {
  static const HasB matcher;
  Arena arena;
  std::vector<ValueView> operands = {ValueView{},
                                     ValueView::boolean(true),
                                     ValueView::string(""),
                                     ValueView::string("a"),
                                     ValueView::string("ab"),
                                     ValueView::string("key:1"),
                                     ValueView::number(column.min()),
                                     ValueView::number(column.max()),
                                     ValueView::number(0),
                                     maker.number(),
                                     maker.number(),
                                     maker.list()};
  for (int i = 0; i < 4 && !rows.empty(); ++i) {
    const ValueView value = rows[maker.below(static_cast<std::uint32_t>(rows.size()))];
    operands.push_back(value);
    if (value.kind() == ValueKind::Number) {
      operands.push_back(ValueView::number(value.as_number() + 0.5));
      operands.push_back(ValueView::number(value.as_number() - 1));
    } else if (value.kind() == ValueKind::String && value.as_string().size() > 2) {
      operands.push_back(ValueView::string(value.as_string().substr(1)));
      operands.push_back(ValueView::string(value.as_string().substr(0, 2)));
    } else if (value.kind() == ValueKind::List && !value.as_list().empty()) {
      operands.push_back(value.as_list().front());
    }
  }
  for (const ValueView operand : operands) {
    for (const Test test : kTests) {
      const Predicate predicate{.test = test, .operand = operand, .matcher = &matcher};
      if (select(column, predicate) == select_by_rows(column, predicate)) continue;
      RC_LOG() << "test " << static_cast<int>(test) << " operand " << to_json(operand) << '\n';
      return false;
    }
  }
  return true;
}

ColumnPtr coded_column(std::uint32_t distinct, Dictionary& strings) {
  std::vector<std::string> texts;
  std::vector<ValueView> rows;
  for (std::uint32_t i = 0; i < distinct; ++i) {
    texts.push_back(fmt::format("value-{:03}", i));
  }
  for (std::uint32_t row = 0; row < kChunkRows; ++row) {
    rows.push_back(ValueView::string(texts[row % distinct]));
  }
  return Column::build(rows, strings);
}

}  // namespace

TEST_CASE("a predicate over a column selects what it selects row by row") {
  rc::prop("select() is passes() of each row, for every test and operand", [] {
    const test::Recipe recipe = test::draw_recipe();
    test::ValueMaker maker(recipe.seed);
    const std::vector<ValueView> rows = maker.rows(recipe);
    Dictionary strings;
    const ColumnPtr column = Column::build(rows, strings);
    RC_LOG() << recipe << " kind " << static_cast<int>(column->kind()) << '\n';
    RC_ASSERT(agrees(*column, rows, maker));
    // Tables with entries that no row has, widened codes, loose bases.
    std::vector<RowValue> changes;
    for (std::uint32_t row = 0; row < rows.size(); row += 1 + maker.below(50)) {
      changes.push_back({static_cast<std::uint16_t>(row), maker.make(recipe.flavour)});
      if (maker.below(8) == 0) changes.back().value = {};
    }
    const ColumnPtr updated = column->with(changes, column->rows(), strings);
    RC_LOG() << "updated, kind " << static_cast<int>(updated->kind()) << '\n';
    RC_ASSERT(agrees(*updated, rows, maker));
  });
}

TEST_CASE("selects of codes: one, a run, a few, many, all but a few, all") {
  Dictionary strings;
  for (const std::uint32_t distinct : {40U, 250U, 300U, 900U}) {
    const ColumnPtr column = coded_column(distinct, strings);
    REQUIRE(column->kind() == Column::Kind::Coded);
    CAPTURE(distinct);
    for (const std::string_view text :
         {"value-007", "value-0", "value", "1", "9", "e-01", "25", "x"}) {
      for (const Test test : kTests) {
        const Predicate predicate{
            .test = test, .operand = ValueView::string(text), .matcher = nullptr};
        CHECK(select(*column, predicate) == select_by_rows(*column, predicate));
      }
    }
  }
}

TEST_CASE("a hit that crosses from one text into the next is none") {
  Dictionary strings;
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    texts.push_back(fmt::format("b{:04}a", i));  // "ab" stands only across the ends.
  }
  std::vector<ValueView> rows;
  for (const std::string& text : texts) {
    rows.push_back(ValueView::string(text));
  }
  const ColumnPtr column = Column::build(rows, strings);
  REQUIRE(column->kind() == Column::Kind::Text);
  const auto count = [&](Test test, std::string_view text) {
    return select(*column, {test, ValueView::string(text), nullptr}).count();
  };
  CHECK(count(Test::Contains, "ab") == 0);
  CHECK(count(Test::Contains, "a") == 1000);
  CHECK(count(Test::Contains, "b0999a") == 1);
  CHECK(count(Test::Contains, "b00") == 100);
  CHECK(count(Test::Equal, "b0500a") == 1);
}

TEST_CASE("ids are found by their text, which has one form") {
  std::vector<Uuid> ids;
  for (std::uint32_t i = 0; i < 500; ++i) {
    ids.push_back(uuid_v5({}, fmt::format("key {}", i)));
  }
  const ColumnPtr column = Column::build_ids(ids);
  std::string id = to_string(ids[321]);
  const auto equal = [&](std::string_view text) {
    return select(*column, {Test::Equal, ValueView::string(text), nullptr});
  };
  RowMask expected;
  expected.set(321);
  CHECK(equal(id) == expected);
  CHECK(
      select(*column,
             {Test::StartsWith, ValueView::string(std::string_view(id).substr(0, 20)), nullptr}) ==
      expected);
  std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  CHECK_FALSE(equal(id).any());
  CHECK_FALSE(equal("no id").any());
  CHECK(select(*column, {Test::Present, {}, nullptr}).count() == 500);
}

}  // namespace callisto
