// Secrets of integrations and parameters: kept, used, and never given back.
#include "server/service/secrets.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

std::string masked_text(std::string_view config) {
  const auto json = server::parse_json(config);
  REQUIRE(json);
  return to_text(server::masked(*json));
}

std::string unmasked_text(std::string_view update, std::string_view kept) {
  const auto json = server::parse_json(update);
  const auto before = server::parse_json(kept);
  REQUIRE(json);
  REQUIRE(before);
  return to_text(server::unmasked(*json, *before));
}

}  // namespace

TEST_CASE("secrets of a configuration are masked by their names and by how they look") {
  CHECK(masked_text(R"({"apiKey":"a","API_TOKEN":"b","db-password":"c","clientSecret":"d"})") ==
        R"({"apiKey":"***masked***","API_TOKEN":"***masked***","db-password":"***masked***",)"
        R"("clientSecret":"***masked***"})");
  CHECK(masked_text(R"({"auth":{"user":"u","values":["x",7]},"pin":1234})") ==
        R"({"auth":{"user":"***masked***","values":["***masked***","***masked***"]},)"
        R"("pin":"***masked***"})");
  CHECK(masked_text(R"({"pat":"p","value":"-----BEGIN PRIVATE KEY-----","x":"ghp_0123456789"})") ==
        R"({"pat":"***masked***","value":"***masked***","x":"***masked***"})");
  CHECK(masked_text(R"({"url":"https://u:p@host/","blob":"aB3dE6gH9jK2mN5pQ8sT1"})") ==
        R"({"url":"***masked***","blob":"***masked***"})");
  const std::string plain =
      R"({"region":"eu-west-1","url":"https://host/path","@tag":{"AccountName":"prod"},)"
      R"("ids":[1,2],"enabled":true,"accountId":"123456789012","note":null,)"
      R"("id":"0b5a5a52-7b6c-4a0e-9d5e-0b5a5a527b6c"})";
  CHECK(masked_text(plain) == plain);
}

TEST_CASE("a mask in an update keeps what it stands for") {
  const std::string kept =
      R"({"token":"t","auth":{"a":"1","b":"2"},"list":["x","y"],"region":"eu"})";
  CHECK(unmasked_text(R"({"token":"***masked***","region":"us"})", kept) ==
        R"({"token":"t","region":"us"})");
  CHECK(unmasked_text(R"({"auth":{"a":"***masked***","b":"3"}})", kept) ==
        R"({"auth":{"a":"1","b":"3"}})");
  CHECK(unmasked_text(R"({"list":["***masked***","z","***masked***"]})", kept) ==
        R"({"list":["x","z"]})");
  CHECK(unmasked_text(R"({"other":"***masked***"})", kept) == "{}");
  CHECK(unmasked_text(R"("***masked***")", kept) == kept);
}

TEST_CASE("wire-api 7: no answer holds the secrets of an integration, and they are kept") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  TestServer server(config);
  const Reply made = server.ask(
      R"(mutation { createIntegrationInstance(instance: {name: "main", integrationDefinitionId: "aws",
        config: {apiToken: "hidden-1", region: "eu", "nested": 1}}) { id config } })");
  CHECK(made.text("errors.0.message").find("Syntax Error") == 0);
  const Reply good = server.ask(
      R"(mutation { createIntegrationInstance(instance: {name: "main", integrationDefinitionId: "aws",
        config: {apiToken: "hidden-1", region: "eu"}}) { id config } })");
  const std::string id = good.text("data.createIntegrationInstance.id");
  CHECK(good.text("data.createIntegrationInstance.config") ==
        R"({"apiToken":"***masked***","region":"eu"})");
  server.start(
      fmt::format(R"({{"source":"integration-managed","integrationInstanceId":"{}"}})", id));
  const Reply updated = server.ask(
      "mutation($id: String!, $u: UpdateIntegrationInstanceInput!) {"
      " updateIntegrationInstance(id: $id, update: $u) { config } }",
      fmt::format(R"({{"id":"{}","u":{{"config":{{"apiToken":"***masked***","region":"us"}}}}}})",
                  id));
  CHECK(updated.text("data.updateIntegrationInstance.config") ==
        R"({"apiToken":"***masked***","region":"us"})");
  for (const std::string& document :
       {fmt::format("{{ integrationInstance(id: \"{}\") {{ config jobs {{ jobs {{ "
                    "integrationInstance {{ config }} }} }} }} }}",
                    id),
        std::string("{ integrationInstances { instances { config mostRecentJob { id } } } }"),
        std::string("{ integrationJobs { jobs { integrationInstance { config } } } }")}) {
    const Reply reply = server.ask(document);
    INFO(reply.body);
    CHECK(reply.json().find("errors") == nullptr);
    CHECK(reply.body.find("***masked***") != std::string::npos);
    CHECK(reply.body.find("hidden") == std::string::npos);
  }
  CHECK(server.log().find("hidden") == std::string::npos);
  server.close();
  const auto accounts = server::Accounts::open(config);
  REQUIRE(accounts);
  const auto found = (*accounts)->find("acme", "t");
  REQUIRE(found.account != nullptr);
  CHECK(to_text(*found.account->integration_instances().find(id).find("config")) ==
        R"({"apiToken":"hidden-1","region":"us"})");
}

TEST_CASE("wire-api 7: a secret parameter is used, and never read back") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  {
    TestServer server(config);
    server.sync(R"({"scope":"s"})",
                R"({"entities":[{"_key":"a","_type":"t","_class":"C","name":"hidden"},
                   {"_key":"b","_type":"t","_class":"C","name":"other","n":7}]})");
    CHECK(server
              .ask(R"(mutation { setParameter(name: "s", value: "hidden", secret: true) {
                   success } })")
              .text("data.setParameter.success") == "true");
    const Reply rows = server.ask(
        R"({ queryV1(query: "FIND t WITH name = ${param.s} AS t RETURN t._key AS k") { data messages } })");
    CHECK(rows.text("data.queryV1.data") == R"([{"k":"a"}])");
    // Of another kind than the property: what is said of that does not tell the value.
    const Reply warned =
        server.ask(R"({ queryV1(query: "FIND t WITH n = ${param.s}") { data messages } })");
    CHECK(warned.body.find("hidden") == std::string::npos);
    const Reply one = server.ask(
        R"({ parameter(name: "s") { name value secret lastUpdatedOn } parameterList { items { name
           value secret } } })");
    CHECK(one.text("data.parameter.value") == "null");
    CHECK(one.text("data.parameter.secret") == "true");
    CHECK(one.number("data.parameter.lastUpdatedOn") > 1.7e12);
    CHECK(one.text("data.parameterList.items") == R"([{"name":"s","value":null,"secret":true}])");
  }
  TestServer server(config);  // It is one after a restart, too.
  CHECK(server.ask("{ parameter(name: \"s\") { value secret } }").text("data.parameter") ==
        R"({"value":null,"secret":true})");
  // Only a new value makes it public.
  server.ask(R"(mutation { setParameter(name: "s", value: "open") { success } })");
  CHECK(server.ask("{ parameter(name: \"s\") { value secret } }").text("data.parameter") ==
        R"({"value":"open","secret":false})");
}

TEST_CASE("wire-api 7: a parameter is a list of several kinds, and can be deleted") {
  TestServer server;
  server.sync(R"({"scope":"s"})",
              R"({"entities":[{"_key":"a","_type":"t","_class":"C","x":1},
                 {"_key":"b","_type":"t","_class":"C","x":"two"},
                 {"_key":"c","_type":"t","_class":"C","x":3}]})");
  CHECK(server.ask(R"(mutation { setParameter(name: "l", value: [1, "two", true]) { success } })")
            .text("data.setParameter.success") == "true");
  CHECK(server.ask("{ parameter(name: \"l\") { value } }").text("data.parameter.value") ==
        R"([1,"two",true])");
  CHECK(
      server
          .ask(R"({ queryV1(query: "FIND t WITH x = ${param.l} AS t RETURN t._key AS k ORDER BY k")
                 { data } })")
          .text("data.queryV1.data") == R"([{"k":"a"},{"k":"b"}])");
  for (const char* wrong : {"[[1]]", "[{a: 1}]", "{a: 1}", "null", "[null]"}) {
    const Reply refused = server.ask(
        fmt::format("mutation {{ setParameter(name: \"l\", value: {}) {{ success }} }}", wrong));
    INFO(refused.body);
    CHECK(refused.text("errors.0.extensions.code") == "BAD_USER_INPUT");
  }
  CHECK(server.ask("mutation { deleteParameter(name: \"l\") { success } }")
            .text("data.deleteParameter.success") == "true");
  CHECK(server.ask("{ parameter(name: \"l\") { value } }").text("errors.0.extensions.code") ==
        "NOT_FOUND");
  CHECK(server.ask("mutation { deleteParameter(name: \"l\") { success } }")
            .text("errors.0.extensions.code") == "NOT_FOUND");
}
