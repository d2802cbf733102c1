// What may be set, and what is refused before anything listens.
#include "server/config.h"

#include <catch2/catch.hpp>

#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;
using server::ServerConfig;

TEST_CASE("beyond this machine the server refuses to start without tokens") {
  ServerConfig config;
  REQUIRE(set_listen("0.0.0.0:8080", config));
  CHECK_FALSE(settle_config(config));
  config.accounts["acme"].token_hashes = {std::string(64, 'a')};
  CHECK(settle_config(config));
  CHECK_FALSE(config.development);
  config.development = true;
  CHECK_FALSE(settle_config(config));
}

TEST_CASE("on this machine, development mode is on only while there is no token") {
  ServerConfig config;
  REQUIRE(settle_config(config));
  CHECK(config.development);
  ServerConfig closed;
  closed.accounts["acme"].token_hashes = {std::string(64, 'a')};
  REQUIRE(settle_config(closed));
  CHECK_FALSE(closed.development);
}

TEST_CASE("development mode is on only where it was asked for, or nothing was said at all") {
  const auto settled = [](std::string_view text) {
    const Scratch scratch;
    ServerConfig config;
    const Status read = read_config(scratch.write("c.json", text), config);
    if (!read) return read.error().message;
    const Status good = settle_config(config);
    if (!good) return good.error().message;
    return std::string(config.development ? "development" : "closed");
  };
  const std::string token = R"("tokens":[")" + std::string(64, 'a') + R"("])";
  CHECK(settled("{}") == "development");
  CHECK(settled(R"({"development":true})") == "development");
  CHECK(settled(R"({"development":true,"accounts":{"a":{}}})") == "development");
  CHECK(settled(R"({"accounts":{"a":{)" + token + "}}}") == "closed");
  CHECK(settled(R"({"development":false,"accounts":{"a":{)" + token + "}}}") == "closed");
  CHECK(settled(R"({"accounts":{"a":{)" + token + R"(},"b":{}}})") == "closed");
  CHECK_THAT(settled(R"({"development":false})"),
             Catch::Contains("\"development\": false needs accounts with tokens"));
  CHECK_THAT(settled(R"({"accounts":{"a":{}}})"),
             Catch::Contains("accounts.a has no tokens, so nobody may use it"));
  CHECK_THAT(settled(R"({"accounts":{"a":{"tokens":[]}}})"), Catch::Contains("a has no tokens"));
  CHECK_THAT(settled(R"({"accounts":{}})"), Catch::Contains("accounts must name an account"));
  CHECK_THAT(settled(R"({"developmnet":false})"), Catch::Contains("developmnet is no setting"));
  CHECK_THAT(settled(R"({"development":false,"development":true})"),
             Catch::Contains("\"development\" stands twice"));
  CHECK_THAT(settled(R"({"accounts":{"a":{"token":[]}}})"),
             Catch::Contains("accounts.a.token is no setting: there are name, overrides, tokens"));
  CHECK_THAT(settled(R"({"limits":{"query_timeout":1}})"),
             Catch::Contains("limits.query_timeout is no setting"));
}

TEST_CASE("a configuration is read, and each mistake is named") {
  const Scratch scratch;
  ServerConfig config;
  const std::string good = scratch.write("good.json",
                                         R"({"listen":"[::1]:9000","data":"d",
    "accounts":{"acme":{"name":"Acme","tokens":[")" +
                                             std::string(64, '0') + R"("],"overrides":false}},
    "limits":{"body_bytes":1000}})");
  const Status read = read_config(good, config);
  INFO((read ? "" : read.error().message));
  REQUIRE(read);
  CHECK(config.address == "::1");
  CHECK(config.port == 9000);
  CHECK_FALSE(config.accounts.at("acme").overrides);
  CHECK(config.http.body_bytes_max == 1000);
  const std::vector<std::pair<std::string, std::string>> bad{
      {"{", "not valid JSON"},
      {R"({"listens":"x"})", "listens is no setting"},
      {R"({"listen":"x:99999"})", "listen is wrong"},
      {R"({"accounts":{"a b":{}}})", "no account id"},
      {R"({"accounts":{"a":{"tokens":["secret"]}}})", "accounts.a.tokens must hold SHA-256"},
      {R"({"limits":{"body_bytes":0}})", "limits.body_bytes must be a positive number"},
      {R"({"limits":{"body_bytes":1.5}})", "a whole one"},
      {R"({"limits":{"body_bytes":NaN}})", "it is not valid JSON: byte 24: NaN is no number"},
      {R"({"limits":{"body_bytes":-Infinity}})", "byte 24: -Infinity is no number of JSON"},
      {R"({"limits":{"body_bytes":1e400}})", "the number 1e400 is out of range"}};
  for (const auto& [text, why] : bad) {
    ServerConfig other;
    const Status refused = read_config(scratch.write("bad.json", text), other);
    REQUIRE_FALSE(refused);
    INFO(refused.error().message);
    CHECK(refused.error().message.find(why) != std::string::npos);
  }
  CHECK_FALSE(read_config(scratch.path("missing.json"), config));
}
