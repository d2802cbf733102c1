// Each limit of the configuration that no other file is about: what happens at it, and after it.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/http_client.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";

std::string beginning_of_upload(std::size_t announced, std::size_t sent) {
  return fmt::format(
      "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
      "JupiterOne-Account: acme\r\nContent-Length: {}\r\n\r\n{}",
      announced,
      std::string(sent, ' '));
}

bool becomes(const TestServer& server,
             std::uint64_t server::HttpFigures::*figure,
             std::uint64_t wanted) {
  return eventually([&] { return server.http().figures().*figure == wanted; });
}

}  // namespace

TEST_CASE("limits: a query beyond its time is ended and told so") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 100;
  TestServer server(config);
  Wire wire(server.port());
  load_heavy(wire);
  wire.send(query_request(kHeavyQuery));
  const Reply reply = wire.read();
  CHECK(reply.status == 200);
  CHECK(reply.text("errors.0.extensions.code") == "LIMIT_EXCEEDED");
  CHECK(reply.text("errors.0.message").find("100 ms") != std::string::npos);
}

TEST_CASE(
    "limits: queries beyond those in work wait, those beyond the queue are told to come again") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 3'600'000;
  config.service.brief_turn_ms = 3'600'000;
  config.queries = {.threads = 1, .of_account = 1};
  config.http.requests_waiting_max = 1;
  TestServer server(config);
  auto in_work = std::make_unique<Wire>(server.port());
  load_heavy(*in_work);
  in_work->send(query_request(kHeavyQuery));
  CHECK(becomes(server, &server::HttpFigures::requests_in_work, 1));
  Wire tried(server.port());
  tried.send(query_request(kHeavyQuery));  // By the worker for brief turns.
  CHECK(becomes(server, &server::HttpFigures::requests_in_work, 2));
  Wire waiting(server.port());
  waiting.send(query_request("FIND n AS n RETURN COUNT(n) AS c"));
  CHECK(becomes(server, &server::HttpFigures::queries_waiting, 1));
  Wire refused(server.port());
  refused.send(query_request("FIND n"));
  const Reply busy = refused.read();
  CHECK(busy.status == 503);
  CHECK(busy.text("error.code") == "BUSY");
  CHECK(busy.headers.at("retry-after") == "1");
  // Sync jobs have a queue of their own.
  CHECK(server.post(kJobs, R"({"scope":"s"})").status == 200);
  in_work = nullptr;  // Its query ends.
  CHECK(waiting.read().text("data.queryV1.data") == R"([{"c":60}])");
  refused.send(query_request("FIND n AS n RETURN COUNT(n) AS c"));
  CHECK(refused.read().status == 200);  // On the connection that was told to come again.
}

TEST_CASE("limits: bodies of all requests together are bounded, and their room comes back") {
  server::ServerConfig config = TestServer::development();
  config.http.bodies_bytes_max = 700'000;
  TestServer server(config);
  {
    Wire first(server.port());
    first.send(beginning_of_upload(200'000, 150'000));
    CHECK(eventually([&] { return server.http().figures().body_bytes_held >= 150'000; }));
    Wire second(server.port());
    second.send(beginning_of_upload(350'000, 350'000));
    const Reply busy = second.read();
    CHECK(busy.status == 503);
    CHECK(busy.text("error.code") == "BUSY");
    CHECK(second.is_closed_within(5));
  }
  CHECK(becomes(server, &server::HttpFigures::body_bytes_held, 0));
  Wire third(server.port());
  third.send(beginning_of_upload(350'000, 350'000));
  const Reply read = third.read();  // By the application, which does not understand it.
  CHECK(read.status == 200);
  CHECK(read.text("errors.0.message").find("not valid JSON") != std::string::npos);
}

TEST_CASE("limits: a body that dribbles is given up with 408, however steadily it comes") {
  server::ServerConfig config = TestServer::development();
  config.http.io_timeout_ms = 900;
  TestServer server(config);
  Wire wire(server.port());
  wire.send(beginning_of_upload(1000, 1));
  for (int tries = 0; tries < 300 && !wire.wait(50); ++tries) {
    wire.send(" ");
  }
  const Reply reply = wire.read();
  CHECK(reply.status == 408);
  CHECK(reply.text("error.code") == "TOO_SLOW");
}

TEST_CASE("limits: a refused body is answered at once and read on for so long, then that ends") {
  server::ServerConfig config = TestServer::development();
  config.http.body_bytes_max = 1000;
  config.http.discard_bytes_max = 100'000;
  TestServer server(config);
  Wire wire(server.port());
  wire.send(beginning_of_upload(1'000'000, 150'000));
  CHECK(wire.read().status == 413);
  CHECK(wire.is_closed_within(5));
}

TEST_CASE("limits: a path that is too long is refused") {
  server::ServerConfig config = TestServer::development();
  config.http.path_bytes_max = 100;
  TestServer server(config);
  Wire wire(server.port());
  wire.send("GET /" + std::string(100, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(wire.read().status == 414);
}

TEST_CASE("limits: an account has so many jobs open, others are not concerned") {
  server::ServerConfig config = TestServer::development();
  config.service.open_jobs_max = 2;
  TestServer server(config);
  const std::string first = server.start(R"({"scope":"a"})");
  const std::string second = server.start(R"({"scope":"b"})");
  const Reply third = server.post(kJobs, R"({"scope":"c"})");
  CHECK(third.status == 400);
  CHECK(third.text("error.code") == "LIMIT_EXCEEDED");
  CHECK(third.text("error.message").find("2 sync jobs open") != std::string::npos);
  server.account = "other";
  CHECK(server.post(kJobs, R"({"scope":"c"})").status == 200);
  server.account = "acme";
  CHECK(server.post(std::string(kJobs) + "/" + first + "/abort", "{}").status == 200);
  CHECK(server.post(std::string(kJobs) + "/" + second + "/finalize", "").status == 200);
  server.start(R"({"scope":"c"})");
  server.start(R"({"scope":"d"})");
}

TEST_CASE("limits: uploads of open jobs are bounded for all accounts, and their room comes back") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.service.open_jobs_bytes_max = 1'500'000;
  config.data_directory = scratch.path("data");
  const auto upload_of = [](char fill) {
    return fmt::format(
        R"({{"entities":[{{"_key":"k{0}","_type":"t","_class":"C","p":"{1}","q":"{1}"}}]}})",
        fill,
        std::string(500'000, fill));
  };
  std::string first;
  {
    TestServer server(config);
    first = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
    CHECK(server.post(first + "/upload", upload_of('a')).status == 200);
    const Reply same = server.post(first + "/upload", upload_of('b'));
    CHECK(same.status == 429);
    CHECK(same.text("error.code") == "UPLOADS_LIMIT_EXCEEDED");
    CHECK(same.text("error.message").find("at most 1500000 are held") != std::string::npos);
    CHECK(server.get(first).number("job.numEntitiesUploaded") == 1);
  }
  TestServer server(config);
  CHECK(server.get(first).status == 200);  // What was acknowledged is held again.
  server.account = "other";
  const std::string second = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  CHECK(server.post(second + "/upload", upload_of('b')).status == 429);
  server.account = "acme";
  CHECK(server.post(first + "/finalize", "").number("job.numEntitiesCreated") == 1);
  server.account = "other";
  CHECK(server.post(second + "/upload", upload_of('b')).status == 200);
  CHECK(server.post(second + "/upload", upload_of('c')).status == 429);
  CHECK(server.post(second + "/abort", "{}").status == 200);
  const std::string third = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
  CHECK(server.post(third + "/upload", upload_of('d')).status == 200);
}
