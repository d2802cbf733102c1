// Clients that are slow, hostile or gone: each costs little, gets a clear answer, and harms nobody.
#include <chrono>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/http_client.h"
#include "tests/support/eventually.h"

#include "server/http/gzip.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kJobs = "/persister/synchronization/jobs";

server::ServerConfig small_limits() {
  server::ServerConfig config = TestServer::development();
  config.http.header_bytes_max = 4096;
  config.http.body_bytes_max = 100'000;
  config.http.discard_bytes_max = 1'000'000;
  return config;
}

// The status of the answer to these bytes, 0 when the server just closes.
int status_of(TestServer& server, std::string_view bytes) {
  Wire wire(server.port());
  wire.send(bytes);
  return wire.read().status;
}

}  // namespace

TEST_CASE("requests that can be read in two ways are refused and the connection closed") {
  TestServer server;
  const std::string start = "POST /x HTTP/1.1\r\nHost: localhost\r\n";
  for (const std::string& headers :
       {std::string("A: b\r\n c: d\r\n"),  // Folded.
        std::string("A:\r\n\tb\r\n"),
        std::string("A: b\nC: d\r\n"),
        std::string("A: b\rC: d\r\n"),
        std::string("Content-Length: 3\r\nA: b\r\nContent-Length: 3\r\n"),
        std::string("JupiterOne-Account: acme\r\nJupiterOne-Account: other\r\n"),
        std::string("JupiterOne-Account: acme\r\njupiterone-account: acme\r\n"),
        std::string("LifeOmic-Account: acme\r\nLifeOmic-Account: acme\r\n"),
        std::string("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"),
        std::string("Origin: http://localhost\r\nOrigin: http://evil.com\r\n"),
        std::string("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"),
        std::string("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        std::string("Content-Length: 3, 3\r\n"),
        std::string("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
        std::string("Content-Length: 3\r\nContent-Length: 3\r\n"),
        std::string("Content-Length: 3\r\nContent-Length: 4\r\n"),
        std::string("Content-Length: +3\r\n"),
        std::string("Content-Length: -3\r\n"),
        std::string("Transfer-Encoding: gzip, chunked\r\n"),
        std::string("Transfer-Encoding: identity\r\n"),
        std::string("Content-Length : 3\r\n"),
        std::string("A\r\n"),
        std::string("Host: localhost\r\n"),
        std::string("A: b\x01\r\n")}) {
    INFO(headers);
    Wire wire(server.port());
    wire.send(start + headers + "\r\nabc" + kHealth);
    CHECK(wire.read().status == 400);
    CHECK(wire.is_closed_within(5));
  }
  CHECK(status_of(server, "GET /healthz HTTP/1.1\r\n\r\n") == 400);  // No Host.
  CHECK(status_of(server, "GET http://a/ HTTP/1.1\r\nHost: localhost\r\n\r\n") == 403);
  for (const char* host : {"",
                           "a b",
                           "local host",
                           "localhost:",
                           "localhost:80:80",
                           "localhost:x",
                           "localhost:65536",
                           "user@localhost",
                           "[::1",
                           "::1",
                           "[localhost]",
                           "[]",
                           "localhost/",
                           "localhost,evil.com",
                           "localhost\\",
                           "*"}) {
    INFO(host);
    Wire wire(server.port());
    wire.send(fmt::format("POST /healthz HTTP/1.1\r\nHost: {}\r\n\r\n{}", host, kHealth));
    const Reply refused = wire.read();
    CHECK(refused.status == 400);
    CHECK(refused.text("error.code") == "BAD_REQUEST");
    CHECK(wire.is_closed_within(5));
  }
  for (const char* target :
       {"http://a b/", "http://user@localhost/", "http://localhost:x/healthz"}) {
    CHECK(status_of(server, fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", target)) ==
          400);
  }
  CHECK(status_of(server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: much\r\n\r\n") ==
        417);
  // Both names of the account header are not one header twice.
  CHECK(status_of(server,
                  "GET /v1/summary HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
                  "JupiterOne-Account: acme\r\nLifeOmic-Account: other\r\n\r\n") == 200);
  CHECK(status_of(server, std::string("\r\n") + kHealth) == 200);  // RFC 9112, 2.2.
  CHECK(status_of(server, "nonsense\r\n\r\n") == 400);
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("endless headers, long paths and many headers are refused") {
  TestServer server(small_limits());
  CHECK(status_of(server, "GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(200'000, 'a')) ==
        431);
  std::string many = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 101; ++i) {
    many += fmt::format("A{}: b\r\n", i);
  }
  CHECK(status_of(server, many + "\r\n") == 431);
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("wire-api 12: a body above the limit is answered with 413, however much was sent") {
  TestServer server(small_limits());
  const std::string job = std::string(kJobs) + "/" + server.start(R"({"scope":"s"})");
  const std::string large(200'000, ' ');
  const Reply refused = server.post(job + "/upload", large);
  CHECK(refused.status == 413);
  CHECK(refused.text("error.code") == "RequestEntityTooLargeException");
  CHECK(server.post(job + "/upload", R"({"entities":[]})" + std::string(99'000, ' ')).status ==
        200);
  // A small body that unpacks to a large one.
  CHECK(server
            .post(job + "/upload",
                  server::gzip(std::string(5'000'000, ' ')),
                  "Content-Encoding: gzip\r\n")
            .status == 413);
  // In chunks, without a length.
  Wire wire(server.port());
  wire.send("POST " + job +
            "/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
            "JupiterOne-Account: acme\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 20; ++i) {
    wire.send("2710\r\n" + std::string(10'000, ' ') + "\r\n");
  }
  wire.send("0\r\n\r\n");
  CHECK(wire.read().status == 413);
  CHECK(wire.is_closed_within(5));
  CHECK(server.http().figures().body_bytes_held == 0);
}

TEST_CASE("Expect: 100-continue is answered before the body") {
  TestServer server(small_limits());
  Wire wire(server.port());
  const std::string head = std::string("POST ") + kJobs +
                           " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
                           "JupiterOne-Account: acme\r\nExpect: 100-continue\r\n";
  wire.send(head + "Content-Length: 13\r\n\r\n");
  CHECK(wire.read().status == 100);
  wire.send(R"({"scope":"s"})");
  CHECK(wire.read().status == 200);
  wire.send(head + "Content-Length: 1000000\r\n\r\n");
  CHECK(wire.read().status == 413);
  CHECK(wire.is_closed_within(5));
}

TEST_CASE(
    "nothing of a body is read before its credentials, its route and its method are checked") {
  server::ServerConfig config;
  config.accounts["acme"].token_hashes = {
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};  // Of "test".
  TestServer server(config);
  const std::string credentials = "Authorization: Bearer test\r\nJupiterOne-Account: acme\r\n";
  const auto refused = [&](std::string_view head, std::string_view headers, int status) {
    INFO(head << " " << headers);
    for (const bool expecting : {false, true}) {
      Wire wire(server.port());
      wire.send(
          fmt::format("{} HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: 60000000\r\n{}\r\n",
                      head,
                      headers,
                      expecting ? "Expect: 100-continue\r\n" : ""));
      const Reply reply = wire.read();  // With nothing of the body sent.
      CHECK(reply.status == status);
      CHECK(reply.headers.at("connection") == "close");
      wire.send(std::string(100'000, ' '));
      CHECK(wire.is_closed_within(5));
    }
    // A client that sends all of it first reads the answer all the same.
    Wire wire(server.port());
    wire.send(fmt::format("{} HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: 3000000\r\n\r\n{}",
                          head,
                          headers,
                          std::string(3'000'000, ' ')));
    CHECK(wire.read().status == status);
    CHECK(server.http().figures().body_bytes_held == 0);
    // A short body costs no connection.
    Wire kept(server.port());
    kept.send(fmt::format("{} HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: 3\r\n\r\nabc{}",
                          head,
                          headers,
                          kHealth));
    CHECK(kept.read().status == status);
    CHECK(kept.read().status == 200);
  };
  refused("POST /graphql", "", 401);
  refused("POST /graphql", "Authorization: Bearer other\r\nJupiterOne-Account: acme\r\n", 401);
  refused("POST /graphql", "Authorization: Bearer test\r\nJupiterOne-Account: none\r\n", 401);
  refused("POST /nothing", credentials, 404);
  refused("POST /persister/synchronization/jobs/1/what", credentials, 404);
  refused("PUT /graphql", credentials, 405);
  refused("PUT /persister/synchronization/jobs/1/upload", credentials, 405);
  refused("POST /healthz", "", 405);
  refused("POST /graphql", credentials + "Origin: http://evil.com\r\n", 403);
}

TEST_CASE("every answer says that its type is meant, and that it is not to be kept") {
  TestServer server;
  const auto check = [](const Reply& reply, int status) {
    CHECK(reply.status == status);
    CHECK(reply.headers.at("x-content-type-options") == "nosniff");
    CHECK(reply.headers.at("cache-control") == "no-store");
  };
  check(server.get("/healthz"), 200);
  check(server.get("/metrics"), 200);
  check(server.get("/nothing"), 404);
  check(server.get("/graphql"), 405);
  check(server.ask("{ typeCounts }"), 200);
  check(server.post(kJobs, "{"), 400);
  Wire wire(server.port());
  wire.send("nonsense\r\n\r\n");
  check(wire.read(), 400);
}

TEST_CASE("an answer may be read as slowly as its least pace, and no longer than that") {
  server::ServerConfig config = TestServer::development();
  config.http.io_timeout_ms = 200;
  config.http.answer_bytes_per_second = 20'000;
  TestServer server(config);
  std::string rows;
  for (int i = 0; i < 12; ++i) {
    rows += fmt::format(R"({}{{"_key":"k{}","_type":"t","_class":"C","text":"{}"}})",
                        i == 0 ? "" : ",",
                        i,
                        std::string(1'000'000, static_cast<char>('a' + i)));
  }
  server.sync(R"({"scope":"s"})", fmt::format(R"({{"entities":[{}]}})", rows));
  const std::string asking = fmt::format(
      "GET /entities HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
      "JupiterOne-Account: acme\r\n\r\n");
  {
    // 4 MB a second: it takes many times 200 ms.
    Wire slow(server.port());
    slow.send(asking);
    const Reply head = slow.read_head();
    CHECK(head.status == 200);
    std::size_t left = std::stoul(head.headers.at("content-length")) - slow.rest().size();
    CHECK(left > 10'000'000);
    while (left > 0) {
      const std::string piece = slow.take(std::min<std::size_t>(left, 400'000));
      REQUIRE_FALSE(piece.empty());
      left -= piece.size();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  Wire still(server.port());
  still.send(asking);
  CHECK(still.wait(10'000));  // It reads nothing more.
  CHECK(eventually([&] { return server.http().figures().answer_bytes_held == 0; }));
}

TEST_CASE("keep-alive: requests sent in one go are answered in order") {
  TestServer server;
  Wire wire(server.port());
  wire.send(std::string(kHealth) + kHealth + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(wire.read().status == 200);
  CHECK(wire.read().status == 200);
  CHECK(wire.read().status == 401);
  wire.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK(wire.is_closed_within(5) == false);  // Its headers come first.
}

TEST_CASE("silent and dribbling clients are let go, and others are served meanwhile") {
  server::ServerConfig config = TestServer::development();
  config.http.header_timeout_ms = 300;
  config.http.io_timeout_ms = 300;
  config.http.idle_timeout_ms = 300;
  TestServer server(config);
  std::vector<std::unique_ptr<Wire>> slow;
  for (int i = 0; i < 64; ++i) {
    slow.push_back(std::make_unique<Wire>(server.port()));
    if (i % 2 == 0) slow.back()->send("GET /healthz HT");
    if (i % 4 == 1) {
      slow.back()->send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc");
    }
  }
  CHECK(status_of(server, kHealth) == 200);
  for (const auto& wire : slow) {
    CHECK(wire->is_closed_within(10));
  }
}

TEST_CASE("connections beyond the limit are told so, and the places come back") {
  server::ServerConfig config = TestServer::development();
  config.http.connections_max = 4;
  TestServer server(config);
  {
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 4; ++i) {
      wires.push_back(std::make_unique<Wire>(server.port()));
      wires.back()->send(kHealth);
      CHECK(wires.back()->read().status == 200);
    }
    Wire fifth(server.port());
    const Reply refused = fifth.read();
    CHECK(refused.status == 503);
    CHECK(refused.text("error.code") == "TOO_MANY_CONNECTIONS");
  }
  CHECK(has_let_all_go(server));
  CHECK(status_of(server, kHealth) == 200);
  CHECK(server.http().figures().connections_refused == 1);
}

TEST_CASE("hundreds of idle connections keep nobody from an answer, and all are let go") {
  server::ServerConfig config = TestServer::development();
  config.http.idle_timeout_ms = 2000;
  config.http.header_timeout_ms = 2000;
  TestServer server(config);
  std::vector<std::unique_ptr<Wire>> idle;
  for (int i = 0; i < 400; ++i) {
    idle.push_back(std::make_unique<Wire>(server.port()));
    if (i % 2 == 0) {
      idle.back()->send(kHealth);
      CHECK(idle.back()->read().status == 200);
    }
  }
  CHECK(server.ask("{ iamGetAccount { accountId } }").status == 200);
  CHECK(server.http().figures().connections_total >= 401);
  for (const auto& wire : idle) {
    CHECK(wire->is_closed_within(10));
  }
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("a client that goes in the middle of a GraphQL request leaves nothing behind") {
  TestServer server;
  for (int i = 0; i < 20; ++i) {
    Wire wire(server.port());
    wire.send(
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
        "JupiterOne-Account: acme\r\nContent-Length: 1000\r\n\r\n{\"query\":\"{ queryV1(");
    if (i % 2 == 0) wire.finish_sending();
  }
  CHECK(has_let_all_go(server));
  CHECK(server.http().figures().body_bytes_held == 0);
}

TEST_CASE("a half-closed client gets its answer") {
  TestServer server;
  Wire wire(server.port());
  wire.send(kHealth);
  wire.finish_sending();
  CHECK(wire.read().status == 200);
  CHECK(wire.is_closed_within(5));
}

TEST_CASE("abandoned uploads leave no bytes behind") {
  TestServer server;
  for (int i = 0; i < 10; ++i) {
    Wire wire(server.port());
    wire.send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n" +
              std::string(500'000, ' '));
  }
  CHECK(has_let_all_go(server));
  CHECK(server.http().figures().body_bytes_held == 0);
}

TEST_CASE("other hosts and other origins are refused on loopback") {
  TestServer server;
  for (const char* host :
       {"evil.com", "localhost.evil.com", "127.0.0.1.evil.com", "[::2]", "a:80"}) {
    CHECK(status_of(server, fmt::format("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", host)) == 403);
  }
  for (const char* host : {"localhost", "LOCALHOST:99", "127.0.0.1:80", "[::1]:8080"}) {
    CHECK(status_of(server, fmt::format("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", host)) == 200);
  }
  CHECK(server.send("POST", kJobs, R"({"scope":"s"})", "Origin: http://evil.com\r\n").status ==
        403);
  CHECK(server.send("POST", kJobs, R"({"scope":"s"})", "Origin: null\r\n").status == 403);
}

TEST_CASE("a line of the log tells the method and the bytes of both bodies as they travel") {
  TestServer server;
  Wire wire(server.port());
  const auto ask = [&](std::string_view method, std::string_view more) {
    wire.send(fmt::format("{} /openapi.json HTTP/1.1\r\nHost: localhost\r\n{}\r\n", method, more));
    return method == "HEAD" ? wire.read_head() : wire.read();
  };
  const Reply plain = ask("GET", "");
  const Reply zipped = ask("GET", "Accept-Encoding: gzip\r\n");
  const Reply head = ask("HEAD", "");
  const Reply odd = ask("BREW", "");
  const Reply posted =
      server.post(kJobs, server::gzip(R"({"scope":"s"})"), "Content-Encoding: gzip\r\n");
  CHECK(posted.status == 200);
  CHECK(zipped.body.size() < plain.body.size());
  std::istringstream lines(server.log());
  const auto line_of = [&](std::string_view method, std::size_t in, const Reply& reply) {
    std::string line;
    std::getline(lines, line);
    INFO(line);
    CHECK(line.find(reply.headers.at("x-request-id")) != std::string::npos);
    CHECK(line.find(fmt::format(R"("method":"{}")", method)) != std::string::npos);
    CHECK(line.find(fmt::format(R"("status":{},)", reply.status)) != std::string::npos);
    CHECK(line.find(fmt::format(R"("bytes_in":{},"bytes_out":{})", in, reply.body.size())) !=
          std::string::npos);
  };
  line_of("GET", 0, plain);
  line_of("GET", 0, zipped);
  line_of("HEAD", 0, head);
  line_of("BREW", 0, odd);
  line_of("POST", server::gzip(R"({"scope":"s"})").size(), posted);
}

TEST_CASE("logs name the request and hold neither tokens nor values") {
  TestServer server;
  const Reply reply =
      server.sync(R"({"scope":"s"})",
                  R"({"entities":[{"_key":"k","_type":"t","_class":"C","x":"hidden-value"}]})");
  CHECK(reply.headers.at("x-request-id").size() == 36);
  server.send("GET", "/healthz?token=hidden-value", "", "JupiterOne-Correlation-Id: c-1\r\n");
  const std::string log = server.log();
  CHECK(log.find(reply.headers.at("x-request-id")) != std::string::npos);
  CHECK(log.find(R"("route":"POST /persister/synchronization/jobs/{id}/finalize")") !=
        std::string::npos);
  CHECK(log.find(R"("correlation":"c-1")") != std::string::npos);
  CHECK(log.find("hidden-value") == std::string::npos);
  CHECK(log.find("secret-token") == std::string::npos);
}
