// Objects of requests and answers, small and as large as they may be.
#include "server/json/json.h"

#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace callisto;
using server::Json;
using server::JsonMember;
using server::Repeated;

namespace {

std::string object_of(int members, int from = 0) {
  std::string text = "{";
  for (int i = from; i < from + members; ++i) {
    text += fmt::format(R"({}"name{}":{})", i == from ? "" : ",", i, i);
  }
  return text + "}";
}

}  // namespace

TEST_CASE("JSON: an object finds its members by name, however many, and keeps their order") {
  for (const int members : {0, 1, 16, 17, 10'000}) {
    const std::string text = object_of(members);
    const Result<Json> json = server::parse_json(text);
    REQUIRE(json);
    CHECK(to_text(*json) == text);
    CHECK(json->object()->size() == static_cast<std::size_t>(members));
    for (int i = 0; i < members; i += 1 + members / 50) {
      const Json* found = json->find(fmt::format("name{}", i));
      REQUIRE(found != nullptr);
      CHECK(*found->number() == i);
    }
    CHECK(json->find("name") == nullptr);
    CHECK(json->find(fmt::format("name{}", members)) == nullptr);
    // A copy is one's own.
    Json copy = *json;
    copy.set("name0", "other").set("more", true);
    CHECK(copy.text_of("name0") == "other");
    CHECK(copy.is_set("more"));
    CHECK(json->find("more") == nullptr);
    if (members > 0) CHECK(*json->find("name0")->number() == 0);
  }
  CHECK(server::parse_json(object_of(10'001)).error().code == ErrorCode::LimitExceeded);
}

TEST_CASE("JSON: of members with one name the last counts, in the place of the first, or none") {
  CHECK(to_text(*server::parse_json(R"({"a":1,"b":2,"a":3})")) == R"({"a":3,"b":2})");
  std::string large = object_of(20);
  large.back() = ',';
  large += R"("name3":"again"})";
  const Result<Json> json = server::parse_json(large);
  REQUIRE(json);
  CHECK(json->object()->size() == 20);
  CHECK(json->text_of("name3") == "again");
  const Result<Json> refused = server::parse_json(large, Repeated::Refused);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "\"name3\" stands twice");
  CHECK(server::parse_json(R"([{"a":1},{"a":1}])", Repeated::Refused));
}
