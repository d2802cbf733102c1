// Many clients at once, and clients that come and go: what is answered is right, and what is gone
// costs nothing.
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/http_client.h"
#include "tests/http/things.h"
#include "tests/http/tls_client.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch.h"

#include <sys/resource.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";
constexpr const char* kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// How many connections to itself this process may hold, at most `wanted`.
std::size_t connections_allowed(std::size_t wanted) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  ::getrlimit(RLIMIT_NOFILE, &files);
  return std::min<std::size_t>(wanted, (files.rlim_cur - 200) / 2);
}

}  // namespace

TEST_CASE("64 queries during a large finalize each see the state before or after it") {
  constexpr int kBefore = 3000;
  constexpr int kAfter = 12'000;
  TestServer server;
  REQUIRE(server.sync(R"({"scope":"s"})", things(kBefore, 1)).status == 200);
  const std::string job = std::string(kJobs) + "/" + server.start(R"({"scope":"s"})");
  REQUIRE(server.post(job + "/upload", things(kAfter, 2)).status == 200);
  const std::string before = fmt::format(R"([{{"v":1,"n":{}}}])", kBefore);
  const std::string after = fmt::format(R"([{{"v":2,"n":{}}}])", kAfter);
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < 64; ++i) {
    wires.push_back(std::make_unique<Wire>(server.port()));
  }
  int olds = 0;
  int news = 0;
  const auto ask_all = [&] {
    for (const auto& wire : wires) {
      wire->send(query_request("FIND thing AS t RETURN t.version AS v, COUNT(t) AS n"));
    }
    for (const auto& wire : wires) {
      const Reply reply = wire->read();
      REQUIRE(reply.status == 200);
      const std::string rows = reply.text("data.queryV1.data");
      if (rows == before) ++olds;
      if (rows == after) ++news;
      CHECK((rows == before || rows == after));
    }
  };
  ask_all();
  CHECK(olds == 64);
  std::atomic<bool> finished{false};
  Reply report;
  std::thread finalize([&] {
    report = server.post(job + "/finalize", "");
    finished = true;
  });
  while (!finished) {
    ask_all();
  }
  finalize.join();
  CHECK(report.text("job.status") == "FINISHED");
  news = 0;
  ask_all();
  CHECK(news == 64);
}

TEST_CASE(
    "thousands of idle and dribbling connections cost little, and one more client is served") {
  constexpr std::size_t kBytesPerConnectionMax = std::size_t{24} << 10;
  server::ServerConfig config = TestServer::development();
  config.http.header_timeout_ms = 600'000;
  config.http.io_timeout_ms = 600'000;
  TestServer server(config);
  REQUIRE(server.sync(R"({"scope":"s"})", things(10, 1)).status == 200);
  const std::size_t count = connections_allowed(3000);
  WARN(count << " connections");
  const std::size_t resident_before = resident_bytes();
  std::vector<std::unique_ptr<Wire>> idle;
  for (std::size_t i = 0; i < count; ++i) {
    idle.push_back(std::make_unique<Wire>(server.port()));
    if (i % 3 == 0) idle.back()->send("GET /healthz HTTP/1.1\r\nHost: local");
  }
  // A byte for each header, and a request between them.
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < count; i += 3) {
      idle[i]->send("x");
    }
    CHECK(server.ask(R"({ queryV1(query: "FIND thing") { totalCount } })").status == 200);
  }
  CHECK(server.http().figures().connections_open >= count);
  const std::size_t resident = resident_bytes();
  const std::size_t each = (resident - std::min(resident, resident_before)) / count;
  WARN(each << " bytes resident for each connection");
#ifndef __SANITIZE_THREAD__  // Which has memory of its own beside each byte.
  CHECK(each < kBytesPerConnectionMax);
#endif
  // Bodies that do not come, and clients that have said all they will.
  for (std::size_t i = 1; i < count; i += 3) {
    idle[i]->send("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nab");
    idle[i + 1 < count ? i + 1 : i]->finish_sending();
  }
  CHECK(server.ask("{ iamGetAccount { accountId } }").status == 200);
  idle.clear();
  CHECK(has_let_all_go(server));
  CHECK(server.http().figures().body_bytes_held == 0);
}

TEST_CASE("a query ends when its client closes, resets, or has more on the way") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 3'600'000;
  TestServer server(config);
  {
    Wire wire(server.port());
    load_heavy(wire);
  }
  for (const int way : {0, 1, 2}) {
    INFO("way " << way);
    {
      Wire wire(server.port());
      wire.send(query_request(kHeavyQuery));
      if (way == 1) wire.send(kHealth);  // Bytes before the end.
      CHECK(eventually([&] { return server.http().figures().requests_in_work == 1; }));
      if (way == 2) wire.reset_on_close();
    }
    CHECK(has_let_all_go(server));
  }
}

TEST_CASE("TLS: a query ends when its client closes, with or without a goodbye") {
  const Scratch scratch;
  const TestCertificate certificate = TestCertificate::make();
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 3'600'000;
  config.tls = certificate.write(scratch, "server");
  TestServer server(config);
  {
    TlsWire wire(server.port(), certificate);
    load_heavy(wire);
  }
  for (const bool goodbye : {false, true}) {
    INFO("goodbye " << goodbye);
    {
      TlsWire wire(server.port(), certificate);
      wire.send(query_request(kHeavyQuery));
      CHECK(eventually([&] { return server.http().figures().requests_in_work == 1; }));
      if (goodbye) wire.say_goodbye();
    }
    CHECK(has_let_all_go(server));
  }
}

TEST_CASE("a stopping server writes the answer that it has begun") {
  constexpr int kRows = 250;
  TestServer server;
  std::string rows = R"({"entities":[)";
  for (int i = 0; i < kRows; ++i) {
    rows += fmt::format(R"({}{{"_key":"{}","_type":"t","_class":"C","text":"{}"}})",
                        i == 0 ? "" : ",",
                        i,
                        std::string(50'000, 'x'));
  }
  REQUIRE(server.sync(R"({"scope":"s"})", rows + "]}").status == 200);
  Wire wire(server.port());
  wire.send(query_request("FIND t"));
  REQUIRE(wire.wait(30'000));  // More than the buffers of the system hold, so most is still there.
  const std::uint16_t port = server.port();
  std::thread stopping([&] { server.stop(); });
  CHECK(eventually([&] { return !Wire(port, Wire::MayFail{}).is_connected(); }));
  const Reply reply = wire.read();
  stopping.join();
  CHECK(reply.status == 200);
  CHECK_FALSE(reply.closed);
  CHECK(reply.body.size() > kRows * std::size_t{50'000});
}

TEST_CASE("a stopping server finishes or refuses, and keeps what it has acknowledged") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  std::atomic<int> acknowledged{0};
  std::array<std::atomic<int>, 4> last{};  // Of each client: its jobs 1 to last were acknowledged.
  {
    TestServer server(config);
    const auto port = server.port();
    const auto sync_until_refused = [&, port](std::size_t client) {
      for (int number = 1;; ++number) {
        Wire wire(port, Wire::MayFail{});
        wire.send(request("POST", kJobs, fmt::format(R"({{"scope":"c{}-{}"}})", client, number)));
        const Reply started = wire.read();
        if (started.status != 200) return;
        const std::string job = std::string(kJobs) + "/" + started.text("job.id");
        wire.send(
            request("POST",
                    job + "/upload",
                    fmt::format(R"({{"entities":[{{"_key":"{}-{}","_type":"t","_class":"C"}}]}})",
                                client,
                                number)));
        if (wire.read().status != 200) return;
        wire.send(request("POST", job + "/finalize", ""));
        const Reply done = wire.read();
        if (done.status != 200 || done.text("job.status") != "FINISHED") return;
        last[client] = number;
        ++acknowledged;
      }
    };
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < last.size(); ++i) {
      clients.emplace_back(sync_until_refused, i);
    }
    while (acknowledged < 20) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    server.stop();
    for (std::thread& client : clients) {
      client.join();
    }
  }
  TestServer again(config);
  const Reply found = again.ask(
      R"({ queryV1(query: "FIND t AS t RETURN t._key AS k", flags: {variableResultSize: true}) { data } })");
  for (std::size_t client = 0; client < last.size(); ++client) {
    for (int number = 1; number <= last[client]; ++number) {
      INFO(client << "-" << number);
      CHECK(found.body.find(fmt::format(R"("k":"{}-{}")", client, number)) != std::string::npos);
    }
  }
}
