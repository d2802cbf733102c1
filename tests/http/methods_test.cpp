// Methods, request targets and codings as RFC 9110 and 9112 have them.
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kUpload =
    R"({"entities":[{"_key":"k","_type":"thing","_class":"Thing","p":1,
                     "_rawData":[{"name":"none","rawData":{"a":1}}]}]})";

std::string request(std::string_view method, std::string_view target, std::string_view more = "") {
  return fmt::format(
      "{} {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
      "JupiterOne-Account: acme\r\n{}\r\n",
      method,
      target,
      more);
}

// What /openapi.json describes: each path with real ids in it, and its methods in capitals.
class Routes {
 public:
  explicit Routes(TestServer& server) {
    REQUIRE(server.sync(R"({"scope":"s"})", kUpload).status == 200);
    const std::string job = server.start(R"({"scope":"s"})");
    const std::string entity =
        server.ask(R"({ vertex(filters: {_key: "k"}) { id } })").text("data.vertex.id");
    std::string deferred =
        server.ask(R"({ queryV2(query: "FIND thing") { url } })").text("data.queryV2.url");
    deferred.erase(0, deferred.find("/deferred/"));
    const server::Json description = server.get("/openapi.json").json();
    for (const server::JsonMember& path : *description.find("paths")->object()) {
      std::string target = path.name.starts_with("/deferred/") ? deferred : path.name;
      replace(target, "jobs/{id}", "jobs/" + job);
      replace(target, "{id}", entity);
      replace(target, "{name}", "none");
      if (target == "/v1/why") target += "?entity=k&property=p";
      for (const server::JsonMember& method : *path.value.object()) {
        methods[target].insert(method.name == "get" ? "GET" : "POST");
      }
    }
  }

  std::map<std::string, std::set<std::string>> methods;

 private:
  static void replace(std::string& text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    if (at != std::string::npos) text.replace(at, what.size(), by);
  }
};

}  // namespace

TEST_CASE("every GET route answers HEAD with the same headers and no body") {
  TestServer server;
  const Routes routes(server);
  Wire wire(server.port());
  int heads = 0;
  for (const auto& [target, methods] : routes.methods) {
    if (!methods.contains("GET")) continue;
    INFO(target);
    wire.send(request("GET", target));
    Reply get = wire.read();
    wire.send(request("HEAD", target));
    Reply head = wire.read_head();
    CHECK(get.status == 200);
    CHECK(head.status == 200);
    CHECK(head.headers.contains("content-length"));
    for (const char* own : {"x-request-id", target == "/metrics" ? "content-length" : ""}) {
      get.headers.erase(own);
      head.headers.erase(own);
    }
    CHECK(head.headers == get.headers);
    ++heads;
  }
  CHECK(heads > 10);
  // Errors have no body either.
  wire.send(request("HEAD", "/nothing"));
  CHECK(wire.read_head().status == 404);
  wire.send(request("GET", "/healthz"));
  CHECK(wire.read().text("status") == "ok");
}

TEST_CASE("a wrong method is answered with 405 and the ones that are right") {
  TestServer server;
  const Routes routes(server);
  for (const auto& [target, methods] : routes.methods) {
    std::string allowed = methods.contains("GET") ? "GET, HEAD" : "";
    if (methods.contains("POST")) allowed += allowed.empty() ? "POST" : ", POST";
    for (const char* method : {"DELETE", "OPTIONS", "BREW", "PUT", "GET", "POST"}) {
      if (methods.contains(method)) continue;
      INFO(method << ' ' << target);
      const Reply reply = server.send(method, target, "", "");
      CHECK(reply.status == 405);
      CHECK(reply.text("error.code") == "METHOD_NOT_ALLOWED");
      CHECK(reply.headers.at("allow") == allowed);
    }
  }
  CHECK(server.send("POST", "/deferred/a/0/state.json", "", "").headers.at("allow") == "GET, HEAD");
  CHECK(server.send("DELETE", "/nothing", "", "").status == 404);
}

TEST_CASE("HEAD of a route that takes POST only is a wrong method") {
  TestServer server;
  Wire wire(server.port());
  wire.send(request("HEAD", "/graphql"));
  const Reply reply = wire.read_head();
  CHECK(reply.status == 405);
  CHECK(reply.headers.at("allow") == "POST");
  wire.send(request("GET", "/healthz"));
  CHECK(wire.read().text("status") == "ok");
}

TEST_CASE("a broken request after a HEAD is answered with a body") {
  TestServer server;
  Wire wire(server.port());
  wire.send(request("HEAD", "/healthz"));
  CHECK(wire.read_head().status == 200);
  wire.send("nonsense\r\n\r\n");
  CHECK(wire.read().text("error.code") == "BAD_REQUEST");
}

TEST_CASE("RFC 9112 3.2.2 a URL as the request target is served like its path") {
  TestServer server;
  Wire wire(server.port());
  const auto ask = [&](std::string_view target) {
    wire.send(request("GET", target));
    return wire.read();
  };
  CHECK(ask("http://localhost/healthz").text("status") == "ok");
  CHECK(ask("HTTP://LOCALHOST:80/healthz?x=1").text("status") == "ok");
  CHECK(ask("https://127.0.0.1/entities?limit=x").text("error.code") == "INVALID_INPUT");
  CHECK(ask("http://localhost").text("error.message") == "this route takes POST only");
  CHECK(ask("http://localhost?x=1").status == 405);
  // The URL's host counts, not the header's.
  CHECK(ask("http://evil.com/healthz").text("error.code") == "HOST_NOT_ALLOWED");
  wire.send("GET http://localhost/healthz HTTP/1.1\r\nHost: evil.com\r\n\r\n");
  CHECK(wire.read().status == 200);
}

TEST_CASE("RFC 9112 3.2.2 what is neither a path nor an http URL is refused") {
  TestServer server;
  for (const char* target : {"*",
                             "localhost:80",
                             "ftp://localhost/healthz",
                             "http:///healthz",
                             "http://user@localhost/healthz",
                             "healthz"}) {
    Wire wire(server.port());
    wire.send(request("GET", target));
    INFO(target);
    CHECK(wire.read().status == 400);
  }
}

TEST_CASE("RFC 9110 12.5.3 answers are compressed only for clients that like gzip") {
  TestServer server;
  Wire wire(server.port());
  const auto [accepted, zipped] = GENERATE(table<std::string, bool>({
      {"Accept-Encoding: gzip\r\n", true},
      {"Accept-Encoding: gzip,deflate\r\n", true},
      {"Accept-Encoding: br, X-GZIP ; q=0.5\r\n", true},
      {"Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", true},
      {"Accept-Encoding: *\r\n", true},
      {"Accept-Encoding: identity;q=0.5, gzip;q=1\r\n", true},
      {"", false},
      {"Accept-Encoding: \r\n", false},
      {"Accept-Encoding: br\r\n", false},
      {"Accept-Encoding: identity\r\n", false},
      {"Accept-Encoding: gzip;q=0\r\n", false},
      {"Accept-Encoding: gzip ; Q=0.000, *\r\n", false},
      {"Accept-Encoding: *;q=0\r\n", false},
      {"Accept-Encoding: gzip;q=much\r\n", false},
      {"Accept-Encoding: notgzip\r\n", false},
      {"Accept-Encoding: identity, gzip;q=0.5\r\n", false},
  }));
  INFO(accepted);
  wire.send(request("GET", "/openapi.json", accepted));
  const Reply reply = wire.read();
  CHECK(reply.status == 200);
  CHECK(reply.headers.contains("content-encoding") == zipped);
}
