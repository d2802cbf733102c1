// The rules of overrides that the source document states, over HTTP, with its texts and status
// codes; and the uploads that are none, in every form.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";
constexpr const char* kOwner =
    R"({"source":"integration-managed","integrationInstanceId":"11111111-1111"})";

// Two repositories of an integration, and what a team pins on them.
class Inventory {
 public:
  Inventory() {
    owner_says(3);
    one_ = value("_id");
    two_ =
        server.ask(R"({queryV1(query:"FIND repo WITH name = 'two' AS r RETURN r._id AS v"){data}})")
            .text("data.queryV1.data.0.v");
  }

  // A sync of the owner: `criticality` of the first repository, 1 of the other.
  Reply owner_says(int criticality) {
    return server.sync(kOwner,
                       fmt::format(R"({{"entities":[
      {{"_key":"r1","_type":"repo","_class":["CodeRepo"],"name":"one","criticality":{}}},
      {{"_key":"r2","_type":"repo","_class":["CodeRepo"],"name":"two","criticality":1}}]}})",
                                   criticality));
  }

  [[nodiscard]] static std::string start_of(const std::string& scope) {
    return fmt::format(R"({{"source":"api","scope":"{}","syncMode":"OVERRIDE"}})", scope);
  }

  // A whole job; `rows` are the elements of "entities".
  Reply pin(const std::string& scope, const std::string& rows) {
    return server.sync(start_of(scope), R"({"entities":[)" + rows + "]}");
  }

  [[nodiscard]] std::string row(const std::string& members) const {
    return R"({"_id":")" + one_ + "\"," + members + "}";
  }

  // Of the first repository, as a query sees it.
  std::string value(const std::string& property) {
    return server
        .ask(fmt::format(
            R"({{queryV1(query:"FIND repo WITH name = 'one' AS r RETURN r.{} AS v"){{data}}}})",
            property))
        .text("data.queryV1.data.0.v");
  }

  // What a query counts.
  double count(const std::string& filter) {
    return server
        .ask(fmt::format(
            R"({{queryV1(query:"FIND repo WITH {} AS r RETURN COUNT(r) AS n"){{data}}}})", filter))
        .number("data.queryV1.data.0.n");
  }

  // A job of the scope "tiers" that awaits uploads.
  std::string open_job() { return fmt::format("{}/{}", kJobs, server.start(start_of("tiers"))); }

  [[nodiscard]] const std::string& one() const { return one_; }

  [[nodiscard]] const std::string& two() const { return two_; }

  TestServer server;

 private:
  std::string one_;
  std::string two_;
};

std::string update(const std::string& id, const std::string& properties) {
  return fmt::format(
      R"(mutation{{updateEntity(entityId:"{}",properties:{}){{entity{{_id}}}}}})", id, properties);
}

}  // namespace

TEST_CASE("O-1 every read over HTTP sees the effective value") {
  Inventory inventory;
  CHECK(inventory.pin("tiers", inventory.row(R"("criticality":9)")).text("job.status") ==
        "FINISHED");
  CHECK(inventory.value("criticality") == "9");
  CHECK(inventory.count("criticality >= 9") == 1);
  CHECK(inventory.count("criticality = 3") == 0);
  const Reply sorted = inventory.server.ask(
      R"({queryV1(query:"FIND repo AS r RETURN r.name AS v ORDER BY r.criticality DESC"){data}})");
  CHECK(sorted.text("data.queryV1.data.0.v") == "one");
  CHECK(inventory.server.get("/entities").body.find("\"criticality\":9") != std::string::npos);
}

TEST_CASE("O-2 an override sticks through the owner's syncs, whatever they say") {
  Inventory inventory;
  inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  for (const int said : {4, 9, 5}) {
    CHECK(inventory.owner_says(said).text("job.status") == "FINISHED");
    CHECK(inventory.value("criticality") == "9");
  }
  inventory.pin("tiers", "");
  CHECK(inventory.value("criticality") == "5");  // Lower layers were kept.
}

TEST_CASE("O-5 OVERRIDE starts with source api and a scope") {
  TestServer server;
  const auto refused = [&](const std::string& start) {
    const Reply reply = server.post(kJobs, start);
    CHECK(reply.status == 400);
    return reply.text("error.code");
  };
  CHECK(refused(R"({"source":"api","syncMode":"OVERRIDE"})") == "SCOPE_REQUIRED");
  CHECK(refused(R"({"source":"api","scope":"","syncMode":"OVERRIDE"})") == "SCOPE_REQUIRED");
  CHECK(refused(R"({"source":"api","scope":null,"syncMode":"OVERRIDE"})") == "SCOPE_REQUIRED");
  CHECK(
      refused(
          R"({"source":"integration-managed","integrationInstanceId":"1","syncMode":"OVERRIDE"})") ==
      "INVALID_SOURCE");
  CHECK(refused(R"({"source":"system-internal","scope":"x","syncMode":"OVERRIDE"})") ==
        "INVALID_SOURCE");
  const Reply started = server.post(kJobs, Inventory::start_of("tiers"));
  CHECK(started.status == 200);
  CHECK(started.text("job.syncMode") == "OVERRIDE");
  CHECK(started.text("job.scope") == "tiers");
}

TEST_CASE("O-7 rows need an _id, keys with a leading _ are ignored") {
  Inventory inventory;
  const std::string job = inventory.open_job();
  const std::string good = inventory.row(R"("criticality":9)");
  for (const char* bad : {R"({"criticality":9})",
                          R"({"_id":"","criticality":9})",
                          R"({"_id":7,"criticality":9})",
                          R"({"_id":null})",
                          R"({"_key":"r1","criticality":9})"}) {
    for (const char* route : {"/upload", "/entities"}) {
      const Reply json =
          inventory.server.post(job + route, R"({"entities":[)" + good + "," + bad + "]}");
      CHECK(json.status == 400);
      CHECK(json.text("error.code") == "ENTITY_ID_REQUIRED");
      CHECK(json.text("error.message").find("entities[1]") != std::string::npos);
    }
    const Reply lines = inventory.server.post(job + "/upload", good + "\n" + bad + "\n");
    CHECK(lines.status == 400);
    CHECK(lines.text("error.code") == "ENTITY_ID_REQUIRED");
    CHECK(lines.text("error.message").find("line 2") != std::string::npos);
  }
  CHECK(inventory.server.get(job).number("job.numEntitiesUploaded") == 0);
  CHECK(inventory.server
            .post(job + "/upload",
                  R"({"entities":[)" + inventory.row(R"("criticality":9,"_type":"x","_other":{})") +
                      "]}")
            .status == 200);
  CHECK(inventory.server.post(job + "/finalize", "").number("job.numOverridesSet") == 1);
  CHECK(inventory.value("_type") == "repo");
}

TEST_CASE("O-8 relationships are not allowed for OVERRIDE sync jobs") {
  Inventory inventory;
  const std::string job = inventory.open_job();
  const std::string row = inventory.row(R"("criticality":9)");
  const std::string edge =
      R"({"_key":"x","_type":"t","_class":"USES","_fromEntityKey":"a","_toEntityKey":"b"})";
  for (const std::string& body : {R"({"entities":[)" + row + R"(],"relationships":[)" + edge + "]}",
                                  R"({"relationships":[)" + edge + "]}",
                                  row + "\n" + edge,
                                  std::string(R"({"deleteRelationships":[{"_key":"x"}]})")}) {
    const Reply refused = inventory.server.post(job + "/upload", body);
    CHECK(refused.status == 400);
    CHECK(refused.text("error.code") == "RELATIONSHIPS_NOT_ALLOWED");
    CHECK(refused.text("error.message") ==
          "Relationship uploads are not allowed for OVERRIDE sync jobs");
  }
  CHECK(inventory.server.post(job + "/upload", R"({"deleteEntities":[{"_key":"r1"}]})").status ==
        400);
  CHECK(inventory.server.get(job).number("job.numEntitiesUploaded") == 0);
}

TEST_CASE("O-9 a job takes 10,000 rows, over all uploads") {
  Inventory inventory;
  const std::string job = inventory.open_job();
  const auto rows = [](int begin, int end) {
    std::string body;
    for (int i = begin; i < end; ++i) {
      body += fmt::format("{{\"_id\":\"{}\",\"a\":1}}\n", i);
    }
    return body;
  };
  CHECK(inventory.server.post(job + "/upload", rows(0, 9'999)).status == 200);
  const Reply over = inventory.server.post(job + "/upload", rows(9'999, 10'001));
  CHECK(over.status == 400);
  CHECK(over.text("error.code") == "OVERRIDE_LIMIT_EXCEEDED");
  CHECK(over.text("error.message") == "OVERRIDE sync jobs are limited to 10000 entities per job");
  // What came before stays, the job stays open, and exactly 10,000 is fine.
  const Reply full =
      inventory.server.post(job + "/upload", inventory.row(R"("criticality":9)") + "\n");
  CHECK(full.number("job.numEntitiesUploaded") == 10'000);
  CHECK(inventory.server.post(job + "/upload", inventory.row(R"("a":1)")).status == 400);
  const Reply finished = inventory.server.post(job + "/finalize", "");
  CHECK(finished.text("job.status") == "FINISHED");
  CHECK(finished.number("job.numRowsSkipped") == 9'999);
  CHECK(inventory.value("criticality") == "9");
}

TEST_CASE("O-12 the upload replaces the scope's set as a whole, and says how many pins went") {
  Inventory inventory;
  const std::string two =
      fmt::format(R"({{"_id":"{}","criticality":8,"team":"x"}})", inventory.two());
  inventory.pin("tiers", inventory.row(R"("criticality":9,"team":"a")") + "," + two);
  CHECK(inventory.value("team") == "a");
  // A property that is missing in the row, an entity without a row.
  const Reply less = inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  CHECK(less.number("job.numOverridesSet") == 1);
  CHECK(less.number("job.numOverridesRemoved") == 3);
  CHECK(inventory.value("team") == "null");
  CHECK(inventory.count("criticality = 8") == 0);
  // An explicit empty list, and a finalize without uploads, clear the scope.
  CHECK(inventory.pin("tiers", "").number("job.numOverridesRemoved") == 1);
  CHECK(inventory.value("criticality") == "3");
  inventory.pin("tiers", inventory.row(R"("criticality":9,"team":"a")"));
  const std::string job = inventory.open_job();
  const Reply cleared = inventory.server.post(job + "/finalize?report=true", "");
  CHECK(cleared.number("job.numOverridesSet") == 0);
  CHECK(cleared.number("job.numOverridesRemoved") == 2);
  CHECK(cleared.number("report.numOverridesRemoved") == 2);
  CHECK(inventory.server.get(job).number("job.numOverridesRemoved") == 2);
  CHECK(inventory.value("criticality") == "3");
}

TEST_CASE("O-13 a row whose _id matches no entity is skipped: no error, no creation") {
  Inventory inventory;
  const Reply finished = inventory.pin(
      "tiers",
      R"({"_id":"00000000-0000-5000-8000-000000000000","criticality":9},{"_id":"nonsense","x":1})");
  CHECK(finished.status == 200);
  CHECK(finished.text("job.status") == "FINISHED");
  CHECK(finished.number("job.numRowsSkipped") == 2);
  CHECK(finished.number("job.numEntitiesCreated") == 0);
  CHECK(inventory.count("criticality = 9") == 0);
}

TEST_CASE("O-14 the oldest scope wins per property, the younger value shows when it goes") {
  Inventory inventory;
  inventory.pin("old", inventory.row(R"("criticality":7)"));
  inventory.pin("young", inventory.row(R"("criticality":8,"team":"y")"));
  CHECK(inventory.value("criticality") == "7");
  CHECK(inventory.value("team") == "y");
  inventory.pin("old", "");
  CHECK(inventory.value("criticality") == "8");
  inventory.pin("old", inventory.row(R"("criticality":7)"));  // Young now (O-15).
  CHECK(inventory.value("criticality") == "8");
}

TEST_CASE("O-16 OVERRIDE beats updateEntity, whose latest value shows when the override goes") {
  Inventory inventory;
  CHECK(inventory.server.ask(update(inventory.one(), "{criticality:4}"))
            .text("data.updateEntity.entity._id") == inventory.one());
  inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  CHECK(inventory.value("criticality") == "9");
  inventory.server.ask(update(inventory.one(), "{criticality:5}"));
  CHECK(inventory.value("criticality") == "9");
  inventory.owner_says(6);
  inventory.pin("tiers", "");
  CHECK(inventory.value("criticality") == "5");
}

TEST_CASE("O-17 PATCH, OVERRIDE, removal: the PATCH shows until the owner's next sync") {
  Inventory inventory;
  const auto patch =
      inventory.server.sync(R"({"source":"api","scope":"p","syncMode":"PATCH"})",
                            R"({"entities":[)" + inventory.row(R"("criticality":6)") + "]}");
  CHECK(patch.number("job.numEntitiesUpdated") == 1);
  inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  CHECK(inventory.value("criticality") == "9");
  inventory.pin("tiers", "");
  CHECK(inventory.value("criticality") == "6");
  inventory.owner_says(3);
  CHECK(inventory.value("criticality") == "3");
}

TEST_CASE("O-20 a finished job is answered again, and takes no uploads") {
  Inventory inventory;
  const std::string job = inventory.open_job();
  const std::string body = R"({"entities":[)" + inventory.row(R"("criticality":9)") + "]}";
  inventory.server.post(job + "/upload", body);
  const std::string answer = inventory.server.post(job + "/finalize", "").body;
  CHECK(inventory.server.post(job + "/finalize", "").body == answer);
  const Reply late = inventory.server.post(job + "/upload", body);
  CHECK(late.status == 400);
  CHECK(late.text("error.code") == "JOB_NOT_AWAITING_UPLOADS");
}

TEST_CASE("O-31 a write under a pin says so over HTTP, and breaks no client") {
  Inventory inventory;
  inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  const Reply hidden = inventory.server.ask(update(inventory.one(), "{criticality:4,free:1}"));
  CHECK(hidden.text("data.updateEntity.entity._id") == inventory.one());
  CHECK(hidden.text("extensions.hiddenByOverrides") ==
        fmt::format(R"([{{"entityId":"{}","property":"criticality","scope":"tiers"}}])",
                    inventory.one()));
  const Reply flat = inventory.server.ask(
      fmt::format(R"(mutation{{updateEntityV2(entity:{{_id:"{}",criticality:5}}){{entity}}}})",
                  inventory.one()));
  CHECK(flat.text("extensions.hiddenByOverrides.0.scope") == "tiers");
  const Reply open = inventory.server.ask(update(inventory.one(), "{free:2}"));
  CHECK(open.json().find("extensions") == nullptr);

  const Reply patched =
      inventory.server.sync(R"({"source":"api","scope":"p","syncMode":"PATCH"})",
                            R"({"entities":[)" + inventory.row(R"("criticality":6)") + "]}");
  CHECK(patched.number("job.numValuesHidden") == 1);
}

TEST_CASE("D38 over HTTP an upload in which nothing is recognised is refused on every route") {
  Inventory inventory;
  inventory.pin("tiers", inventory.row(R"("criticality":9)"));
  const std::string job = inventory.open_job();
  for (const char* body : {"",
                           " \n",
                           "{}",
                           "[]",
                           "null",
                           R"({"items":[{"_id":"x"}],"endCursor":null})",
                           R"({"Entities":[]})",
                           R"({"entites":[{"_id":"x"}]})",
                           R"({"entities":null})",
                           R"({"message":"Unauthorized"})",
                           "{\"message\":\"x\"}\n{\"message\":\"y\"}\n"}) {
    for (const char* route : {"/upload", "/entities", "/relationships"}) {
      INFO(route << ": " << body);
      const Reply refused = inventory.server.post(job + route, body);
      CHECK(refused.status == 400);
      CHECK(refused.text("error.message").find("expected {\"entities\": [...]}") !=
            std::string::npos);
    }
  }
  CHECK(inventory.server.post(job + "/abort", "").status == 200);
  CHECK(inventory.value("criticality") == "9");
}

TEST_CASE("D43 a byte order mark and half characters are taken in every body") {
  Inventory inventory;
  const std::string bom = "\xef\xbb\xbf";
  const Reply started = inventory.server.post(kJobs, bom + Inventory::start_of("tiers"));
  REQUIRE(started.status == 200);
  const std::string job = fmt::format("{}/{}", kJobs, started.text("job.id"));
  const Reply uploaded = inventory.server.post(
      job + "/entities", bom + R"({"entities":[)" + inventory.row(R"("team":"cut \ud83d")") + "]}");
  CHECK(uploaded.status == 200);
  CHECK(uploaded.number("job.numLoneSurrogates") == 1);
  CHECK(uploaded.text("job.firstLoneSurrogate") == "entities[0] (\"" + inventory.one() + "\")");
  CHECK(inventory.server.post(job + "/finalize", bom + "{}").text("job.status") == "FINISHED");
  CHECK(inventory.value("team") == "cut \xef\xbf\xbd");
  const Reply created = inventory.server.post(
      "/graphql",
      bom +
          R"({"query":"mutation($p:JSON){createEntity(entityKey:\"k\",entityType:\"t\",entityClass:[\"Host\"],properties:$p){entity{_id}}}","variables":{"p":{"name":"x\ud83d"}}})");
  CHECK(created.text("data.createEntity.entity._id").size() == 36);
  const Reply nan =
      inventory.server.post("/graphql", R"({"query":"{__typename}","variables":{"a":NaN}})");
  CHECK(nan.text("errors.0.message").find("NaN is no number of JSON") != std::string::npos);
  const Reply large =
      inventory.server.post("/graphql", R"({"query":"{__typename}","variables":{"a":1e400}})");
  CHECK(large.text("errors.0.message").find("1e400 is out of range") != std::string::npos);
}

TEST_CASE("D45 a relationship has one verb, over GraphQL too") {
  Inventory inventory;
  const auto create = [&](const std::string& verb) {
    return inventory.server.ask(fmt::format(
        R"(mutation{{createRelationshipV2(input:{{relationship:{{_key:"e",_type:"t",_class:{},_fromEntityId:"{}",_toEntityId:"{}"}}}}){{relationship}}}})",
        verb,
        inventory.one(),
        inventory.two()));
  };
  CHECK(create(R"(["HAS","USES"])").text("errors.0.message").find("has one verb") !=
        std::string::npos);
  CHECK(create(R"(["HAS"])").text("data.createRelationshipV2.relationship._class") == "HAS");
}

TEST_CASE("wire-api 2 ignoreDuplicates over HTTP: the latest object of a key wins") {
  TestServer server;
  const std::string job = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  const auto upload = [&](const std::string& flag, int first, int second) {
    return server.post(job + "/upload" + flag,
                       fmt::format(R"({{"entities":[
      {{"_key":"a","_type":"t","_class":["Host"],"v":{}}},
      {{"_key":"a","_type":"t","_class":["Host"],"v":{}}}]}})",
                                   first,
                                   second));
  };
  CHECK(upload("", 1, 2).text("error.code") == "DUPLICATE_KEY");
  CHECK(upload("?ignoreDuplicates=true", 1, 2).number("job.numEntitiesUploaded") == 1);
  CHECK(upload("?ignoreDuplicates=true", 3, 4).number("job.numEntitiesUploaded") == 1);
  CHECK(server.post(job + "/finalize", "").number("job.numEntitiesCreated") == 1);
  CHECK(server.ask(R"({queryV1(query:"FIND Host AS h RETURN h.v AS v"){data}})")
            .text("data.queryV1.data.0.v") == "4");
}

TEST_CASE("D44 limits of what is written are set in the configuration") {
  server::ServerConfig config = TestServer::development();
  config.service.input.text_bytes = 100;
  TestServer server(config);
  const std::string job = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  const Reply refused =
      server.post(job + "/upload",
                  R"({"entities":[{"_key":"a","_type":"t","_class":["Host"],"note":")" +
                      std::string(101, 'x') + "\"}]}");
  CHECK(refused.status == 400);
  CHECK(refused.text("error.code") == "INVALID_PROPERTY_VALUE");
  CHECK(
      refused.text("error.message") ==
      R"(entities[0] ("a"): property "note": the text is too long: 101 bytes, at most 100 (limit "text_bytes"))");
}
