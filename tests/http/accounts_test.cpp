// Accounts and where they are kept, and the integration instances that jobs name.
#include "server/accounts.h"

#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/http/http_client.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;
using server::Accounts;
using server::ServerConfig;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";
constexpr const char* kHost =
    R"({"entities":[{"_key":"h","_type":"aws_instance","_class":"Host","name":"web"}]})";

std::string created_instance(TestServer& server) {
  const Reply made = server.ask(
      "mutation($i: CreateIntegrationInstanceInput!) {"
      " createIntegrationInstance(instance: $i) { id } }",
      R"({"i":{"name":"Production","integrationDefinitionId":"aws"}})");
  INFO(made.body);
  const std::string id = made.text("data.createIntegrationInstance.id");
  REQUIRE_FALSE(id.empty());
  return id;
}

std::string start_of(const std::string& instance) {
  return R"({"source":"integration-managed","integrationInstanceId":")" + instance + "\"}";
}

Reply row(TestServer& server) {
  return server.ask(
      R"({ queryV1(query: "FIND aws_instance AS h RETURN h._integrationName AS name, h._integrationType AS type, h._integrationDefinitionId AS definition, h._integrationInstanceId AS instance") { data } })");
}

}  // namespace

TEST_CASE("wire-api 9: what a job brings carries the name and the type of its instance") {
  TestServer server;
  const std::string id = created_instance(server);
  server.sync(start_of(id), kHost);
  const Reply first = row(server);
  INFO(first.body);
  CHECK(first.text("data.queryV1.data.0.name") == "Production");
  CHECK(first.text("data.queryV1.data.0.type") == "aws");
  CHECK(first.text("data.queryV1.data.0.definition") == "aws");
  CHECK(first.text("data.queryV1.data.0.instance") == id);
  // A new name counts from the next job on.
  server.ask(
      "mutation($id: String!, $u: UpdateIntegrationInstanceInput!) {"
      " updateIntegrationInstance(id: $id, update: $u) { id } }",
      R"({"id":")" + id + R"(","u":{"name":"Main"}})");
  server.sync(start_of(id), kHost);
  CHECK(row(server).text("data.queryV1.data.0.name") == "Main");
}

TEST_CASE("D37 with tokens, a job may name only instances that exist") {
  ServerConfig config = TestServer::development();
  config.create_instances = false;
  TestServer server(config);
  const Reply refused = server.post(kJobs, start_of("nobody"));
  CHECK(refused.status == 404);
  CHECK(refused.text("error.code") == "SYNC_JOB_INVALID_INTEGRATION_INSTANCE");
  CHECK(refused.text("error.message") == "Integration instance not found");
  const std::string id = created_instance(server);
  CHECK(server.sync(start_of(id), kHost).text("job.status") == "FINISHED");
  // It has data: what nobody has recorded any more still goes on.
  server.ask("mutation($id: String!) { deleteIntegrationInstance(id: $id) { success } }",
             R"({"id":")" + id + R"("})");
  CHECK(server.post(kJobs, start_of(id)).status == 200);
}

TEST_CASE("a damaged account is refused alone, by name, and the others are served") {
  const Scratch scratch;
  ServerConfig config;
  config.data_directory = scratch.path("data");
  for (const char* id : {"good", "hurt", "also"}) {
    config.accounts[id].token_hashes = {
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};  // Of "test".
  }
  { TestServer made(config); }
  std::ofstream(config.data_directory + "/hurt/questions.json") << "[";
  {
    TestServer server(config);
    server.token = "test";
    server.account = "hurt";
    for (const char* path : {"/v1/summary", "/persister/synchronization/jobs", "/metrics"}) {
      const Reply refused = server.get(path);
      INFO(refused.body);
      CHECK(refused.status == 503);
      CHECK(refused.text("error.code") == "ACCOUNT_UNAVAILABLE");
      CHECK_THAT(refused.text("error.message"), Catch::Contains("the account \"hurt\" cannot be"));
      CHECK_THAT(refused.text("error.message"), Catch::Contains("questions.json"));
    }
    server.token = "wrong";
    CHECK(server.get("/v1/summary").status == 401);
    server.token = "test";
    for (const char* id : {"good", "also"}) {
      server.account = id;
      CHECK(server.sync(R"({"scope":"s"})", kHost).text("job.status") == "FINISHED");
    }
    const Reply ready = server.get("/readyz");
    CHECK(ready.status == 503);
    CHECK(ready.text("status") == "degraded");
    CHECK_THAT(ready.text("accounts.hurt"), Catch::Contains("questions.json"));
    CHECK(ready.json().find("accounts")->object()->size() == 1);
    CHECK(server.get("/healthz").text("status") == "ok");
  }
  // When there is no other, the server says why and does not start.
  config.accounts.erase("good");
  config.accounts.erase("also");
  const auto opened = Accounts::open(config);
  REQUIRE_FALSE(opened);
  CHECK_THAT(opened.error().message, Catch::Contains("no account can be opened; \"hurt\""));
}

TEST_CASE("a data directory belongs to one server at a time") {
  const Scratch scratch;
  ServerConfig config;
  config.development = true;
  config.data_directory = scratch.path("inventory");
  {
    const auto first = Accounts::open(config);
    REQUIRE(first);
    const auto second = Accounts::open(config);
    REQUIRE_FALSE(second);
    CHECK_THAT(second.error().message, Catch::Contains("another server has it open"));
  }
  CHECK(Accounts::open(config));
}

TEST_CASE("the store of one graph is not served as a folder of accounts, and the other way round") {
  const Scratch scratch;
  const std::string graph = scratch.path("graph");
  REQUIRE(Database::open({.directory = graph}));
  ServerConfig config;
  config.development = true;
  config.data_directory = graph;
  const auto served = Accounts::open(config);
  REQUIRE_FALSE(served);
  CHECK_THAT(served.error().message, Catch::Contains("move it to a folder of its own below"));

  config.data_directory = scratch.path("accounts");
  config.accounts["acme"] = {};
  REQUIRE(Accounts::open(config));
  const auto opened = Database::open({.directory = config.data_directory});
  REQUIRE_FALSE(opened);
  REQUIRE_FALSE(opened.error().hints.empty());
  CHECK_THAT(opened.error().hints.front(), Catch::Contains("accounts/acme"));
  // An account's folder opens as the graph of that account.
  CHECK(Database::open({.directory = config.data_directory + "/acme"}));
  CHECK_FALSE(Database::open({.directory = config.data_directory + "/acme", .account = "local"}));
}

TEST_CASE("what clients keep beside the graph is in the account's journal, and in no plain file") {
  const Scratch scratch;
  ServerConfig config;
  config.development = true;
  config.data_directory = scratch.path("data");
  config.accounts["acme"] = {};
  const std::string folder = config.data_directory + "/acme";
  const auto question = [](const char* query) {
    server::Json json;
    json.set("query", query);
    return json;
  };
  {
    const auto accounts = Accounts::open(config);
    REQUIRE(accounts);
    server::Account& account = *(*accounts)->all().at(0);
    REQUIRE(account.questions().put("q1", question("FIND Host WITH cpus > 4")));
    REQUIRE(account.questions().put("q2", question("FIND User")));
    REQUIRE(account.questions().put("q1", question("FIND Host WITH cpus > 8")));
    REQUIRE(account.questions().remove("q2"));
    CHECK(account.questions().remove("q2").error().code == ErrorCode::NotFound);
    REQUIRE(account.integration_instances().put("i", question("none")));
    CHECK_FALSE(account.questions().put("q3", question(std::string(300'000, 'x').c_str())));
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    CHECK((name == "journal" || name == "durable"));
  }
  scratch.write("data/acme/questions.json",
                R"({"q1": {"query": "FIND Host WITH cpus > 1"}, "old": {"query": "FIND Team"}})");
  for (int i = 0; i < 2; ++i) {
    const auto accounts = Accounts::open(config);
    REQUIRE(accounts);
    server::Account& account = *(*accounts)->all().at(0);
    CHECK(account.questions().all().size() == 2);
    CHECK(account.questions().find("q1").text_of("query") == "FIND Host WITH cpus > 8");
    CHECK(account.questions().find("old").text_of("query") == "FIND Team");
    CHECK(account.integration_instances().all().size() == 1);
    CHECK_FALSE(std::filesystem::exists(folder + "/questions.json"));
  }
  scratch.write("data/acme/integrations.json", "[1]");
  const auto damaged = Accounts::open(config);
  REQUIRE_FALSE(damaged);
  CHECK_THAT(damaged.error().message, Catch::Contains("acme/integrations.json"));
  CHECK(std::filesystem::exists(folder + "/integrations.json"));
}

TEST_CASE("readyz says why nothing can be written, and healthz that the process lives") {
  const Scratch scratch;
  ServerConfig config;
  config.development = true;
  config.data_directory = scratch.path("data");
  config.accounts["acme"] = {};
  {
    TestServer server(config);
    CHECK(server.get("/readyz").status == 200);
  }
  // The mark of the journal cannot be moved on: what a read-only disk does, for root, too.
  const std::string mark = config.data_directory + "/acme/durable";
  TestServer server(config);
  std::filesystem::rename(mark, mark + ".away");
  const Reply refused = server.get("/readyz");
  INFO(refused.body);
  CHECK(refused.status == 503);
  CHECK_THAT(refused.body, Catch::Contains("acme/durable"));
  CHECK(server.get("/healthz").status == 200);
  CHECK(row(server).status == 200);
  std::filesystem::rename(mark + ".away", mark);
  CHECK(eventually([&] { return server.get("/readyz").status == 200; }));
}
