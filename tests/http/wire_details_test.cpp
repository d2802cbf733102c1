// Details of the wire that clients, or those who read answers by hand, depend on.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";

std::string things(int count) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    body +=
        fmt::format(R"({}{{"_key":"k{}","_type":"thing","_class":"Thing","displayName":"d{}"}})",
                    i == 0 ? "" : ",",
                    i,
                    i);
  }
  return body + "]}";
}

void load(TestServer& server, int count) {
  REQUIRE(server.sync(R"({"scope":"s"})", things(count)).text("job.status") == "FINISHED");
}

std::string id_of(TestServer& server, std::string_view key) {
  return server.ask(fmt::format(R"({{ vertex(filters: {{_key: "{}"}}) {{ id }} }})", key))
      .text("data.vertex.id");
}

// Rows of an OVERRIDE job for `count` things.
std::string pins(TestServer& server, int count, std::string_view row) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    body += fmt::format(
        R"({}{{"_id":"{}",{}}})", i == 0 ? "" : ",", id_of(server, fmt::format("k{}", i)), row);
  }
  return body + "]}";
}

}  // namespace

TEST_CASE("wire-api 6: partialDatasets of a wrong shape is refused, and deletes nothing") {
  TestServer server;
  load(server, 2);
  const std::string job = server.start(R"({"scope":"s"})");
  const std::string finalize = fmt::format("{}/{}/finalize", kJobs, job);
  for (const char* wrong : {"5", R"(["thing"])", R"("thing")", R"({"types":"thing"})"}) {
    const Reply reply = server.post(finalize, fmt::format(R"({{"partialDatasets":{}}})", wrong));
    INFO(wrong << ": " << reply.body);
    CHECK(reply.status == 400);
    CHECK(reply.text("error.message").find("partialDatasets") != std::string::npos);
  }
  CHECK(server.get("/v1/summary").number("entities") == 2);
  const Reply done = server.post(finalize, R"({"partialDatasets":{"types":["thing"]}})");
  CHECK(done.text("job.status") == "FINISHED");
  CHECK(server.get("/v1/summary").number("entities") == 2);
}

TEST_CASE("wire-api 7: a vertex is asked for by something, and nulls are nothing") {
  TestServer server;
  load(server, 2);
  for (const char* document : {"{ vertex { id } }",
                               "{ vertex(id: null) { id } }",
                               "{ vertex(filters: {}) { id } }",
                               "{ vertex(id: null, filters: {_key: null}) { id } }"}) {
    const Reply reply = server.ask(document);
    INFO(document << ": " << reply.body);
    CHECK(reply.text("data.vertex") == "null");
    CHECK(reply.text("errors.0.message").find("vertex needs") == 0);
  }
  const Reply unset = server.ask("query($i: String) { vertex(id: $i) { id } }", R"({"i":null})");
  CHECK(unset.text("errors.0.extensions.code") == "BAD_USER_INPUT");
}

TEST_CASE("wire-api 7: contributions tell every property that a layer speaks of") {
  TestServer server;
  load(server, 1);
  REQUIRE(server
              .sync(R"({"scope":"pins","syncMode":"OVERRIDE"})",
                    pins(server, 1, R"("displayName":"DD","gone":null)"))
              .text("job.status") == "FINISHED");
  const Reply reply = server.ask(
      fmt::format(R"({{ fetchEntityContributionsById(entityId: "{}") {{ contributions }} }})",
                  id_of(server, "k0")));
  INFO(reply.body);
  CHECK(reply.text("data.fetchEntityContributionsById.contributions.0.property") == "displayName");
  CHECK(reply.text("data.fetchEntityContributionsById.contributions.0.layers.0.value") == "DD");
  CHECK(reply.text("data.fetchEntityContributionsById.contributions.1.property") == "gone");
}

TEST_CASE("wire-api 7: what createRelationship answers is what is stored") {
  TestServer server;
  load(server, 2);
  const auto create = [&](std::string_view properties) {
    return server.ask(fmt::format(
        R"(mutation {{ createRelationship(relationshipKey: "r", relationshipType: "t", relationshipClass: "USES",
          fromEntityId: "{}", toEntityId: "{}", properties: {}) {{
          relationship {{ _source _version _createdOn _accountId displayName _toEntityKey }} edge {{ properties }} }} }})",
        id_of(server, "k0"),
        id_of(server, "k1"),
        properties));
  };
  REQUIRE(create(R"({w: 1, displayName: "uses"})").json().find("errors") == nullptr);
  const Reply again = create("{v: 1}");
  INFO(again.body);
  CHECK(again.text("data.createRelationship.relationship._source") == "api");
  CHECK(again.text("data.createRelationship.relationship._accountId") == "acme");
  CHECK(again.text("data.createRelationship.relationship.displayName") == "uses");
  CHECK(again.text("data.createRelationship.relationship._toEntityKey") == "k1");
  CHECK(again.number("data.createRelationship.relationship._createdOn") > 0);
  CHECK(again.number("data.createRelationship.edge.properties.w") == 1);
  CHECK(again.number("data.createRelationship.edge.properties.v") == 1);
}

TEST_CASE("O-22 a soft-deleted entity can be erased over GraphQL, once") {
  TestServer server;
  load(server, 1);
  const std::string id = id_of(server, "k0");
  const auto remove = [&](bool hard) {
    return server.ask(fmt::format(
        R"(mutation {{ deleteEntity(entityId: "{}", hardDelete: {}) {{ entity {{ _deleted }} }} }})",
        id,
        hard));
  };
  CHECK(remove(false).text("data.deleteEntity.entity._deleted") == "true");
  CHECK(remove(false).text("errors.0.extensions.code") == "NOT_FOUND");
  CHECK(remove(true).text("data.deleteEntity.entity._deleted") == "true");
  CHECK(remove(true).text("errors.0.extensions.code") == "NOT_FOUND");
  CHECK(server.get("/entities?includeDeleted=true").text("items") == "[]");
}

TEST_CASE("O-13 skipped rows are counted in the job that finalize answers") {
  TestServer server;
  const Reply reply =
      server.sync(R"({"scope":"p","syncMode":"OVERRIDE"})",
                  R"({"entities":[{"_id":"00000000-0000-5000-8000-000000000000","a":1},
                                     {"_id":"unknown","a":1}]})");
  INFO(reply.body);
  CHECK(reply.number("job.numRowsSkipped") == 2);
  CHECK(reply.number("job.numEntitiesUpdated") == 0);
}

TEST_CASE("O-29 a report says how many changes there are, and lists as many as are asked for") {
  TestServer server;
  load(server, 150);
  const std::string job = server.start(R"({"scope":"s"})");
  const auto dry_run = [&](std::string_view more) {
    return server.post(fmt::format("{}/{}/finalize?dryRun=true{}", kJobs, job, more), "");
  };
  const auto listed = [](const Reply& reply) {
    return reply.json().find("report")->find("changes")->array()->size();
  };
  const Reply some = dry_run("");
  CHECK(listed(some) == 100);
  CHECK(some.number("report.numChanges") == 150);
  CHECK(some.text("report.changesTruncated") == "true");
  const Reply all = dry_run("&changes=1000");
  CHECK(listed(all) == 150);
  CHECK(all.text("report.changesTruncated") == "false");
  CHECK(dry_run("&changes=many").status == 400);
  CHECK(dry_run("&changes=10001").status == 400);
}

TEST_CASE("O-28 overrides are listed page by page, by key, and counted") {
  TestServer server;
  load(server, 5);
  REQUIRE(server.sync(R"({"scope":"older","syncMode":"OVERRIDE"})", pins(server, 5, R"("tier":1)"))
              .text("job.status") == "FINISHED");
  REQUIRE(server
              .sync(R"({"scope":"younger","syncMode":"OVERRIDE"})",
                    pins(server, 2, R"("tier":2,"team":"x")"))
              .text("job.status") == "FINISHED");
  const auto size_of = [](const Reply& reply) {
    return reply.json().find("overrides")->array()->size();
  };
  std::size_t listed = 0;
  std::string cursor;
  for (int page = 0; page < 3; ++page) {
    const Reply reply = server.get("/v1/overrides?limit=4&cursor=" + cursor);
    listed += size_of(reply);
    cursor = reply.text("endCursor");
    CHECK(cursor.empty() == (page == 2));
  }
  CHECK(listed == 9);
  CHECK(size_of(server.get("/v1/overrides?entity=k0")) == 3);
  CHECK(size_of(server.get("/v1/overrides?entity=" + id_of(server, "k4"))) == 1);
  for (const char* route : {"/v1/overrides", "/v1/overrides/counts"}) {
    const Reply nobody = server.get(std::string(route) + "?entity=nobody");
    CHECK(nobody.status == 400);
    CHECK(nobody.text("error.message") ==
          R"("entity": no entity has the _id or _key "nobody", and no override is left of one)");
    const Reply slip = server.get(std::string(route) + "?scop=older");
    CHECK(slip.status == 400);
    CHECK(
        slip.text("error.message")
            .starts_with(R"(there is no parameter "scop": this route takes scope, state, entity)"));
  }
  CHECK(server.get("/v1/summary?x=1").text("error.message") ==
        R"(there is no parameter "x": this route takes none)");
  CHECK(server.get("/v1/why?entity=k0&property=p&layer=x").status == 400);
  CHECK(server.get("/entities?includeDeleted=foo").status == 400);
  CHECK(server.get("/entities?includeDeleted=false&unknown=1").status == 200);
  CHECK(server.get("/v1/overrides?limit=abc").status == 400);
  CHECK(server.get("/v1/overrides?limit=0").status == 400);
  CHECK(server.get("/v1/overrides?cursor=x").status == 400);
  const Reply counts = server.get("/v1/overrides/counts");
  INFO(counts.body);
  CHECK(counts.number("total") == 9);
  CHECK(counts.text("scopes") == R"({"older":5,"younger":4})");
  CHECK(counts.number("states.shadowed") == 2);
  CHECK(server.get("/v1/overrides/counts?scope=younger").number("total") == 4);
}

TEST_CASE("wire-api 3: the terminalStatus of an abort is told with its reason") {
  TestServer server;
  const std::string job = server.start(R"({"scope":"s"})");
  const Reply reply =
      server.post(fmt::format("{}/{}/abort", kJobs, job),
                  R"({"reason":"r","terminalStatus":"ABORTED_DUE_TO_INVALID_CONFIGURATION"})");
  CHECK(reply.text("job.status") == "ABORTED");
  CHECK(reply.text("job.error") == "ABORTED_DUE_TO_INVALID_CONFIGURATION: r");
}

TEST_CASE("wire-api 8: a text with LIMIT is answered on one page when pages may be of any size") {
  TestServer server;
  load(server, 2100);
  const auto rows = [&](std::string_view text, std::string_view flags) {
    const Reply reply = server.ask(
        fmt::format(R"({{ queryV1(query: "{}", flags: {}) {{ data cursor }} }})", text, flags));
    return std::pair(reply.json().find("data")->find("queryV1")->find("data")->array()->size(),
                     reply.text("data.queryV1.cursor") != "null");
  };
  CHECK(rows("FIND thing Limit 2050", "{variableResultSize: true}") == std::pair(2050UL, false));
  CHECK(rows("FIND thing", "{variableResultSize: true}") == std::pair(2000UL, true));
  CHECK(rows("FIND thing LIMIT 2050", "{}") == std::pair(250UL, true));
}

TEST_CASE("wire-api 8: a tree has neither a number of rows nor CSV") {
  TestServer server;
  load(server, 1);
  const Reply tree =
      server.ask(R"({ queryV1(query: "FIND thing RETURN TREE") { totalCount data } })");
  CHECK(tree.text("data.queryV1.totalCount") == "null");
  const Reply csv =
      server.ask(R"({ queryV1(query: "FIND thing RETURN TREE", deferredFormat: CSV) { url } })");
  CHECK(csv.text("errors.0.message").find("no CSV form") != std::string::npos);
}

TEST_CASE("wire-api 7: what is wrong with a GraphQL body is told in HTTP 200, member by member") {
  TestServer server;
  const Reply broken = server.post("/graphql", "{");
  CHECK(broken.status == 200);
  CHECK(broken.text("errors.0.extensions.code") == "BAD_REQUEST");
  std::string batch = "[";
  for (int i = 0; i < 101; ++i) {
    batch += i == 0 ? R"({"query":"{ typeCounts }"})" : R"(,{"query":"{ typeCounts }"})";
  }
  const Reply refused = server.post("/graphql", batch + "]");
  CHECK(refused.status == 200);
  CHECK(refused.json().array()->size() == 101);
  CHECK(refused.text("100.errors.0.message").find("at most 100 operations") != std::string::npos);
  // Six megabytes are taken.
  const std::string padding(6U << 20U, ' ');
  CHECK(server.post("/graphql", R"({"query":"{ typeCounts }")" + padding + "}").text("data") ==
        R"({"typeCounts":{}})");
}

TEST_CASE("what is not served is refused with the names of what is") {
  TestServer server;
  const std::string message = server.ask("{ listRuleInstances { id } }").text("errors.0.message");
  CHECK(message.find("it is not served here. Served are: queryV1, ") != std::string::npos);
  CHECK(message.find("smartClasses") != std::string::npos);
  for (const char* route : {"/integrations/ingest", "/integrations/action"}) {
    const Reply refused = server.post(route, "{}");
    CHECK(refused.status == 404);
    CHECK(refused.text("error.code") == "NOT_SERVED");
  }
}

TEST_CASE("j1ql 3.12: smart classes are made over GraphQL and asked in queries") {
  TestServer server;
  load(server, 3);
  const auto ask = [&](std::string_view document) {
    const Reply reply = server.ask(document);
    UNSCOPED_INFO(reply.body);
    return reply;
  };
  const auto found = [&] {
    return ask(R"({ queryV1(query: "FIND #Core") { totalCount } })")
        .number("data.queryV1.totalCount");
  };
  constexpr const char* kAll =
      "{ id accountId tagName description ruleId queries { id smartClassId query description } "
      "tags { id } rule { evaluationStep } }";
  CHECK(
      ask(fmt::format(
              R"(mutation {{ createSmartClass(input: {{tagName: "Core", description: "d"}}) {} }})",
              kAll))
          .text("data.createSmartClass") ==
      R"({"id":"Core","accountId":"acme","tagName":"Core","description":"d","ruleId":null,"queries":[],"tags":[],"rule":null})");
  CHECK(ask(R"(mutation { createSmartClass(input: {tagName: "Core"}) { id } })")
            .text("errors.0.message")
            .find("already") != std::string::npos);
  const Reply query = ask(
      R"(mutation { createSmartClassQuery(input: {smartClassId: "Core", query: "FIND thing WITH displayName = 'd1'", description: "one"}) { id smartClassId description } })");
  const std::string id = query.text("data.createSmartClassQuery.id");
  CHECK(id.size() == 36);
  CHECK(found() == 1);
  CHECK(
      ask(R"(mutation { createSmartClassQuery(input: {smartClassId: "Core", query: "FIND"}) { id } })")
          .text("errors.0.extensions.code") == "PARSER_ERROR");
  ask(fmt::format(
      R"(mutation {{ patchSmartClassQuery(input: {{id: "{}", query: "FIND thing"}}) {{ id }} }})",
      id));
  CHECK(found() == 3);
  const Reply one =
      ask(fmt::format(R"({{ smartClassQuery(id: "{}") {{ query description }} }})", id));
  CHECK(one.text("data.smartClassQuery") == R"({"query":"FIND thing","description":"one"})");
  CHECK(ask(R"({ smartClasses { tagName } })").text("data.smartClasses") ==
        R"([{"tagName":"Core"},{"tagName":"CriticalAsset"}])");
  CHECK(ask(R"(mutation { evaluateSmartClassRule(smartClassId: "Core") { ruleId } })")
            .text("data.evaluateSmartClassRule.ruleId") == "Core");
  ask(fmt::format(R"(mutation {{ deleteSmartClassQuery(id: "{}") {{ success }} }})", id));
  CHECK(
      ask(R"({ smartClass(id: "Core") { queries { id } description } })").text("data.smartClass") ==
      R"({"queries":[],"description":"d"})");
  CHECK(ask(R"(mutation { deleteSmartClass(id: "Core") { success } })")
            .text("data.deleteSmartClass.success") == "true");
  CHECK(ask(R"({ smartClass(id: "Core") { id } })").text("errors.0.extensions.code") ==
        "NOT_FOUND");
}
