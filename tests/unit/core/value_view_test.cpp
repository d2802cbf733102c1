#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "core/values/arena.h"
#include <callisto/value_view.h>

namespace callisto {

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// In the order of ORDER BY.
std::vector<ValueView> ordered_values() {
  static const std::vector<ValueView> one = {ValueView::number(1)};
  static const std::vector<ValueView> one_two = {ValueView::number(1), ValueView::number(2)};
  static const std::vector<ValueView> text = {ValueView::string("a")};
  return {ValueView::number(-kInfinity),
          ValueView::number(-1),
          ValueView::number(0),
          ValueView::number(0.5),
          ValueView::number(kInfinity),
          ValueView::number(kNan),
          ValueView::string(""),
          ValueView::string("A"),
          ValueView::string("a"),
          ValueView::string("ab"),
          ValueView::string("\xC3\xBC"),
          ValueView::boolean(false),
          ValueView::boolean(true),
          ValueView::list({}),
          ValueView::list(one),
          ValueView::list(one_two),
          ValueView::list(text),
          ValueView{}};
}

}  // namespace

TEST_CASE("j1ql 8.2 the total order: numbers, strings, booleans, lists, absence") {
  const std::vector<ValueView> values = ordered_values();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      CAPTURE(i, j);
      CHECK((compare_total(values[i], values[j]) == (i <=> j)));
      CHECK((values[i] == values[j]) == (i == j));
    }
  }
}

TEST_CASE("j1ql 4.3 equality does not convert between kinds") {
  CHECK_FALSE(ValueView::string("1") == ValueView::number(1));
  CHECK_FALSE(ValueView::string("true") == ValueView::boolean(true));
  CHECK_FALSE(ValueView::number(1) == ValueView::boolean(true));
  CHECK_FALSE(ValueView::string("") == ValueView{});
  CHECK_FALSE(ValueView::list({}) == ValueView{});
}

TEST_CASE("equal values have equal hashes") {
  CHECK(ValueView::number(0.0) == ValueView::number(-0.0));
  CHECK(hash_value(ValueView::number(0.0)) == hash_value(ValueView::number(-0.0)));
  CHECK(hash_value(ValueView::number(kNan)) == hash_value(ValueView::number(-kNan)));
  const std::string a = "some text";
  const std::string b = "some text";
  CHECK(hash_value(ValueView::string(a)) == hash_value(ValueView::string(b)));
  const std::vector<ValueView> left = {ValueView::number(0.0), ValueView::string(a)};
  const std::vector<ValueView> right = {ValueView::number(-0.0), ValueView::string(b)};
  CHECK(ValueView::list(left) == ValueView::list(right));
  CHECK(hash_value(ValueView::list(left)) == hash_value(ValueView::list(right)));
}

TEST_CASE("unequal values have mostly unequal hashes") {
  const std::vector<ValueView> values = ordered_values();
  std::size_t collisions = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (hash_value(values[i]) == hash_value(values[j])) ++collisions;
    }
  }
  CHECK(collisions == 0);
}

TEST_CASE("a value survives the way to a view and back") {
  const std::vector<Value> values = {
      Null{}, true, -2.5, std::string("text"), List{}, List{std::string("a"), 1.0, false, Null{}}};
  for (const Value& value : values) {
    Arena arena;
    CHECK(to_value(view_of(value, arena)) == value);
  }
}

}  // namespace callisto
