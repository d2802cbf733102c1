// One request has one allowance, however much is asked in it.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/http_client.h"
#include "tests/http/things.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr std::string_view kAll =
    R"(queryV1(query: \"FIND thing AS t RETURN t._key, t.version\", flags: {variableResultSize: true}) { data })";

// Of a batch or of aliases: how many were answered, and how many refused as too much.
struct Shares {
  int answered = 0;
  int refused = 0;
};

Shares shares_of(const Reply& reply) {
  Shares shares;
  const auto count = [&](const server::Json& operation) {
    if (const server::Json* data = operation.find("data"); data != nullptr && data->is_object()) {
      for (const server::JsonMember& member : *data->object()) {
        if (!member.value.is_null()) ++shares.answered;
      }
    }
    const server::Json* errors = operation.find("errors");
    if (errors == nullptr) return;
    for (const server::Json& error : *errors->array()) {
      CHECK(error.find("extensions")->text_of("code") == "LIMIT_EXCEEDED");
      ++shares.refused;
    }
  };
  const server::Json json = reply.json();
  if (json.array() == nullptr) {
    count(json);
  } else {
    for (const server::Json& operation : *json.array()) {
      count(operation);
    }
  }
  return shares;
}

}  // namespace

TEST_CASE("allowance: batches and aliases share one bound on the bytes of the answer") {
  server::ServerConfig config = TestServer::development();
  config.service.result_bytes_max = 200'000;
  TestServer server(config);
  server.sync(R"({"scope":"s"})", things(1500, 1));
  const std::string one = fmt::format(R"({{"query":"{{ {} }}"}})", kAll);
  const Reply alone = server.post("/graphql", one);
  REQUIRE(shares_of(alone).answered == 1);
  const auto fits = static_cast<int>(200'000 / alone.body.size());
  REQUIRE(fits > 1);
  std::string batch = "[" + one;
  std::string aliases = R"({"query":"{)";
  for (int i = 0; i < 20; ++i) {
    if (i > 0) batch += "," + one;
    aliases += fmt::format(" a{}: {}", i, kAll);
  }
  for (const std::string& body : {batch + "]", aliases + "}\"}"}) {
    const Reply reply = server.post("/graphql", body);
    const Shares shares = shares_of(reply);
    CHECK(reply.status == 200);
    CHECK(shares.answered == fits);
    CHECK(shares.answered + shares.refused == 20);
    CHECK(reply.body.size() < 210'000);
    CHECK(reply.body.find("the answer to this request has more than 200000 bytes") !=
          std::string::npos);
  }
  // Answers that are fetched later count as well.
  std::string deferred = R"({"query":"{)";
  for (int i = 0; i < 20; ++i) {
    deferred += fmt::format(
        R"( a{}: queryV1(query: \"FIND thing AS t RETURN t._key, t.version\", deferredResponse: FORCE) {{ url }})",
        i);
  }
  const Shares shares = shares_of(server.post("/graphql", deferred + "}\"}"));
  CHECK(shares.answered < 20);
  CHECK(shares.refused > 0);
}

TEST_CASE("allowance: batches and aliases share one deadline") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 300;
  config.service.brief_turn_ms = 1;
  TestServer server(config);
  Wire wire(server.port());
  load_heavy(wire);
  const server::Json text{std::string(kHeavyQuery)};
  std::string body = "[";
  for (int i = 0; i < 20; ++i) {
    body += fmt::format(R"({}{{"query":"query($q: String!) {{ queryV1(query: $q) {{ data }} }}",)"
                        R"("variables":{{"q":{}}}}})",
                        i == 0 ? "" : ",",
                        to_text(text));
  }
  const auto began = std::chrono::steady_clock::now();
  wire.send(request("POST", "/graphql", body + "]"));
  const Reply reply = wire.read();
  const auto spent = std::chrono::steady_clock::now() - began;
  const Shares shares = shares_of(reply);
  CHECK(shares.refused == 20);
  CHECK(
      reply.text("19.errors.0.message").find("The time for all queries of this request is over") !=
      std::string::npos);
  CHECK(spent < std::chrono::milliseconds(3000));  // Not 20 times 300.
}
