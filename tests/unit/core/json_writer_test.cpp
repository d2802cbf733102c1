// JSON written front to back.
#include "core/values/json_writer.h"

#include <catch2/catch.hpp>

using namespace callisto;

TEST_CASE("a document is written front to back, commas come by themselves") {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("a", 1).member("b", "x").key("c").begin_array();
  json.value(true).value(Null{}).value(-2).begin_object().end_object().begin_array().end_array();
  json.end_array().member("d", false).end_object();
  CHECK(out == R"({"a":1,"b":"x","c":[true,null,-2,{},[]],"d":false})");
}

TEST_CASE("a document begins where its text ends") {
  std::string out = "line: ";
  JsonWriter(out).begin_array().value(1).value(2).end_array();
  CHECK(out == "line: [1,2]");
}

TEST_CASE("values of every kind are written as JSON") {
  const auto written = [](const Value& value) {
    std::string out;
    JsonWriter(out).value(value);
    CHECK(out == to_json(value));
    return out;
  };
  CHECK(written(Null{}) == "null");
  CHECK(written(false) == "false");
  CHECK(written(1.5) == "1.5");
  CHECK(written(std::string("a\"\n")) == R"("a\"\n")");
  CHECK(written(List{}) == "[]");
  CHECK(written(List{std::string("a"), 1.0, true, Null{}}) == R"(["a",1,true,null])");
}

TEST_CASE("text that is no UTF-8 is repaired, in keys too") {
  std::string out;
  JsonWriter(out).begin_object().member("a\xff", std::string("\xc3")).end_object();
  CHECK(out == "{\"a\xef\xbf\xbd\":\"\xef\xbf\xbd\"}");
}
