// Warnings over the wire, and whose values a query sees.
#include <catch2/catch.hpp>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

void load(TestServer& server) {
  server.sync(R"({"scope":"s"})",
              R"({"entities":[{"_key":"h","_type":"host","_class":"Host","tier":3}]})");
}

}  // namespace

TEST_CASE("j1ql 5.15 warnings come in messages") {
  TestServer server;
  load(server);
  const Reply reply = server.ask(R"({ queryV1(query: "FIND Hosst") { type messages } })");
  INFO(reply.body);
  CHECK_THAT(reply.text("data.queryV1.messages.0"), Catch::Contains("Hosst"));
  CHECK_THAT(reply.text("data.queryV1.messages.0"), Catch::Contains("Host"));
  const Reply right = server.ask(R"({ queryV1(query: "FIND Host") { messages } })");
  CHECK(right.body == R"({"data":{"queryV1":{"messages":null}}})");
  // In deferred documents, too.
  const Reply deferred = server.ask(R"({ queryV2(query: "FIND Hosst") { url } })");
  const std::string url = deferred.text("data.queryV2.url");
  const Reply state = server.get(url.substr(url.find("/deferred/")));
  CHECK_THAT(state.text("messages.0"), Catch::Contains("Hosst"));
}

TEST_CASE("O-30 a query over the wire may ask for the values of the integration") {
  TestServer server;
  load(server);
  const std::string id =
      server.ask(R"({ vertex(filters: {_key: "h"}) { id } })").text("data.vertex.id");
  server.sync(R"({"scope":"tiers","syncMode":"OVERRIDE"})",
              R"({"entities":[{"_id":")" + id + R"(","tier":1}]})");
  const auto tier = [&](const std::string& layer) {
    return server
        .ask("{ queryV1(query: \"FIND Host AS h RETURN h.tier AS tier\"" + layer + ") { data } }")
        .number("data.queryV1.data.0.tier");
  };
  CHECK(tier("") == 1);
  CHECK(tier(", layer: EFFECTIVE") == 1);
  CHECK(tier(", layer: BASE") == 3);
  CHECK(tier(", layer: INTEGRATION") == 3);
  CHECK(tier(", layer: MUTATION") == 3);
  CHECK_FALSE(server.ask(R"({ queryV1(query: "FIND Host", layer: ANY) { data } })")
                  .text("errors.0.message")
                  .empty());
}
