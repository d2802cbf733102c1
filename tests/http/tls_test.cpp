// HTTPS: honest clients are served as over plain HTTP, hostile ones cost no more.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/tls_client.h"

#include "server/http/gzip.h"
#include <openssl/tls1.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

// A server that speaks TLS with a certificate of its own.
struct SecureServer {
  explicit SecureServer(server::ServerConfig config = TestServer::development())
      : server(with_tls(std::move(config))) {}

  [[nodiscard]] std::uint16_t port() const { return server.port(); }

  [[nodiscard]] std::unique_ptr<TlsWire> connect(int version_max = 0,
                                                 const char* suites = nullptr) const {
    auto wire = std::make_unique<TlsWire>(server.port(), certificate, version_max, suites);
    INFO(wire->problem());
    CHECK(wire->problem().empty());
    return wire;
  }

  [[nodiscard]] bool has_let_all_go() const { return tests::has_let_all_go(server); }

  server::ServerConfig with_tls(server::ServerConfig config) const {
    config.tls = certificate.write(scratch, "server");
    return config;
  }

  Scratch scratch;
  TestCertificate certificate = TestCertificate::make();
  TestServer server;
};

std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\nJupiterOne-Account: "
      "acme\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n{}\r\n{}",
      path,
      body.size(),
      more,
      body);
}

std::string problem_of(const server::TlsFiles& files) {
  const auto opened = server::open_tls(files);
  return opened ? "" : opened.error().message;
}

}  // namespace

TEST_CASE("TLS: a sync job, a query and its deferred document, on one connection of each version") {
  const SecureServer secure;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto wire = secure.connect(version);
    CHECK(wire->version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
    wire->send(post("/persister/synchronization/jobs", R"({"scope":"s"})"));
    const std::string job = "/persister/synchronization/jobs/" + wire->read().text("job.id");
    std::string rows = R"({"entities":[)";
    for (int i = 0; i < 5000; ++i) {
      rows += fmt::format(R"({}{{"_key":"{}","_type":"t","_class":"C"}})", i == 0 ? "" : ",", i);
    }
    wire->send(post(job + "/upload", rows + "]}"));  // Many records of TLS.
    CHECK(wire->read().status == 200);
    wire->send(post(job + "/finalize", ""));
    CHECK(wire->read().text("job.status") == "FINISHED");
    wire->send(
        post("/graphql",
             R"({"query":"{ queryV1(query: \"FIND t\", deferredResponse: FORCE) { url } }"})"));
    const std::string url = wire->read().text("data.queryV1.url");
    CHECK(url.starts_with("https://localhost/deferred/"));
    wire->send("GET " + url.substr(std::string("https://localhost").size()) +
               " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    CHECK(wire->read().text("status") == "COMPLETED");
    CHECK(wire->is_ended());
  }
}

TEST_CASE("TLS: a client of TLS 1.1 or older is refused") {
  const SecureServer secure;
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    const TlsWire old(secure.port(), secure.certificate, version);
    CHECK(old.problem().find("protocol version") != std::string::npos);
  }
  CHECK(secure.has_let_all_go());
}

TEST_CASE("TLS: plain HTTP at the port is told so without a handshake") {
  const SecureServer secure;
  Wire plain(secure.port());
  plain.send(kHealth);
  const Reply reply = plain.read();
  CHECK(reply.status == 400);
  CHECK(reply.text("error.code") == "TLS_REQUIRED");
  CHECK(plain.is_closed_within(5));
  Wire nonsense(secure.port());
  nonsense.send(std::string(100'000, '\0'));
  std::string ignored;
  const Reply alert = nonsense.read();
  CHECK(alert.status == 0);
  CHECK(secure.has_let_all_go());
}

TEST_CASE("TLS: a handshake that stalls or dribbles is closed, and others are served meanwhile") {
  server::ServerConfig config = TestServer::development();
  config.http.handshake_timeout_ms = 500;
  const SecureServer secure(config);
  std::vector<std::unique_ptr<Wire>> slow;
  // The beginning of a ClientHello of 512 bytes.
  const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  for (int i = 0; i < 32; ++i) {
    slow.push_back(std::make_unique<Wire>(secure.port()));
    if (i % 2 == 0) slow.back()->send(hello);
  }
  const auto honest = secure.connect();
  honest->send(kHealth);
  CHECK(honest->read().status == 200);
  // Each byte comes in time, the whole does not.
  for (int tries = 0; tries < 300 && !slow.front()->wait(50); ++tries) {
    slow.front()->send("x");
  }
  for (const auto& wire : slow) {
    CHECK(wire->is_closed_within(10));
  }
}

TEST_CASE("TLS: the limits of headers, bodies and times hold as without it") {
  server::ServerConfig config = TestServer::development();
  config.http.header_bytes_max = 4096;
  config.http.body_bytes_max = 100'000;
  config.http.header_timeout_ms = 500;
  config.http.idle_timeout_ms = 500;
  config.http.io_timeout_ms = 500;
  const SecureServer secure(config);
  const auto endless = secure.connect();
  endless->send("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + std::string(50'000, 'a'));
  CHECK(endless->read().status == 431);
  const auto large = secure.connect();
  large->send(post("/graphql", std::string(200'000, ' ')));
  CHECK(large->read().status == 413);
  CHECK(large->is_closed());
  const auto zipped = secure.connect();
  zipped->send(
      post("/graphql", server::gzip(std::string(200'000, ' ')), "Content-Encoding: gzip\r\n"));
  CHECK(zipped->read().status == 413);
  zipped->send(kHealth);  // A small body was read to its end.
  CHECK(zipped->read().status == 200);
  std::vector<std::unique_ptr<TlsWire>> slow;
  for (int i = 0; i < 9; ++i) {
    slow.push_back(secure.connect());
    if (i % 3 == 0) slow.back()->send("GET /healthz HT");
    if (i % 3 == 1) slow.back()->send(post("/x", "", "Expect: nothing\r\nX: y\r\n").substr(0, 80));
    if (i % 3 == 2) {
      slow.back()->send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc");
    }
  }
  for (const auto& wire : slow) {
    CHECK(wire->is_closed());
  }
  CHECK(secure.has_let_all_go());
  CHECK(secure.server.http().figures().body_bytes_held == 0);
}

TEST_CASE("TLS: clients that break off anywhere leave nothing behind") {
  const SecureServer secure;
  for (int i = 0; i < 12; ++i) {
    const auto wire = secure.connect(i % 2 == 0 ? TLS1_2_VERSION : TLS1_3_VERSION);
    if (i % 3 > 0) wire->send(kHealth);
    if (i % 3 > 1) {
      wire->send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n" +
                 std::string(50'000, ' '));
    }
    if (i % 4 == 0) wire->say_goodbye();
    if (i % 4 == 1) static_cast<const Wire&>(*wire).finish_sending();
  }
  CHECK(secure.has_let_all_go());
  CHECK(secure.server.http().figures().body_bytes_held == 0);
}

TEST_CASE("TLS: only suites that authenticate what they encrypt are spoken") {
  const SecureServer secure;
  for (const char* suites : {"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
                             "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
                             "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"}) {
    const auto wire = secure.connect(TLS1_2_VERSION, suites);
    INFO(suites);
    CHECK(wire->problem().empty());
    wire->send(kHealth);
    CHECK(wire->read().status == 200);
  }
  for (const char* suites : {"ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA",
                             "ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384",
                             "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256",
                             "AES128-SHA:AES256-SHA256",
                             "AES128-GCM-SHA256"}) {
    INFO(suites);
    const TlsWire refused(secure.server.port(), secure.certificate, TLS1_2_VERSION, suites);
    CHECK_FALSE(refused.problem().empty());
  }
}

TEST_CASE("TLS: connections beyond the limit are closed before the handshake") {
  server::ServerConfig config = TestServer::development();
  config.http.connections_max = 2;
  const SecureServer secure(config);
  const auto first = secure.connect();
  const auto second = secure.connect();
  Wire third(secure.port());
  CHECK(third.is_closed_within(5));
  second->send(kHealth);
  CHECK(second->read().status == 200);
  CHECK(secure.server.http().figures().connections_refused == 1);
}

TEST_CASE("TLS: files that cannot be used are named before anything listens") {
  const Scratch scratch;
  const TestCertificate good = TestCertificate::make();
  const server::TlsFiles files = good.write(scratch, "good");
  const server::TlsFiles other = TestCertificate::make().write(scratch, "other");
  CHECK(problem_of(files).empty());
  const std::string text = scratch.write("text.pem", "hello\n");
  const std::string empty = scratch.write("empty.pem", "");
  const std::string locked = scratch.write("locked.key", good.locked_key);
  const std::string missing = scratch.path("missing.pem");
  const std::vector<std::pair<server::TlsFiles, std::string>> wrong{
      {{files.certificate, ""}, "name both files or neither"},
      {{"", files.private_key}, "name both files or neither"},
      {{missing, files.private_key},
       "cannot read the certificate " + missing + ": No such file or directory"},
      {{files.certificate, missing},
       "cannot read the private key " + missing + ": No such file or directory"},
      {{empty, files.private_key}, "it is empty or a folder"},
      {{scratch.path(""), files.private_key}, "it is empty or a folder"},
      {{text, files.private_key}, "the certificate " + text + " holds no PEM certificate"},
      {{files.private_key, files.private_key}, "holds no PEM certificate"},
      {{files.certificate, text}, "the private key " + text + " holds no PEM key"},
      {{files.certificate, files.certificate}, "holds no PEM key"},
      {{files.certificate, other.private_key},
       "is not that of the certificate " + files.certificate},
      {{files.certificate, locked}, "has a pass phrase"}};
  for (const auto& [named, why] : wrong) {
    const std::string problem = problem_of(named);
    INFO(problem);
    CHECK(problem.find(why) != std::string::npos);
  }
}
