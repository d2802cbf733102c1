// The reads of the documented API that answer with objects by filters, neighbors and counts.
#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

// A chain a - b - c - d with mixed directions, and a loop at d.
void load_chain(TestServer& server) {
  const Reply done = server.sync(R"({"scope":"s"})", R"({"entities":[
    {"_key":"a","_type":"host","_class":["Host","Device"],"displayName":"a","cpu":4,"os":"linux"},
    {"_key":"b","_type":"host","_class":"Host","displayName":"b","cpu":"many"},
    {"_key":"c","_type":"user","_class":["User"],"displayName":"c","os":["x","y"]},
    {"_key":"d","_type":"phone","_class":"Device","displayName":"d"}],
   "relationships":[
    {"_key":"ab","_type":"host_has_host","_class":"HAS","_fromEntityKey":"a","_toEntityKey":"b","displayName":"near"},
    {"_key":"cb","_type":"user_uses_host","_class":"USES","_fromEntityKey":"c","_toEntityKey":"b"},
    {"_key":"cd","_type":"user_has_phone","_class":"HAS","_fromEntityKey":"c","_toEntityKey":"d"},
    {"_key":"dd","_type":"phone_uses_phone","_class":"USES","_fromEntityKey":"d","_toEntityKey":"d"}]})");
  REQUIRE(done.number("job.numRelationshipsCreated") == 4);
}

std::string names_of(const Reply& reply, const std::string& path) {
  std::vector<std::string> names;
  for (int i = 0;; ++i) {
    std::string name = reply.text(fmt::format("{}.{}.entity.displayName", path, i));
    if (name.empty()) break;
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  std::string joined;
  for (const std::string& name : names) {
    joined += name;
  }
  return joined;
}

}  // namespace

TEST_CASE("wire-api 7: vertex { neighbors } is what lies within so many steps, both ways") {
  TestServer server;
  load_chain(server);
  const auto around = [&](std::string_view key, int depth) {
    return server.ask(fmt::format(
        R"({{ vertex(filters: {{_key: "{}"}}) {{ entity {{ displayName _latest }}
           neighbors(depth: {}) {{ vertices {{ id entity {{ displayName }} properties }}
           edges {{ id fromVertexId toVertexId relationship {{ _key _latest }} }} }} }} }})",
        key,
        depth));
  };
  const auto edges_of = [](const Reply& reply) {
    return reply.json()
        .find("data")
        ->find("vertex")
        ->find("neighbors")
        ->find("edges")
        ->array()
        ->size();
  };
  const std::string path = "data.vertex.neighbors.vertices";
  const Reply one = around("a", 1);
  INFO(one.body);
  CHECK(one.json().find("errors") == nullptr);
  CHECK(one.text("data.vertex.entity") == R"({"displayName":"a","_latest":true})");
  CHECK(names_of(one, path) == "b");
  CHECK(one.text("data.vertex.neighbors.edges.0.relationship") ==
        R"({"_key":"ab","_latest":true})");
  CHECK(edges_of(one) == 1);
  CHECK(names_of(around("a", 2), path) == "bc");
  CHECK(names_of(around("a", 3), path) == "bcd");
  CHECK(edges_of(around("a", 3)) == 3);
  CHECK(names_of(around("a", 5), path) == "bcd");
  CHECK(edges_of(around("a", 5)) == 4);  // With the loop at the far end.
  CHECK(names_of(around("b", 1), path) == "ac");
  for (const int depth : {0, 6, -1}) {
    const Reply refused = around("a", depth);
    CHECK(refused.text("errors.0.message") == "\"depth\" must be a value between 1 and 5");
    CHECK(refused.text("errors.0.path") == R"(["vertex","neighbors"])");
    CHECK(refused.text("data.vertex.entity.displayName") == "a");
  }
  const Reply edges =
      server.ask(R"({ vertex(filters: {_key: "b"}) { edges { relationship { _key } } } })");
  CHECK(edges.body.find("\"ab\"") != std::string::npos);
  CHECK(edges.body.find("\"cb\"") != std::string::npos);
}

TEST_CASE("wire-api 7: entityCount and typeCounts take filters, AND or OR") {
  TestServer server;
  load_chain(server);
  const auto count = [&](std::string_view arguments) {
    const Reply reply = server.ask(fmt::format("{{ entityCount({}) }}", arguments));
    INFO(reply.body);
    CHECK(reply.json().find("errors") == nullptr);
    return reply.number("data.entityCount");
  };
  CHECK(count(R"(filters: {_class: ["Host", "Device"]}, filterType: AND)") == 1);
  CHECK(count(R"(filters: {_class: ["Host", "Device"]}, filterType: OR)") == 3);
  CHECK(count(R"(filters: {_class: ["Host", "Device"]})") == 1);
  CHECK(count(R"(filters: {_type: ["host", "user"]})") == 3);
  CHECK(count(R"(filters: {_type: "user", _class: ["Device"]}, filterType: "OR")") == 3);
  CHECK(count(R"(filters: {_type: "user", _class: ["Device"]}, filterType: "AND")") == 0);
  CHECK(count("filters: {}") == 4);
  CHECK(server.ask("{ entityCount }").number("data.entityCount") == 4);
  CHECK(server.ask("{ entityCount(filterType: XOR) }").text("errors.0.message") ==
        "\"filterType\" must be AND or OR");
  const auto types = [&](std::string_view arguments) {
    return server.ask(fmt::format("{{ typeCounts({}) }}", arguments)).text("data.typeCounts");
  };
  CHECK(types(R"(classes: ["Host"], filterType: AND)") == R"({"host":2})");
  CHECK(types(R"(classes: ["Device", "User"], filterType: OR)").find("\"phone\":1") !=
        std::string::npos);
  CHECK(types(R"(classes: ["Device", "User"])") == "{}");
  CHECK(types(R"(filters: {_class: "Device"})").find("\"host\":1") != std::string::npos);
  CHECK(server.ask("{ typeCounts }").text("data.typeCounts") == R"({"host":2,"phone":1,"user":1})");
  CHECK(
      server.ask("{ allEntityCounts }").text("data.allEntityCounts") ==
      R"({"typeCounts":{"host":2,"phone":1,"user":1},"classCounts":{"Device":2,"Host":2,"User":1}})");
}

TEST_CASE("wire-api 7: a filter that there is not is refused, written out or in a variable") {
  TestServer server;
  load_chain(server);
  const auto message = [&](std::string_view document, std::string_view variables = "{}") {
    const Reply reply = server.ask(document, variables);
    INFO(reply.body);
    return reply.text("errors.0.message");
  };
  const std::string wrong =
      "Argument \"filters\": field \"class\" is not defined by type \"VertexFilters\", which has "
      "_id, _key, _type, _class.";
  CHECK(message(R"({ entityCount(filters: {class: ["Host"]}) })") == wrong);
  CHECK(message(R"({ typeCounts(filters: {_type: ["host"], class: ["Host"]}) })") == wrong);
  CHECK(message("query ($f: VertexFilters) { entityCount(filters: $f) }",
                R"({"f":{"class":["Host"]}})") == wrong);
  CHECK(message("query ($c: String!) { entityCount(filters: {class: [$c]}) }", R"({"c":"Host"})") ==
        wrong);
  CHECK(
      message(R"({ edge(filters: {type: "x"}) { relationship { _key } } })").find("EdgeFilters") !=
      std::string::npos);
  const std::string create =
      message(R"(mutation { createEntityV2(input: {entitty: {_key: "k"}}) { entity } })");
  CHECK(create.find("\"entitty\" is not defined by type \"CreateEntityInput\"") !=
        std::string::npos);
}

TEST_CASE("wire-api 7: listVerticesV2 gives every entity once, page by page") {
  TestServer server;
  load_chain(server);
  std::string cursor;
  std::string names;
  for (int page = 0; page < 3; ++page) {
    const Reply reply = server.ask(
        "query($c: String) { listVerticesV2(limit: 2, cursor: $c) { vertices { entity { "
        "displayName } "
        "} cursor pageInfo { endCursor hasNextPage } total } }",
        cursor.empty() ? R"({"c":null})" : fmt::format(R"({{"c":"{}"}})", cursor));
    INFO(reply.body);
    CHECK(reply.number("data.listVerticesV2.total") == 4);
    names += names_of(reply, "data.listVerticesV2.vertices");
    if (reply.text("data.listVerticesV2.pageInfo.hasNextPage") == "false") break;
    cursor = reply.text("data.listVerticesV2.pageInfo.endCursor");
    CHECK(cursor == reply.text("data.listVerticesV2.cursor"));
  }
  std::sort(names.begin(), names.end());
  CHECK(names == "abcd");
  const Reply filtered = server.ask(
      R"({ listVerticesV2(size: 10, filters: {_class: ["Device"]}, propertyFilters: {os: "linux"})
         { vertices { entity { displayName } } total } })");
  CHECK(names_of(filtered, "data.listVerticesV2.vertices") == "a");
  CHECK(filtered.number("data.listVerticesV2.total") == 1);
  CHECK(server.ask("{ listVerticesV2(search: \"x\") { total } }")
            .text("errors.0.message")
            .find("\"search\" of listVerticesV2 is not served here") != std::string::npos);
  CHECK(server.ask("{ listVerticesV2(limit: 1000) { total } }").text("errors.0.message") ==
        "\"limit\" must be a value between 1 and 250");
}

TEST_CASE("wire-api 7: queryGraph answers vertices and edges") {
  TestServer server;
  load_chain(server);
  for (const char* query : {"FIND host THAT HAS host", "FIND host THAT HAS host RETURN TREE"}) {
    const Reply reply = server.ask(fmt::format(
        "{{ queryGraph(query: \"{}\") {{ vertices {{ entity {{ displayName }} }} edges {{ "
        "relationship {{ _key }} }} }} }}",
        query));
    INFO(reply.body);
    CHECK(names_of(reply, "data.queryGraph.vertices") == "ab");
    CHECK(reply.text("data.queryGraph.edges") == R"([{"relationship":{"_key":"ab"}}])");
  }
  CHECK(server.ask("{ queryGraph(query: \"FIND host AS h RETURN h.cpu\") { edges { id } } }")
            .text("errors.0.message")
            .find("leave RETURN out") != std::string::npos);
  CHECK(server.ask("{ queryGraph(query: \"FIND FIND\") { edges { id } } }")
            .text("errors.0.message")
            .find("Error parsing query.") == 0);
}

TEST_CASE("wire-api 7: queryProperties tells each property and kind with its count") {
  TestServer server;
  load_chain(server);
  const Reply reply = server.ask(
      "query($e: String) { queryProperties(entity: $e) { id accountId entity name valueType count "
      "} }",
      R"({"e":"host"})");
  INFO(reply.body);
  CHECK(reply.json().find("data")->find("queryProperties")->array()->size() == 4);
  CHECK(reply.body.find(R"("entity":"host","name":"cpu","valueType":"string","count":1})") !=
        std::string::npos);
  CHECK(reply.body.find(R"("entity":"host","name":"cpu","valueType":"number","count":1})") !=
        std::string::npos);
  CHECK(reply.body.find(R"("entity":"host","name":"os","valueType":"string","count":1})") !=
        std::string::npos);
  const Reply by_class =
      server.ask("{ queryProperties(entity: \"User\") { name valueType count } }");
  CHECK(by_class.text("data.queryProperties") ==
        R"([{"name":"displayName","valueType":"string","count":1},)"
        R"({"name":"os","valueType":"list","count":1}])");
  CHECK(server.ask("{ queryProperties(entity: \"nothing\") { name } }")
            .text("data.queryProperties") == "[]");
}

TEST_CASE("wire-api 7: an edge is found by its id, its label and filters") {
  TestServer server;
  load_chain(server);
  const Reply by_key =
      server.ask(R"({ edge(filters: {_key: "cb"}) { id relationship { _class } } })");
  INFO(by_key.body);
  CHECK(by_key.text("data.edge.relationship._class") == "USES");
  const std::string id = by_key.text("data.edge.id");
  CHECK(server.ask(fmt::format("{{ edge(id: \"{}\") {{ relationship {{ _key }} }} }}", id))
            .text("data.edge.relationship._key") == "cb");
  CHECK(server.ask(R"({ edge(label: "near") { relationship { _key } } })")
            .text("data.edge.relationship._key") == "ab");
  CHECK(server.ask(R"({ edge(filters: {_key: "none"}) { id } })").text("data.edge") == "null");
  CHECK(server.ask("{ edge { id } }").text("errors.0.message").find("edge needs an id") == 0);
}

TEST_CASE(
    "wire-api 7: what is not served is an error that names it, once, and null beside the rest") {
  TestServer server;
  load_chain(server);
  const Reply list = server.ask(
      "{ listVerticesV2 { vertices { id unknown entity { displayName } } } typeCounts listAlerts "
      "}");
  INFO(list.body);
  const server::Json json = list.json();
  CHECK(json.find("errors")->array()->size() == 2);
  CHECK(list.text("errors.0.message").find("Cannot query field \"unknown\" on type \"Vertex\"") ==
        0);
  CHECK(list.text("errors.0.path") == R"(["listVerticesV2","vertices",0,"unknown"])");
  CHECK(list.text("errors.0.extensions.code") == "BAD_USER_INPUT");
  CHECK(list.text("errors.1.message").find("Cannot query field \"listAlerts\" on type \"Query\"") ==
        0);
  CHECK(list.text("data.listVerticesV2.vertices.3.unknown") == "null");
  CHECK(list.text("data.typeCounts") == R"({"host":2,"phone":1,"user":1})");
  CHECK(list.text("data.listAlerts") == "null");
}
