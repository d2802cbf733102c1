// Out of memory, in any thread of the server, is an answer: never the end of the process, nor of a
// client's patience.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/fault/failing_memory.h"
#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kCredentials =
    "Host: localhost\r\nAuthorization: Bearer t\r\nJupiterOne-Account: acme\r\n";

std::string posted(std::string_view path, std::string_view body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{}", path, kCredentials, body.size(), body);
}

const std::string kQuery = posted(
    "/graphql", R"({"query":"{ queryV1(query: \"FIND t AS t RETURN t.name AS n\") { data } }"})");

void check_served(std::uint16_t port) {
  Wire wire(port);
  wire.send(kQuery);
  CHECK(wire.read().text("data.queryV1.data") == R"([{"n":"x"}])");
}

}  // namespace

TEST_CASE("an allocation that fails, whichever of a request's, is answered with 503") {
  TestServer server;
  server.sync(R"({"scope":"s"})",
              R"({"entities":[{"_key":"k","_type":"t","_class":"C","name":"x"}]})");
  check_served(server.port());
  const std::string metrics = fmt::format("GET /metrics HTTP/1.1\r\n{}\r\n", kCredentials);
  const std::string jobs =
      fmt::format("GET /persister/synchronization/jobs HTTP/1.1\r\n{}\r\n", kCredentials);
  for (const std::string& request : {kQuery, metrics, jobs}) {
    INFO(request.substr(0, 30));
    int refused = 0;
    for (long number = 1;; number += 1 + number / 40) {
      Wire wire(server.port());
      wire.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      REQUIRE(wire.read().status == 200);
      Reply reply;
      long failed = 0;
      {
        const auto failing = FailingElsewhere::once(number);
        wire.send(request);
        reply = wire.read();
        failed = failing.refused();
      }
      INFO("allocation " << number << ": " << reply.status << " " << reply.body);
      if (failed == 0) break;  // There are no more.
      CHECK((reply.status == 503 || reply.status == 200));
      if (reply.status == 503) {
        CHECK(reply.text("error.code") == "OUT_OF_MEMORY");
        ++refused;
      }
    }
    CHECK(refused > 0);
    check_served(server.port());
  }
}

TEST_CASE("bodies and answers that there is no memory for are answered with 503") {
  TestServer server;
  server.sync(R"({"scope":"s"})",
              R"({"entities":[{"_key":"k","_type":"t","_class":"C","name":"x"}]})");
  {
    const auto failing = FailingElsewhere::from_size(500'000);
    for (int i = 0; i < 3; ++i) {
      Wire wire(server.port());
      wire.send(posted("/graphql", std::string(4'000'000, ' ')));
      const Reply reply = wire.read();
      CHECK(reply.status == 503);
      CHECK(reply.text("error.code") == "OUT_OF_MEMORY");
    }
    CHECK(failing.refused() >= 3);
  }
  check_served(server.port());
}
