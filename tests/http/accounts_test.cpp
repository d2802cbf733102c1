// Accounts and where they are kept, and the integration instances that jobs name.
#include "server/accounts.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "tests/http/http_client.h"
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
