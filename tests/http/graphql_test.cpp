// GraphQL and J1QL as clients see them.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

#include "server/graphql/schema.h"
#include "server/service/graph_fields.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";

void load(TestServer& server) {
  const Reply done = server.sync(R"({"source":"api","scope":"s"})", R"({"entities":[
    {"_key":"a","_type":"repo","_class":["CodeRepo"],"displayName":"alpha","name":"alpha","criticality":3,"tag.Env":"prod"},
    {"_key":"b","_type":"repo","_class":["CodeRepo"],"displayName":"=beta","name":"beta, \"b\"","criticality":2},
    {"_key":"u","_type":"user","_class":["User"],"displayName":"ada","name":"ada"}],
   "relationships":[{"_key":"u|owns|a","_type":"user_owns_repo","_class":"OWNS",
     "_fromEntityKey":"u","_toEntityKey":"a"}]})");
  REQUIRE(done.text("job.status") == "FINISHED");
}

void load_many(TestServer& server, int count) {
  std::string rows = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    rows += fmt::format(R"({}{{"_key":"k{}","_type":"thing","_class":"Thing","number":{}}})",
                        i == 0 ? "" : ",",
                        i,
                        i);
  }
  REQUIRE(server.sync(R"({"source":"api","scope":"s"})", rows + "]}").text("job.status") ==
          "FINISHED");
}

Reply query(TestServer& server, std::string_view text, std::string_view more = "") {
  return server.ask(
      "query Q($q: String!, $v: JSON, $c: String, $d: DeferredResponseOption, $f: "
      "DeferredResponseFormat, $flags: QueryV1Flags) { queryV1(query: $q, variables: "
      "$v, cursor: $c, deferredResponse: $d, deferredFormat: $f, flags: $flags) { "
      "type data url totalCount cursor __typename } }",
      fmt::format(R"({{"q":"{}"{}}})", text, more));
}

std::string id_of(TestServer& server, const std::string& key) {
  return query(server, "find * with _key='" + key + "'").text("data.queryV1.data.0.entity._id");
}

// The path of a URL of this server.
std::string path_of(const std::string& url) {
  return url.substr(url.find('/', std::string("http://").size()));
}

// A document as clients fetch it: without credentials.
Reply fetch(TestServer& server, const std::string& url) {
  Wire wire(server.port());
  wire.send(
      fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", path_of(url), server.port()));
  return wire.read();
}

}  // namespace

TEST_CASE("wire-api 9: list, table and tree have their shapes over GraphQL") {
  TestServer server;
  load(server);
  const Reply list = query(server, "FIND repo WITH name = ${n}", R"(,"v":{"n":"alpha"})");
  INFO(list.body);
  CHECK(list.text("data.queryV1.type") == "list");
  CHECK(list.text("data.queryV1.data.0.entity.displayName") == "alpha");
  CHECK(list.number("data.queryV1.data.0.properties.criticality") == 3);
  CHECK(list.number("data.queryV1.totalCount") == 1);
  CHECK(list.text("data.queryV1.cursor") == "null");
  CHECK(list.text("data.queryV1.__typename") == "QueryV1Response");
  CHECK(list.json().find("errors") == nullptr);
  const Reply table = query(server, "FIND repo AS r RETURN r.name, r.owner AS o ORDER BY r.name");
  CHECK(table.text("data.queryV1.type") == "table");
  CHECK(table.text("data.queryV1.data.0") == R"({"r.name":"alpha","o":null})");
  const Reply tree = query(server, "FIND user THAT OWNS repo RETURN TREE");
  CHECK(tree.text("data.queryV1.type") == "tree");
  CHECK(tree.text("data.queryV1.data.vertices.1.entity._class.0").size() > 3);
  CHECK(tree.text("data.queryV1.data.edges.0.relationship._class") == "OWNS");
}

TEST_CASE("wire-api 7: a batch is answered member by member, errors are in HTTP 200") {
  TestServer server;
  load(server);
  const Reply reply = server.post("/rules/graphql",
                                  R"([{"query":"{ a: iamGetAccount { accountId __typename } }"},
       {"query":"{ queryV1(query: \"FIND FIND\") { type } }"},
       {"query":"{ nothing }"},{"query":"{"},{"query":7},
       {"query":"query A { typeCounts } query B { getEntityCounts { types nope } }","operationName":"B"}])");
  INFO(reply.body);
  CHECK(reply.status == 200);
  CHECK(reply.text("0.data.a") == R"({"accountId":"acme","__typename":"IamAccount"})");
  CHECK(reply.text("1.errors.0.message").find("Error parsing query. Unexpected token") == 0);
  CHECK(reply.text("1.errors.0.path.0") == "queryV1");
  CHECK(reply.text("1.data") == R"({"queryV1":null})");
  CHECK(reply.text("2.errors.0.message").find("Cannot query field \"nothing\"") == 0);
  CHECK(reply.text("3.errors.0.message").find("Syntax Error: Unexpected end") == 0);
  CHECK(reply.text("4.errors.0.message") == "Must provide query string.");
  // What is selected and does not exist is null, never missing, and an error names it.
  CHECK(reply.text("5.data.getEntityCounts") == R"({"types":{"repo":2,"user":1},"nope":null})");
  CHECK(reply.text("5.errors.0.message") ==
        "Cannot query field \"nope\" on type \"EntityCounts\": it is not served here. Served are: "
        "classes, types.");
  CHECK(reply.text("5.errors.0.path") == R"(["getEntityCounts","nope"])");
  CHECK(server.post("/", R"({"query":"{ typeCounts }","flags":{},"extensions":{}})").status == 200);
  CHECK(server.get("/graphql").status == 405);
}

TEST_CASE("wire-api 7: fragments, aliases, directives, defaults and comments are understood") {
  TestServer server;
  load(server);
  const Reply reply = server.ask(R"(# a comment
    query Q($no: Boolean = false, $text: String = "FIND user",) @any(x: 1) {
      one: queryV1(query: $text) { ...Head ...Head @skip(if: true) ... on QueryV1Response { kind: type } }
      two: queryV1(query: """FIND repo LIMIT 1""") { totalCount @include(if: $no) ... { type } }
    }
    fragment Head on QueryV1Response { total: totalCount ...Tail }
    fragment Tail on QueryV1Response { type }
    fragment Never on Vertex { id })");
  INFO(reply.body);
  CHECK(reply.text("data.one") == R"({"total":1,"type":"list","kind":"list"})");
  CHECK(reply.text("data.two") == R"({"type":"list"})");
}

TEST_CASE("wire-api 7: arguments are checked, and a value stands for a list") {
  TestServer server;
  const Reply missing =
      server.ask("mutation { createEntity(entityKey: \"k\") { entity { _id } } }");
  CHECK(missing.text("errors.0.message").find("argument \"entityType\" of type \"String!\"") !=
        std::string::npos);
  CHECK(missing.text("errors.0.extensions.code") == "BAD_USER_INPUT");
  CHECK(server.ask("query($a: String!) { queryV1(query: $a) { type } }")
            .text("errors.0.message")
            .find("Variable \"$a\"") == 0);
  CHECK(server.ask("{ typeCounts(x: 1) }").text("errors.0.message").find("Unknown argument") == 0);
  const Reply made = server.ask(
      R"(mutation { createEntity(entityKey: "k", entityType: "t", entityClass: "Host",
        properties: {name: "n", "x": 1}) { vertex { id entity { _id _class } } } })");
  CHECK(made.text("errors.0.message").find("Syntax Error") == 0);
  const Reply good = server.ask(
      R"(mutation { createEntity(entityKey: "k", entityType: "t", entityClass: "Host",
        properties: {name: "n", ports: [1, 2]}) { vertex { id entity { _id _class } properties } } })");
  INFO(good.body);
  CHECK(good.text("data.createEntity.vertex.entity._class") == R"(["Host"])");
  CHECK(good.text("data.createEntity.vertex.properties.ports") == "[1,2]");
}

TEST_CASE("D23: updateEntity persists, resetEntity takes it back, and why shows the layers") {
  TestServer server;
  load(server);
  const std::string id = id_of(server, "a");
  REQUIRE(id.size() == 36);
  const auto field = [&](std::string_view text) {
    return server.ask(fmt::format(fmt::runtime(text), id));
  };
  const Reply updated = field(
      R"(mutation {{ updateEntity(entityId: "{}", properties: {{criticality: 8}}) {{ vertex {{ properties }} }} }})");
  INFO(updated.body);
  CHECK(updated.number("data.updateEntity.vertex.properties.criticality") == 8);
  const Reply why = server.get("/v1/why?property=criticality&entity=" + id);
  CHECK(why.number("value") == 8);
  CHECK(why.body.find(R"("layer":"mutation","present":true,"value":8,"wins":true)") !=
        std::string::npos);
  const Reply reset = field(
      R"(mutation {{ resetEntity(entityId: "{}", resetPropertyNames: ["criticality"]) {{ entity }} }})");
  CHECK(reset.number("data.resetEntity.entity.criticality") == 3);
  CHECK(field(R"({{ fetchEntityById(entityId: "{}") {{ entity }} }})")
            .body.find(R"("tag.Env":"prod")") != std::string::npos);
  const Reply deleted =
      field(R"(mutation {{ deleteEntityV2(entityId: "{}", hardDelete: false) {{ entity }} }})");
  CHECK(deleted.text("data.deleteEntityV2.entity._deleted") == "true");
  const Reply gone = field(R"({{ fetchEntityById(entityId: "{}") {{ entity }} }})");
  CHECK(gone.text("errors.0.extensions.code") == "NOT_FOUND");
  CHECK(gone.status == 200);
}

TEST_CASE("wire-api 7: relationships are created, updated and deleted") {
  TestServer server;
  load(server);
  const Reply made = server.ask(fmt::format(
      R"(mutation {{ createRelationship(relationshipKey: "r", relationshipType: "user_uses_repo",
        relationshipClass: "USES", fromEntityId: "{}", toEntityId: "{}", properties: {{since: 1}})
        {{ edge {{ id fromVertexId relationship {{ _id _class }} properties }} }} }})",
      id_of(server, "u"),
      id_of(server, "b")));
  INFO(made.body);
  const std::string id = made.text("data.createRelationship.edge.relationship._id");
  CHECK(id.size() == 36);
  const Reply updated = server.ask(fmt::format(
      R"(mutation {{ updateRelationship(relationshipId: "{}", properties: {{since: 2}})
        {{ relationship {{ _key _class _fromEntityId }} edge {{ properties }} }} }})",
      id));
  INFO(updated.body);
  CHECK(updated.text("data.updateRelationship.relationship._key") == "r");
  CHECK(updated.number("data.updateRelationship.edge.properties.since") == 2);
  CHECK(
      server
          .ask(fmt::format(
              R"(mutation {{ deleteRelationship(relationshipId: "{}") {{ edge {{ id }} }} }})", id))
          .text("data.deleteRelationship.edge.id") == id);
  CHECK(query(server, "FIND user THAT USES repo").number("data.queryV1.totalCount") == 0);
  // A hard delete takes what was deleted softly before, once.
  const std::string erase = fmt::format(
      R"(mutation {{ deleteRelationship(relationshipId: "{}", hardDelete: true) {{ relationship {{ _deleted }} }} }})",
      id);
  CHECK(server.ask(erase).text("data.deleteRelationship.relationship._deleted") == "true");
  CHECK(server.ask(erase).text("errors.0.extensions.code") == "NOT_FOUND");
}

TEST_CASE("wire-api 8: pages behind a cursor come from one graph version") {
  TestServer server;
  load_many(server, 600);
  const std::string text = "FIND thing AS t RETURN t.number ORDER BY t.number";
  const Reply first = query(server, text, R"(,"c":"")");
  CHECK(first.number("data.queryV1.totalCount") == 600);
  CHECK(first.json().find("data")->find("queryV1")->find("data")->array()->size() == 250);
  const std::string cursor = first.text("data.queryV1.cursor");
  REQUIRE(server.sync(R"({"source":"api","scope":"s"})", R"({"entities":[]})")
              .number("job.numEntitiesDeleted") == 600);
  const Reply second = query(server, text, fmt::format(R"(,"c":"{}")", cursor));
  CHECK(second.body.find(R"("t.number":250)") != std::string::npos);
  const Reply third =
      query(server, text, fmt::format(R"(,"c":"{}")", second.text("data.queryV1.cursor")));
  CHECK(third.json().find("data")->find("queryV1")->find("data")->array()->size() == 100);
  CHECK(third.text("data.queryV1.cursor") == "null");
  CHECK(query(server, text, R"(,"c":"nonsense.1")").text("errors.0.extensions.code") ==
        "NOT_FOUND");
  server.account = "other";  // A cursor is of one account.
  CHECK(query(server, text, fmt::format(R"(,"c":"{}")", cursor)).text("errors.0.extensions.code") ==
        "NOT_FOUND");
}

TEST_CASE("D27: a deferred answer has data and a url, needs no token, and ends without a cursor") {
  TestServer server;
  load_many(server, 300);
  const Reply reply = query(server, "FIND thing", R"(,"d":"FORCE")");
  INFO(reply.body);
  CHECK(reply.text("data.queryV1.type") == "deferred");
  CHECK(reply.text("data.queryV1.data") == "null");
  const Reply state = fetch(server, reply.text("data.queryV1.url"));
  CHECK(state.headers.at("content-type") == "application/json");
  CHECK(state.text("status") == "COMPLETED");
  CHECK(state.number("totalCount") == 300);
  CHECK(state.json().find("data")->array()->size() == 250);
  const Reply results = fetch(server, state.text("url"));
  CHECK(results.text("type") == "list");
  CHECK(results.json().find("data")->array()->size() == 250);
  const Reply next =
      query(server, "FIND thing", fmt::format(R"(,"d":"FORCE","c":"{}")", state.text("cursor")));
  const Reply last = fetch(server, next.text("data.queryV1.url"));
  CHECK(last.json().find("data")->array()->size() == 50);
  CHECK(last.json().find("cursor") == nullptr);
  CHECK(fetch(server, reply.text("data.queryV1.url")).status == 200);  // More than once.
  CHECK(fetch(server, "http://x/deferred/00/0/state.json").status == 404);
  CHECK(query(server, "FIND thing", R"(,"d":"FORCE","flags":{"variableResultSize":true})").status ==
        200);
  CHECK(server.ask("{ queryV2(query: \"FIND thing\") { type url } }").text("data.queryV2.type") ==
        "deferred");
}

TEST_CASE("wire-api 8: CSV quotes its cells and disarms formulas") {
  TestServer server;
  load(server);
  const Reply reply = query(server,
                            "FIND repo AS r RETURN r.displayName AS d, r.name ORDER BY r.name",
                            R"(,"d":"FORCE","f":"CSV")");
  const Reply state = fetch(server, reply.text("data.queryV1.url"));
  const Reply csv = fetch(server, state.text("url"));
  CHECK(csv.headers.at("content-type") == "text/csv");
  CHECK(csv.body == "d,r.name\r\nalpha,alpha\r\n'=beta,\"beta, \"\"b\"\"\"\r\n");
  const Reply list = query(server, "FIND user", R"(,"d":"FORCE","f":"CSV")");
  const Reply rows = fetch(server, fetch(server, list.text("data.queryV1.url")).text("url"));
  CHECK(rows.body.find("_id,_key,_type,_class,displayName,name\r\n") == 0);
  CHECK(rows.body.find(",u,\"[\"\"user\"\"]\"") != std::string::npos);
}

TEST_CASE("limits of GraphQL and J1QL are clear errors") {
  server::ServerConfig config = TestServer::development();
  config.service.query.rows_max = 10;
  config.service.result_bytes_max = 1500;
  TestServer server(config);
  load_many(server, 20);
  CHECK(query(server, "FIND thing").text("errors.0.extensions.code") == "LIMIT_EXCEEDED");
  CHECK(query(server, "FIND thing LIMIT 9").text("errors.0.extensions.code") == "LIMIT_EXCEEDED");
  CHECK(query(server, "FIND thing LIMIT 2").number("data.queryV1.totalCount") == 2);
  std::string deep = "{ vertex(id: \"x\") ";
  for (int i = 0; i < 40; ++i) {
    deep += "{ a ";
  }
  CHECK(server.ask(deep).text("errors.0.message") ==
        "Syntax Error: more than 32 brackets are open at line 1 column 143.");
  CHECK(server.ask("{ typeCounts " + std::string(70'000, ' ') + "}")
            .text("errors.0.message")
            .find("65536 bytes") != std::string::npos);
  std::string many = "{";
  for (int i = 0; i < 51; ++i) {
    many += fmt::format(" a{}: typeCounts", i);
  }
  CHECK(server.ask(many + "}").text("errors.0.message").find("at most 50") != std::string::npos);
  // Many names for each of many objects: a short document with a long answer.
  std::string aliases;
  for (int i = 0; i < 3000; ++i) {
    aliases += fmt::format(" a{}: name", i);
  }
  const Reply bomb = server.ask("{ __schema { types { fields {" + aliases + " } } } }");
  CHECK(bomb.text("errors.0.extensions.code") == "LIMIT_EXCEEDED");
  CHECK(bomb.text("data") == R"({"__schema":null})");
}

TEST_CASE("introspection tells the schema that is served") {
  TestServer server;
  const Reply reply = server.ask(
      "{ __schema { queryType { name } mutationType { name } types { kind name fields { name args "
      "{ "
      "name type { kind name ofType { kind name } } } } } } __type(name: \"Vertex\") { kind name } "
      "}");
  INFO(reply.body);
  CHECK(reply.text("data.__schema.queryType.name") == "Query");
  CHECK(reply.text("data.__type") == R"({"kind":"OBJECT","name":"Vertex"})");
  for (const char* root : {"Query", "Mutation"}) {
    for (const auto& field : server::graphql::Schema::served().type(root)->fields) {
      INFO(field.name);
      CHECK(server::find_field(field.name) != nullptr);
    }
  }
}

TEST_CASE("introspection is answered on loopback only") {
  server::ServerConfig config = TestServer::development();
  config.address = "0.0.0.0";  // The socket of the test is on loopback all the same.
  TestServer server(config);
  CHECK(server.ask("{ __schema { queryType { name } } }").text("errors.0.message") ==
        "introspection is answered on loopback only");
  CHECK(server.ask("{ __typename iamGetAccount { __typename } }").text("data.__typename") ==
        "Query");
}

TEST_CASE("wire-api 8: behind a proxy with TLS, deferred documents are found by https") {
  TestServer server;
  load(server);
  const Reply reply = server.post("/graphql",
                                  R"({"query":"{ queryV2(query: \"FIND repo\") { url } }"})",
                                  "X-Forwarded-Proto: https\r\n");
  CHECK(reply.text("data.queryV2.url").find("https://127.0.0.1:") == 0);
}

TEST_CASE("the demo account holds a graph that can be asked at once") {
  server::ServerConfig config = TestServer::development();
  config.demo = true;
  TestServer server(config);
  server.account = "demo";
  CHECK(query(server, "FIND User THAT APPROVED CodeRepo").number("data.queryV1.totalCount") == 1);
  CHECK(query(server, "FIND Host THAT HAS Finding WITH open = true")
            .number("data.queryV1.totalCount") == 1);
}

TEST_CASE("wire-api 10: a query that is refused is told the hints, as queryV1 tells them") {
  TestServer server;
  load(server);
  const auto [text, beginning, hint] = GENERATE(table<std::string, std::string, std::string>({
      {"FIND repo AS repos RETURN repo.name",
       R"(Invalid return selector provided: "repo", valid return selectors are: "repos")",
       R"("repo" has the alias "repos" here.)"},
      {"FIND repo RETRUN TREE", "Error parsing query. Unexpected", R"(Did you mean "RETURN"?)"},
  }));
  server::Json body;
  body.set("queries", server::Json::Array{server::Json(text)});
  const std::string message = server.post("/j1ql/validate", to_text(body)).text("0.error.message");
  INFO(message);
  CHECK(message.starts_with(beginning));
  CHECK(message.find(hint) != std::string::npos);
  CHECK(message == query(server, text).text("errors.0.message"));
}

TEST_CASE("wire-api 10: queries are validated, and overrides listed with their state") {
  TestServer server;
  load(server);
  const Reply reply =
      server.post("/j1ql/validate",
                  R"({"queries":["FIND repo","FIND repo WITH","FIND repo AS r RETURN x.y"]})");
  INFO(reply.body);
  CHECK(reply.text("0") == R"({"valid":true,"query":"FIND repo"})");
  CHECK(reply.text("1.error.code") == "PARSER_ERROR");
  CHECK(reply.text("2.error.code") == "VALIDATION_ERROR");
  CHECK(server.post("/j1ql/validate", "{}").status == 400);
  const std::string id = id_of(server, "a");
  REQUIRE(server
              .sync(R"({"source":"api","scope":"tiers","syncMode":"OVERRIDE","author":"ana"})",
                    fmt::format(R"({{"entities":[{{"_id":"{}","criticality":10}}]}})", id))
              .text("job.status") == "FINISHED");
  const Reply list = server.get("/v1/overrides?state=active");
  CHECK(list.text("overrides.0.scope") == "tiers");
  CHECK(list.text("overrides.0.author") == "ana");
  CHECK(list.number("overrides.0.belowNow") == 3);
  CHECK(server.get("/v1/overrides?state=drifted").text("overrides") == "[]");
  CHECK(server.get("/v1/overrides?state=odd").status == 400);
  CHECK(server.get("/v1/why?entity=none&property=x").status == 404);
  CHECK(server.get("/v1/summary").number("overrides") == 1);
  CHECK(query(server, "FIND repo WITH criticality = 10").number("data.queryV1.totalCount") == 1);
}

TEST_CASE("openapi.json names routes that exist, and metrics count them") {
  TestServer server;
  const server::Json description = server.get("/openapi.json").json();
  for (const server::JsonMember& path : *description.find("paths")->object()) {
    for (const server::JsonMember& method : *path.value.object()) {
      std::string target = path.name;
      if (const std::size_t id = target.find("{id}"); id != std::string::npos) {
        target.replace(id, 4, server.start(R"({"scope":"s"})"));
      }
      const Reply reply = server.send(method.name == "get" ? "GET" : "POST", target, "", "");
      INFO(method.name << " " << target << " " << reply.body);
      CHECK(reply.body.find("no such route") == std::string::npos);
      CHECK(reply.status != 405);
      CHECK(reply.status < 500);
    }
  }
  server.post(kJobs, "{");
  const Reply metrics = server.get("/metrics");
  CHECK(metrics.body.find("callisto_http_requests_total{route=\"POST "
                          "/persister/synchronization/jobs\",status=\"400\"}") !=
        std::string::npos);
  CHECK(metrics.body.find("callisto_connections_open") != std::string::npos);
}
