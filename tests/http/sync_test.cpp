// The synchronization API as a client sees it.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

#include "server/http/gzip.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";
constexpr const char* kRepos = R"({"entities":[
  {"_key":"r1","_type":"repo","_class":["CodeRepo"],"displayName":"one","criticality":3},
  {"_key":"r2","_type":"repo","_class":["CodeRepo"],"displayName":"two","criticality":2}]})";
constexpr const char* kDiff = R"({"source":"api","scope":"repos"})";
constexpr const char* kOverride = R"({"source":"api","scope":"tiers","syncMode":"OVERRIDE"})";

// The `_id` that the report of a dry run names for a key.
std::string id_of(TestServer& server, const std::string& key) {
  const std::string job = server.start(R"({"source":"api","scope":"repos"})");
  const Reply plan = server.post(std::string(kJobs) + "/" + job + "/finalize?dryRun=true", "");
  for (int i = 0; i < 10; ++i) {
    const std::string change = fmt::format("report.changes.{}.", i);
    if (plan.text(change + "_key") == key) return plan.text(change + "_id");
  }
  FAIL("no entity " << key << " in " << plan.body);
  return {};
}

}  // namespace

TEST_CASE("wire-api 2: a job starts, takes uploads and finishes with its counters") {
  TestServer server;
  const Reply started = server.post(
      kJobs, R"({"source":"integration-managed","integrationInstanceId":"11-22","x":1})");
  REQUIRE(started.status == 200);
  CHECK(started.headers.at("content-type") == "application/json");
  CHECK(started.text("job.status") == "AWAITING_UPLOADS");
  CHECK(started.text("job.integrationJobId") == started.text("job.id"));
  CHECK(started.text("job.accountId") == "acme");
  CHECK(started.number("job.numEntitiesUploaded") == 0);
  const std::string job = std::string(kJobs) + "/" + started.text("job.id");
  // Relationships may come before the entities they join (wire-api 3).
  CHECK(
      server
          .post(job + "/relationships",
                R"({"relationships":[{"_key":"r1|uses|r2","_class":"USES","_type":"repo_uses_repo",
                     "_fromEntityKey":"r1","_toEntityKey":"r2"}]})")
          .number("job.numRelationshipsUploaded") == 1);
  CHECK(server.post(job + "/entities", kRepos).number("job.numEntitiesUploaded") == 2);
  const Reply finished = server.post(job + "/finalize", "{}");
  REQUIRE(finished.status == 200);
  CHECK(finished.text("job.status") == "FINISHED");
  CHECK(finished.number("job.numEntitiesCreated") == 2);
  CHECK(finished.number("job.numRelationshipsCreated") == 1);
  CHECK(server.get(job).text("job.status") == "FINISHED");
  // O-20: again is harmless, and uploads are over.
  CHECK(server.post(job + "/finalize", "").number("job.numEntitiesCreated") == 2);
  const Reply late = server.post(job + "/entities", kRepos);
  CHECK(late.status == 400);
  CHECK(late.text("error.code") == "JOB_NOT_AWAITING_UPLOADS");
}

TEST_CASE("wire-api 4: the OVERRIDE messages are those of the source document") {
  TestServer server;
  REQUIRE(server.sync(kDiff, kRepos).text("job.status") == "FINISHED");
  const std::string id = id_of(server, "r1");
  const std::string job = std::string(kJobs) + "/" + server.start(kOverride);
  const Reply relationship =
      server.post(job + "/upload", R"({"relationships":[{"_key":"x","_class":"USES"}]})");
  CHECK(relationship.status == 400);
  CHECK(relationship.text("error.message") ==
        "Relationship uploads are not allowed for OVERRIDE sync jobs");
  CHECK(server.post(job + "/upload", R"({"entities":[{"criticality":9}]})").text("error.code") ==
        "ENTITY_ID_REQUIRED");
  std::string many = R"({"entities":[)";
  for (int i = 0; i <= 10'000; ++i) {
    many += fmt::format(R"({}{{"_id":"{}","a":1}})", i == 0 ? "" : ",", i);
  }
  const Reply over = server.post(job + "/upload", many + "]}");
  CHECK(over.status == 400);
  CHECK(over.text("error.message") == "OVERRIDE sync jobs are limited to 10000 entities per job");
  CHECK(server
            .post(job + "/upload",
                  fmt::format(R"({{"entities":[{{"_id":"{}","criticality":10}}]}})", id))
            .number("job.numEntitiesUploaded") == 1);
  CHECK(server.post(job + "/finalize", "").number("job.numEntitiesUpdated") == 1);
}

TEST_CASE("O-6 an account without the switch is refused with the document's words over HTTP") {
  server::ServerConfig config;
  config.development = true;
  config.accounts["acme"].overrides = false;
  TestServer server(config);
  const Reply refused = server.post(kJobs, kOverride);
  CHECK(refused.status == 403);
  CHECK(refused.text("error.message") == "OVERRIDE sync mode is not enabled for this account");
  CHECK(refused.text("error.code") == "OVERRIDE_NOT_ENABLED");
  server.account = "other";
  CHECK(server.post(kJobs, kOverride).status == 200);
}

TEST_CASE("O-29 a dry run over HTTP shows what would change and changes nothing") {
  TestServer server;
  REQUIRE(server.sync(kDiff, kRepos).text("job.status") == "FINISHED");
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);
  server.post(job + "/upload", R"({"entities":[{"_key":"r1","_type":"repo","_class":["CodeRepo"],
    "displayName":"one","criticality":5}]})");
  const Reply plan = server.post(job + "/finalize?dryRun=true", "");
  CHECK(plan.text("job.status") == "AWAITING_UPLOADS");
  CHECK(plan.text("report.dryRun") == "true");
  CHECK(plan.number("report.numEntitiesUpdated") == 1);
  CHECK(plan.number("report.numEntitiesDeleted") == 1);
  CHECK(server.post(job + "/finalize", "").number("job.numEntitiesDeleted") == 1);
}

TEST_CASE("D36: mistakes of a client are answered with 4xx and a code") {
  TestServer server;
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);

  struct Case {
    std::string path;
    std::string body;
    int status;
    std::string code;
  };

  const std::vector<Case> cases{
      {kJobs, "{", 400, "INVALID_INPUT"},
      {kJobs, "[]", 400, "INVALID_INPUT"},
      {kJobs, std::string(200, '['), 400, "LIMIT_EXCEEDED"},
      {kJobs, R"({"scope":7})", 400, "INVALID_INPUT"},
      {kJobs, R"({"source":"cron","scope":"x"})", 400, "INVALID_SOURCE"},
      {kJobs, R"({"syncMode":"MERGE","scope":"x"})", 400, "INVALID_SYNC_MODE"},
      {kJobs, R"({"source":"api"})", 400, "SCOPE_REQUIRED"},
      {kJobs, R"({"source":"integration-managed","syncMode":"OVERRIDE"})", 400, "INVALID_SOURCE"},
      {job + "/entities", R"({"entities":{}})", 400, "ENTITY_IS_NOT_ARRAY"},
      {job + "/upload", "nonsense", 400, "INVALID_JSON"},
      {job + "/upload",
       R"({"entities":[{"_key":"a","_type":"t","_class":"C","x":{}}]})",
       400,
       "INVALID_PROPERTY_VALUE"},
      {job + "/finalize", R"({"partialDatasets":{"types":"x"}})", 400, "INVALID_INPUT"},
      {job + "/events", "{}", 400, "INVALID_INPUT"},
      {job + "/uploadUrl", "", 400, "NOT_SUPPORTED"},
      {job + "/nothing", "", 404, "NOT_FOUND"},
      {std::string(kJobs) + "/0/upload", "{}", 404, "SYNC_JOB_NOT_FOUND"},
      {std::string(kJobs) + "/0/abort", "", 404, "SYNC_JOB_NOT_FOUND"},
      {"/nothing", "", 404, "NOT_FOUND"},
      {"/%zz", "", 400, "BAD_REQUEST"},
  };
  for (const Case& one : cases) {
    const Reply reply = server.post(one.path, one.body);
    INFO(one.path << " " << one.body.substr(0, 100) << " -> " << reply.body);
    CHECK(reply.status == one.status);
    CHECK(reply.text("error.code") == one.code);
    CHECK_FALSE(reply.text("error.message").empty());
  }
  CHECK(server.send("DELETE", job, "", "").status == 405);
  CHECK(server.post(job + "/finalize", "").number("job.numEntitiesUploaded") == 0);
}

TEST_CASE("D38: an explicit empty list counts nothing, and null is absent") {
  TestServer server;
  const std::string job =
      server.start(R"({"source":"api","scope":"s","syncMode":null,"integrationInstanceId":null})");
  for (const char* body :
       {R"({"entities":[]})", R"({"other":1,"relationships":[],"entities":null})"}) {
    const Reply reply = server.post(std::string(kJobs) + "/" + job + "/upload", body);
    CHECK(reply.status == 200);
    CHECK(reply.number("job.numEntitiesUploaded") == 0);
  }
}

TEST_CASE("wire-api 1: gzip uploads are read, and broken ones refused") {
  TestServer server;
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);
  const std::string zipped = server::gzip(kRepos);
  const char* header = "Content-Encoding: gzip\r\n";
  CHECK(server.post(job + "/entities", zipped, header).number("job.numEntitiesUploaded") == 2);
  CHECK(server.post(job + "/entities", "no gzip", header).text("error.code") == "BAD_ENCODING");
  CHECK(server.post(job + "/entities", zipped.substr(0, 40), header).text("error.code") ==
        "BAD_ENCODING");
  CHECK(server.post(job + "/entities", "x", "Content-Encoding: br\r\n").status == 415);
}

TEST_CASE("wire-api 2: events of a job are answered with ids and can be read") {
  TestServer server;
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);
  const Reply added =
      server.post(job + "/events", R"({"events":[{"name":"step_start","description":"Users"}]})");
  CHECK(added.status == 200);
  CHECK(added.text("events.0.name") == "step_start");
  CHECK(added.text("events.0.id").size() == 36);
  CHECK(server.get(job + "/events").text("events.0.description") == "Users");
}

TEST_CASE("wire-api 3: an aborted job says so and changes nothing") {
  TestServer server;
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);
  server.post(job + "/upload", kRepos);
  CHECK(server.post(job + "/abort", R"({"reason":"stopped"})").text("job.status") == "ABORTED");
  CHECK(server.post(job + "/finalize", "").status == 400);
}

TEST_CASE("D29: accounts are apart, and each needs its own token") {
  server::ServerConfig config;
  config.accounts["acme"].token_hashes = {
      // SHA-256 of "secret-token".
      "930bbdc51b6aed5c2a5678fd6e28dee7a05e8a4b643cfc0b4427c3efb86c0d94"};
  config.accounts["umbra"].token_hashes = {std::string(64, '0')};
  TestServer server(config);
  const std::string job = std::string(kJobs) + "/" + server.start(kDiff);
  server.token = "secret-tokem";
  CHECK(server.get(kJobs).text("error.code") == "UNAUTHORIZED");
  server.token = "";
  CHECK(server.get(kJobs).status == 401);
  server.token = "secret-token";
  server.account = "umbra";
  CHECK(server.get(kJobs).status == 401);
  server.account = "unknown";
  CHECK(server.get(kJobs).status == 401);

  TestServer open;
  open.start(kDiff);
  CHECK(open.get(kJobs).body.find("repos") != std::string::npos);
  open.account = "umbra";
  CHECK(open.get(kJobs).body == R"({"jobs":[]})");
  open.account = "../etc";
  CHECK(open.get(kJobs).status == 401);
}

TEST_CASE("wire-api 1: both account headers are read") {
  TestServer server;
  const std::string start = fmt::format(
      "GET {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer x\r\nLifeOmic-Account: a\r\n",
      kJobs);
  Wire wire(server.port());
  wire.send(start + "\r\n");
  CHECK(wire.read().status == 200);
  wire.send(start + "JupiterOne-Account: ../b\r\n\r\n");  // Preferred, and refused.
  CHECK(wire.read().status == 401);
}
