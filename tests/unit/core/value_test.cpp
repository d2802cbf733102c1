#include <clocale>
#include <limits>
#include <type_traits>

#include <catch2/catch.hpp>

#include <callisto/value.h>
#include <callisto/value_view.h>

namespace callisto {

namespace {

std::string json(double number) {
  return to_json(Value(number));
}

}  // namespace

TEST_CASE("R5 a Value of which no copy could be made is not destroyed") {
  // Else libstdc++ 12 takes the variant for never valueless, and its destructor runs either way.
  STATIC_REQUIRE_FALSE(std::is_trivially_copyable_v<Null>);
  STATIC_REQUIRE(std::is_nothrow_copy_constructible_v<Null>);
}

TEST_CASE("JSON of numbers: whole numbers have no decimal point") {
  CHECK(json(0) == "0");
  CHECK(json(1) == "1");
  CHECK(json(-17) == "-17");
  CHECK(json(1700000000123) == "1700000000123");
  CHECK(json(9007199254740991.0) == "9007199254740991");
  CHECK(json(-9007199254740991.0) == "-9007199254740991");
  CHECK(json(-0.0) == "-0");
}

TEST_CASE("JSON of numbers: the shortest text that reads back") {
  CHECK(json(0.1) == "0.1");
  CHECK(json(-2.5) == "-2.5");
  CHECK(json(1.0 / 3.0) == "0.3333333333333333");
  CHECK(json(1e300) == "1e+300");
  CHECK(json(5e-324) == "5e-324");
  CHECK(std::stod(json(9007199254740993.0)) == 9007199254740993.0);
}

TEST_CASE("JSON of numbers: what JSON cannot say is null") {
  CHECK(json(std::numeric_limits<double>::infinity()) == "null");
  CHECK(json(-std::numeric_limits<double>::infinity()) == "null");
  CHECK(json(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("JSON of strings escapes what must be escaped and nothing else") {
  const auto json_of = [](std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
  };
  CHECK(json_of("") == R"("")");
  CHECK(json_of("plain / text") == R"("plain / text")");
  CHECK(json_of("\"\\") == R"("\"\\")");
  CHECK(json_of("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(json_of(std::string_view("a\0b\x1f\x7f", 5)) == "\"a\\u0000b\\u001f\x7f\"");
  CHECK(json_of("gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80") ==
        "\"gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80\"");
}

TEST_CASE("JSON of every kind of value") {
  CHECK(to_json(Value{}) == "null");
  CHECK(to_json(Value(true)) == "true");
  CHECK(to_json(Value(false)) == "false");
  CHECK(to_json(Value(std::string("x"))) == R"("x")");
  CHECK(to_json(Value(List{})) == "[]");
  CHECK(to_json(Value(List{1.0, std::string("a"), true, Null{}})) == R"([1,"a",true,null])");
}

TEST_CASE("JSON is appended to what is there") {
  std::string out = "x=";
  append_json(out, ValueView::number(2));
  append_json(out, ValueView::boolean(true));
  CHECK(out == "x=2true");
}

}  // namespace callisto
