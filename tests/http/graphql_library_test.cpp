// What accounts keep beside their graph, over GraphQL: questions, parameters, integrations, raw
// data.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kRepo =
    R"({"entities":[{"_key":"a","_type":"repo","_class":"CodeRepo","name":"alpha"},
       {"_key":"b","_type":"repo","_class":"CodeRepo","name":"beta"}]})";

std::string repo_id(TestServer& server) {
  REQUIRE(server.sync(R"({"scope":"s"})", kRepo).text("job.status") == "FINISHED");
  return server.ask(R"({ vertex(filters: {_key: "a"}) { id } })").text("data.vertex.id");
}

std::string create_question(TestServer& server, std::string_view title, std::string_view query) {
  const Reply reply = server.ask(
      "mutation($q: CreateQuestionInput!) { createQuestion(question: $q) { id title queries { "
      "query "
      "name } tags variables { name } accountId } }",
      fmt::format(R"({{"q":{{"title":"{}","queries":[{{"query":"{}"}}],"tags":["{}"]}}}})",
                  title,
                  query,
                  title));
  INFO(reply.body);
  CHECK(reply.text("data.createQuestion.queries.0") ==
        fmt::format(R"({{"query":"{}","name":null}})", query));
  CHECK(reply.text("data.createQuestion.accountId") == "acme");
  return reply.text("data.createQuestion.id");
}

}  // namespace

TEST_CASE("wire-api 7: questions are created, found, changed and deleted") {
  TestServer server;
  const std::string id = create_question(server, "Which hosts?", "FIND Host");
  REQUIRE(id.size() == 36);
  create_question(server, "Who?", "FIND User");
  const auto found = [&](std::string_view arguments) {
    return server.ask(
        fmt::format("{{ questions({}) {{ totalHits questions {{ title }} pageInfo {{ endCursor "
                    "hasNextPage }} }} }}",
                    arguments));
  };
  CHECK(found("limit: 1").number("data.questions.totalHits") == 2);
  const Reply first = found("limit: 1");
  CHECK(first.text("data.questions.pageInfo.hasNextPage") == "true");
  const Reply second =
      found("limit: 1, cursor: \"" + first.text("data.questions.pageInfo.endCursor") + "\"");
  CHECK(second.text("data.questions.pageInfo") == R"({"endCursor":null,"hasNextPage":false})");
  CHECK(second.text("data.questions.questions.0.title") !=
        first.text("data.questions.questions.0.title"));
  CHECK(found("searchQuery: \"find USER\"").text("data.questions.questions.0.title") == "Who?");
  CHECK(found("tags: [\"Who?\"]").number("data.questions.totalHits") == 1);
  CHECK(found("tags: \"nothing\"").number("data.questions.totalHits") == 0);
  CHECK(found("limit: 0").text("errors.0.extensions.code") == "BAD_USER_INPUT");
  const Reply changed = server.ask(fmt::format(
      R"(mutation {{ updateQuestion(id: "{}", update: {{title: "Hosts"}}) {{ title queries {{ query }} }} }})",
      id));
  CHECK(changed.text("data.updateQuestion") ==
        R"({"title":"Hosts","queries":[{"query":"FIND Host"}]})");
  CHECK(
      server
          .ask(
              R"(mutation { createQuestion(question: {title: "t", queries: [{query: "FIND"}]}) { id } })")
          .text("errors.0.extensions.code") == "BAD_USER_INPUT");
  const auto refusal = [&](const char* queries) {
    return server
        .ask(fmt::format(
            R"(mutation {{ createQuestion(question: {{title: "t", queries: [{}]}}) {{ id }} }})",
            queries))
        .text("errors.0.message");
  };
  CHECK(refusal(R"({query: "FIND Host"}, {query: "FIND"})").starts_with("query 2: "));
  CHECK(refusal(R"({query: "FIND", name: "n"})").starts_with("the query \"n\": "));
  CHECK(server.ask(fmt::format(R"(mutation {{ deleteQuestion(id: "{}") {{ title }} }})", id))
            .text("data.deleteQuestion.title") == "Hosts");
  CHECK(server.ask(fmt::format(R"({{ question(id: "{}") {{ title }} }})", id))
            .text("errors.0.extensions.code") == "NOT_FOUND");
}

TEST_CASE("questions, instances and raw data are there again after a restart") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  std::string question;
  std::string entity;
  {
    TestServer server(config);
    question = create_question(server, "Which repos?", "FIND repo");
    entity = repo_id(server);
    CHECK(server
              .ask(fmt::format(R"(mutation {{ upsertEntityRawData(entityId: "{}", source: "api",
                rawData: [{{name: "default", contentType: "application/json", data: {{deep: [1, {{er: true}}]}}}},
                          {{name: "page", contentType: "text/html", data: "<p>"}}]) {{ status }} }})",
                               entity))
              .text("data.upsertEntityRawData.status") == "true");
    server.ask(R"(mutation { createIntegrationInstance(instance: {name: "main",
      integrationDefinitionId: "github"}) { id } })");
  }
  TestServer server(config);
  CHECK(server.ask(fmt::format(R"({{ question(id: "{}") {{ title }} }})", question))
            .text("data.question.title") == "Which repos?");
  const Reply raw = server.ask(fmt::format(
      R"({{ entityRawDataLegacy(entityId: "{}", source: "api",, ) {{ entityId payload {{
        ... on RawDataJSONEntityLegacy {{ contentType name data }}
        ... on RawDataTextEntityLegacy {{ name text: data __typename }} }} }} }})",
      entity));
  INFO(raw.body);
  CHECK(raw.text("data.entityRawDataLegacy.payload.0.data") == R"({"deep":[1,{"er":true}]})");
  CHECK(raw.text("data.entityRawDataLegacy.payload.1") ==
        R"({"name":"page","text":"<p>","__typename":"RawDataTextEntityLegacy"})");
  CHECK(server.ask("{ integrationInstances { instances { name } } }")
            .text("data.integrationInstances.instances") == R"([{"name":"main"}])");
}

TEST_CASE("parameters are set over GraphQL and read by queries") {
  TestServer server;
  repo_id(server);
  CHECK(server.ask(R"(mutation { setParameter(name: "wanted", value: "beta") { success } })")
            .text("data.setParameter.success") == "true");
  CHECK(server.ask(R"({ queryV1(query: "FIND repo WITH name = ${param.wanted}") { totalCount } })")
            .number("data.queryV1.totalCount") == 1);
  CHECK(server.ask(R"({ parameter(name: "wanted") { value secret } })").text("data.parameter") ==
        R"({"value":"beta","secret":false})");
  CHECK(
      server.ask("{ parameterList { items { name } } }").text("data.parameterList.items.0.name") ==
      "wanted");
  CHECK(server.ask("{ getAllAssetProperties }").text("data.getAllAssetProperties") ==
        R"(["name","parameter.wanted"])");
}

TEST_CASE("wire-api 7: integration instances, their definitions, jobs and events") {
  TestServer server;
  const Reply made = server.ask(
      R"(mutation { createIntegrationInstance(instance: {name: "main", integrationDefinitionId: "github",
        config: {token: "t0p"}, pollingInterval: ONE_DAY,
        pollingIntervalCronExpression: {hour: 3}}) { id config pollingIntervalCronExpression { hour dayOfWeek } } })");
  INFO(made.body);
  CHECK(made.text("data.createIntegrationInstance.config") == R"({"token":"***masked***"})");
  CHECK(made.text("data.createIntegrationInstance.pollingIntervalCronExpression") ==
        R"({"hour":3,"dayOfWeek":null})");
  const std::string id = made.text("data.createIntegrationInstance.id");
  const std::string job = server.start(
      fmt::format(R"({{"source":"integration-managed","integrationInstanceId":"{}"}})", id));
  server.post("/persister/synchronization/jobs/" + job + "/events",
              R"({"events":[{"name":"step_start","description":"Fetch"}]})");
  server.start(R"({"source":"integration-managed","integrationInstanceId":"other"})");
  const Reply one = server.ask(fmt::format(
      R"({{ integrationInstance(id: "{}") {{ name integrationDefinition {{ integrationType }}
        jobs {{ jobs {{ id status }} }} }} }})",
      id));
  CHECK(one.text("data.integrationInstance.integrationDefinition.integrationType") == "github");
  CHECK(one.text("data.integrationInstance.jobs.jobs") ==
        fmt::format(R"([{{"id":"{}","status":"IN_PROGRESS"}}])", job));
  CHECK(server.ask("{ integrationInstancesV2 { instances { name } } }")
            .body.find(R"("name":"other")") != std::string::npos);
  CHECK(server.ask("{ integrationDefinitions { definitions { id } pageInfo { endCursor } } }")
            .text("data.integrationDefinitions") ==
        R"({"definitions":[{"id":"github"}],"pageInfo":{"endCursor":null}})");
  CHECK(server.ask(R"({ findIntegrationDefinition(integrationType: "aws") { id beta } })")
            .text("data.findIntegrationDefinition") == R"({"id":"aws","beta":null})");
  const Reply events = server.ask(fmt::format(
      R"({{ integrationEvents(jobId: "{0}") {{ events {{ name jobId level }} }}
        integrationJob(id: "{0}") {{ integrationInstance {{ name }} }}
        integrationJobs(status: COMPLETED) {{ jobs {{ id }} }} }})",
      job));
  CHECK(events.text("data.integrationEvents.events.0") ==
        fmt::format(R"({{"name":"step_start","jobId":"{}","level":null}})", job));
  CHECK(events.text("data.integrationJob.integrationInstance.name") == "main");
  CHECK(events.text("data.integrationJobs.jobs") == "[]");
  // The node client asks for changes with the keyword `query`.
  CHECK(
      server
          .ask(fmt::format(
              R"(query {{ updateIntegrationInstance(id: "{}", update: {{name: "new"}}) {{ name }} }})",
              id))
          .text("data.updateIntegrationInstance.name") == "new");
  CHECK(
      server
          .ask(fmt::format(R"(query {{ deleteIntegrationInstance(id: "{}") {{ success }} }})", id))
          .text("data.deleteIntegrationInstance.success") == "true");
  CHECK(server.ask(R"(mutation { deleteIntegrationInstance(id: "none") { success } })")
            .text("errors.0.message") == "Integration instance not found");
  CHECK(server.ask(R"(mutation { invokeIntegrationInstance(id: "x") { success } })")
            .text("errors.0.message")
            .find("nothing runs integrations here") == 0);
}

TEST_CASE("wire-api 7: the second forms of the relationship mutations take and give JSON") {
  TestServer server;
  const std::string a = repo_id(server);
  const std::string b =
      server.ask(R"({ vertex(filters: {_key: "b"}) { id } })").text("data.vertex.id");
  const Reply made = server.ask(
      "mutation($i: CreateRelationshipInput!) { createRelationshipV2(input: $i) { relationship } }",
      fmt::format(R"({{"i":{{"relationship":{{"_key":"r","_type":"repo_uses_repo","_class":"USES",
        "_fromEntityId":"{}","_toEntityId":"{}","since":1}}}}}})",
                  a,
                  b));
  INFO(made.body);
  CHECK(made.number("data.createRelationshipV2.relationship.since") == 1);
  const std::string id = made.text("data.createRelationshipV2.relationship._id");
  CHECK(
      server
          .ask(fmt::format(
              R"(mutation {{ updateRelationshipV2(relationship: {{_id: "{}", since: 2}}) {{ relationship }} }})",
              id))
          .number("data.updateRelationshipV2.relationship.since") == 2);
  CHECK(server
            .ask(fmt::format(R"({{ edge(id: "{}") {{ fromVertexId relationship {{ _class }} }} }})",
                             id))
            .text("data.edge") ==
        fmt::format(R"({{"fromVertexId":"{}","relationship":{{"_class":"USES"}}}})", a));
  CHECK(server
            .ask(fmt::format(
                R"(mutation {{ deleteRelationshipV2(relationshipId: "{}") {{ relationship }} }})",
                id))
            .text("data.deleteRelationshipV2.relationship._deleted") == "true");
}

TEST_CASE("j1ql 8.4: scopeFilters and row metadata over GraphQL") {
  TestServer server;
  const std::string a = repo_id(server);
  const Reply filtered = server.ask(
      R"({ queryV1(query: "FIND repo", scopeFilters: [{name: ["alpha", "gamma"]}]) { data } })");
  CHECK(filtered.text("data.queryV1.data.0.id") == a);
  CHECK(filtered.text("data.queryV1.data.1").empty());
  const Reply rows = server.ask(
      R"({ queryV1(query: "FIND repo AS r RETURN r.name ORDER BY r.name", flags: {rowMetadata: true}) { data } })");
  CHECK(rows.text("data.queryV1.data.0.r.name").empty());
  CHECK(rows.text("data.queryV1.data.0._meta.byAlias.r.entity._id") == a);
  CHECK(server.ask(R"({ queryV1(query: "FIND repo", scopeFilters: ["x"]) { data } })")
            .text("errors.0.extensions.code") == "BAD_USER_INPUT");
  CHECK(server.ask(R"({ queryV1(query: "FIND", dryRun: true) { type } })")
            .text("errors.0.extensions.code") == "PARSER_ERROR");
}

TEST_CASE("wire-api 10: all entities and relationships are listed page by page") {
  TestServer server;
  REQUIRE(server
              .sync(R"({"scope":"s"})",
                    R"({"entities":[{"_key":"a","_type":"t","_class":"C","n":1},
                       {"_key":"b","_type":"t","_class":"C","n":2},{"_key":"c","_type":"t","_class":"C"}],
                      "relationships":[{"_key":"1","_type":"t_has_t","_class":"HAS","_fromEntityKey":"a","_toEntityKey":"b"},
                       {"_key":"2","_type":"t_has_t","_class":"HAS","_fromEntityKey":"c","_toEntityKey":"c"}]})")
              .text("job.status") == "FINISHED");
  for (const auto& [path, wanted] : {std::pair("/entities", 3), std::pair("/relationships", 2)}) {
    std::string cursor;
    int found = 0;
    do {
      const Reply page = server.get(fmt::format("{}?limit=1&cursor={}", path, cursor));
      INFO(page.body);
      const server::Json json = page.json();
      for (const server::Json& item : *json.find("items")->array()) {
        CHECK(item.text_of("_id").size() == 36);
        CHECK(item.find("_key") != nullptr);
        ++found;
      }
      cursor = page.text("endCursor");
    } while (!cursor.empty() && found < 10);
    CHECK(found == wanted);
  }
  CHECK(server.get("/relationships?limit=1").text("items.0._fromEntityId").size() == 36);
  CHECK(server.get("/entities?limit=100000").status == 422);
  CHECK(server.get("/entities?limit=x").status == 400);
  REQUIRE(server.sync(R"({"scope":"s"})", R"({"entities":[]})").text("job.status") == "FINISHED");
  CHECK(server.get("/entities").text("items") == "[]");
  CHECK(server.get("/entities?includeDeleted=true").text("items.2._deleted") == "true");
}

TEST_CASE("wire-api 10: raw data is listed and read over REST, never as a page") {
  TestServer server;
  const std::string id = repo_id(server);
  server.ask(fmt::format(R"(mutation {{ upsertEntityRawData(entityId: "{}", source: "api",
    rawData: [{{name: "page", contentType: "text/html", data: "<script>"}}, {{name: "j", data: [1]}}]) {{ status }} }})",
                         id));
  const Reply list = server.get("/entities/" + id + "/raw-data");
  CHECK(list.number("entries.page.contentLength") == 8);
  CHECK(list.text("entries.j.contentType") == "application/json");
  const Reply page = server.get("/entities/" + id + "/raw-data/page/versions/latest");
  CHECK(page.body == "<script>");
  CHECK(page.headers.at("content-type").find("text/plain") == 0);
  CHECK(server.get("/entities/" + id + "/raw-data/j/versions/latest").body == "[1]");
  CHECK(server.get("/entities/" + id + "/raw-data/none/versions/latest").status == 404);
  CHECK(server.get("/entities/" + id + "/raw-data/j/versions").status == 404);
  CHECK(server.get("/entities/none/raw-data").status == 404);
}

TEST_CASE("a directive without its condition and an unknown fragment are errors of the operation") {
  TestServer server;
  CHECK(server.ask("{ typeCounts @include }")
            .text("errors.0.message")
            .find("Directive \"@include\"") == 0);
  CHECK(server.ask("{ ...Nothing }").text("errors.0.message") == "Unknown fragment \"Nothing\".");
  CHECK(server.ask("fragment A on B { c }").text("errors.0.message") ==
        "Must provide an operation.");
  const Reply wrong = server.ask("{ a }\n{");
  CHECK(wrong.text("errors.0.locations.0") == R"({"line":2,"column":2})");
  CHECK(wrong.text("errors.0.extensions.code") == "GRAPHQL_PARSE_FAILED");
  std::string wide = "{";
  for (int i = 0; i < 10'001; ++i) {
    wide += fmt::format(R"({}"{}":0)", i == 0 ? "" : ",", i);
  }
  CHECK(server.post("/graphql", wide + "}").text("errors.0.message").find("10000 members") !=
        std::string::npos);
}
