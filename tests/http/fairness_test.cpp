// Nobody keeps others waiting: shares of the workers, brief turns, and what waits for no worker.
#include <condition_variable>
#include <mutex>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/heavy_query.h"
#include "tests/http/http_client.h"

#include "server/http/worker_pool.h"

using namespace callisto;
using namespace callisto::tests;
using server::Turn;
using server::WorkerPool;

namespace {

// Tasks that run until they are let go, and what happened in which order.
class Stage {
 public:
  // Says "name+" when it begins and "name-" when it ends; a brief turn begins and gives up.
  WorkerPool::Task held(const std::string& name) {
    return [this, name](Turn turn) {
      if (turn == Turn::Brief) {
        say(name + "?");
        return false;
      }
      say(name + "+");
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return open_; });
      return true;
    };
  }

  WorkerPool::Task quick(const std::string& name) {
    return [this, name](Turn turn) {
      say(name + (turn == Turn::Brief ? "!" : "+"));
      return true;
    };
  }

  void say(const std::string& what) {
    const std::lock_guard lock(mutex_);
    said_.push_back(what);
    changed_.notify_all();
  }

  // Waits until something was said.
  bool heard(const std::string& what) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] {
      return std::find(said_.begin(), said_.end(), what) != said_.end();
    });
  }

  [[nodiscard]] bool has_said(const std::string& what) {
    const std::lock_guard lock(mutex_);
    return std::find(said_.begin(), said_.end(), what) != said_.end();
  }

  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> said_;
  bool open_ = false;
};

}  // namespace

TEST_CASE("workers: a tenant has its share of them, and no more") {
  Stage stage;
  WorkerPool pool({.threads = 3, .of_tenant = 2, .waiting_max = 8});
  REQUIRE(pool.submit("a", false, stage.held("a1")));
  REQUIRE(pool.submit("a", false, stage.held("a2")));
  REQUIRE(pool.submit("a", false, stage.held("a3")));
  CHECK(stage.heard("a1+"));
  CHECK(stage.heard("a2+"));
  REQUIRE(pool.submit("b", false, stage.quick("b1")));
  CHECK(stage.heard("b1+"));  // The third worker was kept for others.
  CHECK_FALSE(stage.has_said("a3+"));
  CHECK(pool.waiting() == 1);
  stage.open();
  CHECK(stage.heard("a3+"));
}

TEST_CASE("workers: when all are busy, what may be tried gets a brief turn") {
  Stage stage;
  WorkerPool pool({.threads = 1, .of_tenant = 1, .waiting_max = 8});
  REQUIRE(pool.submit("a", true, stage.held("a1")));
  CHECK(stage.heard("a1+"));
  REQUIRE(pool.submit("a", true, stage.held("a2")));
  CHECK(stage.heard("a2?"));  // Too long for it: it waits for a full turn.
  REQUIRE(pool.submit("b", true, stage.quick("b1")));
  CHECK(stage.heard("b1!"));
  REQUIRE(pool.submit("b", false, stage.quick("b2")));  // What changes something is not tried.
  REQUIRE(pool.submit("c", true, stage.quick("c1")));
  CHECK(stage.heard("c1!"));
  CHECK_FALSE(stage.has_said("b2+"));
  CHECK_FALSE(stage.has_said("a2+"));
  CHECK(pool.waiting() == 2);
  stage.open();
  CHECK(stage.heard("a2+"));
  CHECK(stage.heard("b2+"));
}

TEST_CASE("workers: a tenant may have so many waiting, others are not concerned") {
  Stage stage;
  WorkerPool pool({.threads = 1, .of_tenant = 1, .waiting_max = 2});
  REQUIRE(pool.submit("a", false, stage.held("a1")));
  CHECK(stage.heard("a1+"));
  CHECK(pool.submit("a", false, stage.quick("a2")));
  CHECK(pool.submit("a", false, stage.quick("a3")));
  CHECK_FALSE(pool.submit("a", false, stage.quick("a4")));
  CHECK(pool.submit("b", false, stage.quick("b1")));
  stage.open();
  CHECK(stage.heard("a3+"));
  CHECK(stage.heard("b1+"));
  CHECK_FALSE(stage.has_said("a4+"));
}

TEST_CASE("workers: what is queued is run before they end, tried or not") {
  Stage stage;
  {
    WorkerPool pool({.threads = 1, .of_tenant = 1, .waiting_max = 8});
    REQUIRE(pool.submit("a", false, stage.held("a1")));
    CHECK(stage.heard("a1+"));
    REQUIRE(pool.submit("a", true, stage.held("a2")));
    CHECK(stage.heard("a2?"));
    REQUIRE(pool.submit("a", false, stage.quick("a3")));
    stage.open();
  }
  CHECK(stage.has_said("a2+"));
  CHECK(stage.has_said("a3+"));
}

TEST_CASE("a task that throws takes its worker nowhere") {
  Stage stage;
  WorkerPool pool({.threads = 1, .of_tenant = 1, .waiting_max = 8});
  REQUIRE(pool.submit("a", false, [](Turn) -> bool { throw std::bad_alloc(); }));
  REQUIRE(pool.submit("a", false, stage.quick("a1")));
  CHECK(stage.heard("a1+"));
}

TEST_CASE(
    "fairness: endless queries of one account leave all routes open for another, and health") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 3'600'000;
  TestServer server(config);
  std::vector<std::unique_ptr<Wire>> hostile;
  for (int i = 0; i < 6; ++i) {
    hostile.push_back(std::make_unique<Wire>(server.port()));
    if (i == 0) load_heavy(*hostile.back());
    hostile.back()->send(query_request(kHeavyQuery));
  }
  server.account = "other";
  CHECK(server.sync(R"({"scope":"s"})", R"({"entities":[{"_key":"k","_type":"n","_class":"N"}]})")
            .text("job.status") == "FINISHED");
  for (int i = 0; i < 20; ++i) {
    const Reply light = server.ask("{ queryV1(query: \"FIND n LIMIT 1\") { totalCount } }");
    CHECK(light.number("data.queryV1.totalCount") == 1);
    CHECK(server.get("/healthz").text("status") == "ok");
    CHECK(server.get("/readyz").text("status") == "ok");
    CHECK(server.get("/metrics").body.find("callisto_requests_in_work") != std::string::npos);
    CHECK(server.get("/persister/synchronization/jobs").text("jobs.0.status") == "FINISHED");
  }
  // The account itself is served by brief turns.
  server.account = "acme";
  CHECK(server.ask("{ queryV1(query: \"FIND n LIMIT 1\") { totalCount } }")
            .number("data.queryV1.totalCount") == 1);
  hostile.clear();
  CHECK(has_let_all_go(server));
}

TEST_CASE("fairness: when endless queries of two accounts have all workers, a third is served") {
  server::ServerConfig config = TestServer::development();
  config.service.query.timeout_ms = 3'600'000;
  config.queries = {.threads = 2, .of_account = 1};
  TestServer server(config);
  std::vector<std::unique_ptr<Wire>> hostile;
  for (const char* account : {"acme", "second"}) {
    for (int i = 0; i < 3; ++i) {
      hostile.push_back(std::make_unique<Wire>(server.port()));
      const auto as = [&](std::string text) {
        text.replace(text.find("acme"), 4, account);
        return text;
      };
      if (i == 0) {
        server.account = account;
        server.sync(R"({"scope":"h"})", heavy_graph());
      }
      hostile.back()->send(as(query_request(kHeavyQuery)));
    }
  }
  server.account = "third";
  // Made in a full turn, so that it has to wait for one: with nothing in the way of the write lane.
  CHECK(server.sync(R"({"scope":"s"})", R"({"entities":[{"_key":"k","_type":"n","_class":"N"}]})")
            .text("job.status") == "FINISHED");
  for (int i = 0; i < 5; ++i) {
    CHECK(server.ask("{ queryV1(query: \"FIND n LIMIT 1\") { totalCount } }")
              .number("data.queryV1.totalCount") == 1);
  }
  hostile.clear();
  CHECK(has_let_all_go(server));
}

TEST_CASE("a brief turn changes nothing: what a mutation would do is done once, in a full one") {
  server::ServerConfig config = TestServer::development();
  config.service.brief_turn_ms = 3'600'000;
  auto application = server::Application::open(config);
  REQUIRE(application);
  server::Request request;
  request.method = "POST";
  request.path = "/graphql";
  request.headers = {
      {"Host", "localhost"}, {"Authorization", "Bearer t"}, {"JupiterOne-Account", "a"}};
  request.body =
      R"({"query":"mutation { createEntity(entityKey: \"k\", entityType: \"t\", entityClass: \"C\") { entity { _id } } }"})";
  const auto count = [&] {
    server::Request asking = request;
    asking.body = R"({"query":"{ entityCount }"})";
    return (*application)->handle(asking, Turn::Brief)->body;
  };
  CHECK(count() == R"({"data":{"entityCount":0}})");
  CHECK_FALSE((*application)->handle(request, Turn::Brief).has_value());
  CHECK(count() == R"({"data":{"entityCount":0}})");
  CHECK((*application)->handle(request, Turn::Full)->status == 200);
  CHECK(count() == R"({"data":{"entityCount":1}})");
}
