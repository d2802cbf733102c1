// How answers show times: texts in the entities and relationships of J1QL results, numbers in
// properties, in cells of tables and in the objects of the GraphQL schema.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr double kSeenOn = 1700000000000;

void load(TestServer& server) {
  const std::string upload = R"({"entities":[
      {"_key":"h","_type":"host","_class":"Host","displayName":"web","seenOn":1700000000000},
      {"_key":"u","_type":"user","_class":"User"}],
    "relationships":[
      {"_key":"r","_class":"USES","_type":"user_uses_host","_fromEntityKey":"u","_toEntityKey":"h",
       "seenOn":1700000000000}]})";
  REQUIRE(server.sync(R"({"scope":"s"})", upload).text("job.status") == "FINISHED");
}

bool is_iso(const std::string& time) {
  const std::string form = "0000-00-00T00:00:00.000Z";
  if (time.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = time[i] >= '0' && time[i] <= '9';
    if (form[i] == '0' ? !digit : time[i] != form[i]) return false;
  }
  return time.starts_with("20");
}

Reply query(TestServer& server, std::string_view text, std::string_view more = "") {
  return server.ask(
      "query Q($q: String!, $v: JSON, $d: DeferredResponseOption, $deleted: Boolean) "
      "{ queryV1(query: $q, variables: $v, deferredResponse: $d, includeDeleted: $deleted) "
      "{ type data url } }",
      fmt::format(R"({{"q":"{}"{}}})", text, more));
}

}  // namespace

TEST_CASE("j1ql 8.1 a list shows the times of its entities as texts, properties as numbers") {
  TestServer server;
  load(server);
  const Reply list = query(server, "FIND Host");
  INFO(list.body);
  CHECK(is_iso(list.text("data.queryV1.data.0.entity._createdOn")));
  CHECK(is_iso(list.text("data.queryV1.data.0.entity._beginOn")));
  CHECK(list.number("data.queryV1.data.0.properties.seenOn") == kSeenOn);
}

TEST_CASE("j1ql 8.1 so does a tree, in its vertices and in its edges") {
  TestServer server;
  load(server);
  const Reply tree = query(server, "FIND User THAT USES Host RETURN TREE");
  INFO(tree.body);
  CHECK(is_iso(tree.text("data.queryV1.data.vertices.1.entity._createdOn")));
  CHECK(is_iso(tree.text("data.queryV1.data.edges.0.relationship._createdOn")));
  CHECK(is_iso(tree.text("data.queryV1.data.edges.0.relationship._beginOn")));
  CHECK(tree.number("data.queryV1.data.edges.0.properties.seenOn") == kSeenOn);
}

TEST_CASE("j1ql 8.1 cells of tables hold numbers, and objects as lists show them") {
  TestServer server;
  load(server);
  const Reply table = query(server, "FIND Host AS h RETURN h, h._createdOn AS c, h.seenOn AS s");
  INFO(table.body);
  CHECK(is_iso(table.text("data.queryV1.data.0.h.entity._createdOn")));
  CHECK(table.number("data.queryV1.data.0.c") > kSeenOn);
  CHECK(table.number("data.queryV1.data.0.s") == kSeenOn);
}

TEST_CASE("j1ql 8.1 the end of a deleted entity is a text as well") {
  TestServer server;
  load(server);
  REQUIRE(server
              .sync(R"({"scope":"s","syncMode":"DIFF"})", R"({"entities":[
      {"_key":"u","_type":"user","_class":"User"}]})")
              .text("job.status") == "FINISHED");
  const Reply list = query(server, "FIND Host WITH _deleted = true", R"(,"deleted":true)");
  INFO(list.body);
  CHECK(is_iso(list.text("data.queryV1.data.0.entity._endOn")));
}

TEST_CASE("j1ql 8.1 deferred documents show times as direct answers do") {
  TestServer server;
  load(server);
  const auto fetch = [&](const std::string& url) {
    return server.get(url.substr(url.find("/deferred/")));
  };
  const Reply reply = query(server, "FIND Host", R"(,"d":"FORCE")");
  const Reply state = fetch(reply.text("data.queryV1.url"));
  CHECK(is_iso(state.text("data.0.entity._createdOn")));
  CHECK(is_iso(fetch(state.text("url")).text("data.0.entity._createdOn")));
}

TEST_CASE("wire-api 7: times of the schema's own objects are numbers") {
  TestServer server;
  load(server);
  const Reply vertex = server.ask(
      R"({ vertex(filters: {_key: "h"}) { id entity { _createdOn _beginOn } properties } })");
  INFO(vertex.body);
  CHECK(vertex.number("data.vertex.entity._createdOn") > kSeenOn);
  CHECK(vertex.number("data.vertex.entity._beginOn") > kSeenOn);
  CHECK(vertex.number("data.vertex.properties.seenOn") == kSeenOn);
  const Reply many = server.ask(
      R"({ listVerticesV2(filters: {_class: ["Host"]}) { vertices { entity { _createdOn } } } })");
  INFO(many.body);
  CHECK(many.number("data.listVerticesV2.vertices.0.entity._createdOn") > kSeenOn);
  const Reply fetched = server.ask(fmt::format(
      R"({{ fetchEntityById(entityId: "{}") {{ entity }} }})", vertex.text("data.vertex.id")));
  INFO(fetched.body);
  CHECK(fetched.number("data.fetchEntityById.entity._createdOn") > kSeenOn);
}
