#include "core/columns/value_set.h"

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "core/columns/column.h"
#include "core/columns/predicate.h"
#include "tests/unit/core/random_rows.h"

namespace callisto {

TEST_CASE("a value set holds what is equal and nothing else") {
  const std::vector<ValueView> values{ValueView::number(0),
                                      ValueView::number(NAN),
                                      ValueView::string(""),
                                      ValueView::string("web"),
                                      ValueView::string("web"),
                                      ValueView::boolean(true)};
  const ValueSet set(values);
  CHECK(set.contains(ValueView::number(-0.0)));
  CHECK(set.contains(ValueView::number(NAN)));
  CHECK(set.contains(ValueView::string("")));
  CHECK(set.contains(ValueView::boolean(true)));
  CHECK_FALSE(set.contains(ValueView::boolean(false)));
  CHECK_FALSE(set.contains(ValueView::number(1)));
  CHECK_FALSE(set.contains(ValueView::string("0")));
  CHECK_FALSE(set.contains(ValueView::string("we")));
  CHECK_FALSE(set.contains({}));
  CHECK_FALSE(ValueSet({}).contains({}));
}

TEST_CASE("j1ql 4.4 a list passes a value set when any element does") {
  const std::vector<ValueView> values{ValueView::string("a"), ValueView::string("b")};
  const ValueSet set(values);
  const std::vector<ValueView> hit{ValueView::string("x"), ValueView::string("b")};
  const std::vector<ValueView> miss{ValueView::string("x"), ValueView::string("c")};
  CHECK(set.contains_any(ValueView::list(hit)));
  CHECK_FALSE(set.contains_any(ValueView::list(miss)));
  CHECK_FALSE(set.contains_any(ValueView::list({})));
}

TEST_CASE("a value set of many texts finds each of them") {
  std::vector<std::string> texts;
  for (int i = 0; i < 200'000; ++i) {
    texts.push_back("text " + std::to_string(i));
  }
  std::vector<ValueView> values;
  for (const std::string& text : texts) {
    values.push_back(ValueView::string(text));
  }
  const ValueSet set(values);
  std::size_t found = 0;
  for (int i = 0; i < 400'000; ++i) {
    const std::string text = "text " + std::to_string(i);
    found += set.contains(ValueView::string(text)) ? 1U : 0U;
  }
  CHECK(found == texts.size());
}

TEST_CASE("selecting by a set is selecting by each of its values") {
  rc::prop("AnyOf is the union of Equal, for every kind of column", [] {
    const test::Recipe recipe = test::draw_recipe();
    test::ValueMaker maker(recipe.seed);
    const std::vector<ValueView> rows = maker.rows(recipe);
    Dictionary strings;
    const ColumnPtr column = Column::build(rows, strings);
    std::vector<ValueView> wanted{ValueView::number(7), ValueView::string("no row has this")};
    for (std::size_t row = 0; row < rows.size(); row += 1 + maker.below(50)) {
      if (!rows[row].is_null() && rows[row].kind() != ValueKind::List) wanted.push_back(rows[row]);
    }
    RowMask expected;
    for (const ValueView value : wanted) {
      expected |= select(*column, {.test = Test::Equal, .operand = value});
    }
    const ValueSet set(wanted);
    RC_ASSERT(select(*column, {.test = Test::AnyOf, .set = &set}) == expected);
  });
}

}  // namespace callisto
