#include "core/columns/predicate.h"

#include <limits>
#include <vector>

#include <catch2/catch.hpp>

namespace callisto {

namespace {

bool test_of(ValueView value, Test test, ValueView operand) {
  return passes(value, {.test = test, .operand = operand, .matcher = nullptr});
}

const std::vector<ValueView> kAb = {ValueView::string("a"), ValueView::string("b")};
const std::vector<ValueView> kCd = {ValueView::string("c"), ValueView::string("d")};
const std::vector<ValueView> kNumbers = {ValueView::number(1), ValueView::number(9)};
const std::vector<ValueView> kWithNull = {ValueView{}, ValueView::string("a")};

class EndsInX final : public StringMatcher {
 public:
  [[nodiscard]] bool matches(std::string_view text) const override { return text.ends_with('x'); }
};

}  // namespace

TEST_CASE("j1ql 4.4 the truth table of positive equality") {
  const ValueView a = ValueView::string("a");
  const ValueView b = ValueView::string("b");
  CHECK(test_of(a, Test::Equal, a));
  CHECK_FALSE(test_of(b, Test::Equal, a));
  CHECK(test_of(ValueView::list(kAb), Test::Equal, a));
  CHECK(test_of(ValueView::list(kAb), Test::Equal, b));
  CHECK_FALSE(test_of(ValueView::string("c"), Test::Equal, a));
  CHECK_FALSE(test_of(ValueView::list(kCd), Test::Equal, a));
  CHECK_FALSE(test_of({}, Test::Equal, a));
}

TEST_CASE("j1ql 4.3 absence passes no positive test") {
  for (const Test test : {Test::Present,
                          Test::Equal,
                          Test::Less,
                          Test::LessEqual,
                          Test::Greater,
                          Test::GreaterEqual,
                          Test::Contains,
                          Test::StartsWith,
                          Test::EndsWith,
                          Test::Matches}) {
    CHECK_FALSE(test_of({}, test, {}));
    CHECK_FALSE(test_of({}, test, ValueView::string("")));
    CHECK_FALSE(test_of({}, test, ValueView::number(0)));
  }
  CHECK_FALSE(test_of(ValueView::list(kWithNull), Test::Equal, {}));
  CHECK(test_of(ValueView::list(kWithNull), Test::Equal, ValueView::string("a")));
}

TEST_CASE("j1ql 4.3 the empty string and the empty list are values") {
  CHECK(test_of(ValueView::string(""), Test::Present, {}));
  CHECK(test_of(ValueView::list({}), Test::Present, {}));
  CHECK(test_of(ValueView::string(""), Test::Equal, ValueView::string("")));
  CHECK_FALSE(test_of(ValueView::list({}), Test::Equal, ValueView::string("")));
}

TEST_CASE("j1ql 4.3 no test converts between kinds") {
  CHECK_FALSE(test_of(ValueView::string("1"), Test::Equal, ValueView::number(1)));
  CHECK_FALSE(test_of(ValueView::boolean(true), Test::Equal, ValueView::string("true")));
  CHECK_FALSE(test_of(ValueView::number(1), Test::Equal, ValueView::boolean(true)));
  CHECK_FALSE(test_of(ValueView::string("5"), Test::Greater, ValueView::number(1)));
  CHECK_FALSE(test_of(ValueView::boolean(true), Test::Greater, ValueView::boolean(false)));
  CHECK_FALSE(test_of(ValueView::boolean(true), Test::GreaterEqual, ValueView::boolean(true)));
  CHECK_FALSE(test_of(ValueView::number(15), Test::Contains, ValueView::string("5")));
  CHECK_FALSE(test_of(ValueView::string("5"), Test::Contains, ValueView::number(5)));
}

TEST_CASE("order tests compare numbers with numbers and strings bytewise") {
  const ValueView two = ValueView::number(2);
  CHECK(test_of(ValueView::number(1), Test::Less, two));
  CHECK_FALSE(test_of(two, Test::Less, two));
  CHECK(test_of(two, Test::LessEqual, two));
  CHECK(test_of(two, Test::GreaterEqual, two));
  CHECK_FALSE(test_of(two, Test::Greater, two));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(test_of(ValueView::number(nan), Test::LessEqual, two));
  CHECK_FALSE(test_of(two, Test::GreaterEqual, ValueView::number(nan)));
  CHECK(test_of(ValueView::string("B"), Test::Less, ValueView::string("a")));
  CHECK(test_of(ValueView::string("\xC3\xBC"), Test::Greater, ValueView::string("z")));
}

TEST_CASE("j1ql 4.4 any element of a list may pass") {
  CHECK(test_of(ValueView::list(kNumbers), Test::Greater, ValueView::number(5)));
  CHECK(test_of(ValueView::list(kNumbers), Test::Less, ValueView::number(5)));
  CHECK_FALSE(test_of(ValueView::list(kNumbers), Test::Greater, ValueView::number(9)));
  CHECK(test_of(ValueView::list(kAb), Test::Contains, ValueView::string("b")));
  CHECK(test_of(ValueView::list(kAb), Test::StartsWith, ValueView::string("b")));
  CHECK_FALSE(test_of(ValueView::list(kAb), Test::EndsWith, ValueView::string("ab")));
}

TEST_CASE("a list operand equals a whole list only") {
  CHECK(test_of(ValueView::list(kAb), Test::Equal, ValueView::list(kAb)));
  CHECK_FALSE(test_of(ValueView::list(kCd), Test::Equal, ValueView::list(kAb)));
  CHECK_FALSE(test_of(ValueView::string("a"), Test::Equal, ValueView::list(kAb)));
  CHECK_FALSE(test_of(ValueView::list(kAb), Test::Contains, ValueView::list(kAb)));
}

TEST_CASE("text tests take the operand literally") {
  const ValueView text = ValueView::string("s3:Get*");
  CHECK(test_of(text, Test::Contains, ValueView::string("*")));
  CHECK_FALSE(test_of(ValueView::string("abc"), Test::Contains, ValueView::string("*")));
  CHECK(test_of(text, Test::Contains, ValueView::string("")));
  CHECK(test_of(text, Test::StartsWith, ValueView::string("s3:")));
  CHECK_FALSE(test_of(text, Test::StartsWith, ValueView::string("S3:")));
  CHECK(test_of(text, Test::EndsWith, ValueView::string("Get*")));
}

TEST_CASE("a matcher sees strings only") {
  const EndsInX matcher;
  const Predicate predicate{.test = Test::Matches, .operand = {}, .matcher = &matcher};
  CHECK(passes(ValueView::string("unix"), predicate));
  CHECK_FALSE(passes(ValueView::string("mac"), predicate));
  CHECK_FALSE(passes(ValueView::number(1), predicate));
  const std::vector<ValueView> list = {ValueView::string("mac"), ValueView::string("unix")};
  CHECK(passes(ValueView::list(list), predicate));
}

}  // namespace callisto
