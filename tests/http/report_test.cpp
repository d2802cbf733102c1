// What a finished job did is answered as often as it is asked for.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"
#include "tests/http/things.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kJobs = "/persister/synchronization/jobs";

}  // namespace

TEST_CASE("O-20 a finished job answers its report again, after a restart too") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  const auto query = GENERATE(as<std::string>{}, "?report=true", "?report=true&changes=120");
  std::string job;
  std::string answer;
  {
    TestServer server(config);
    server.sync(R"({"scope":"s"})", things(150, 1));
    job = fmt::format("{}/{}", kJobs, server.start(R"({"scope":"s"})"));
    CHECK(server.get(job + "?report=true").text("report") == "null");
    server.post(job + "/upload", things(140, 2));
    answer = server.post(job + "/finalize" + query, "").body;
    // Others write meanwhile.
    server.sync(R"({"scope":"s"})", things(10, 3));
    CHECK(server.post(job + "/finalize" + query, "").body == answer);
    CHECK(server.get(job + query).body == answer);
  }
  TestServer server(config);
  const Reply again = server.post(job + "/finalize" + query, "");
  CHECK(again.body == answer);
  CHECK(server.get(job + query).body == answer);
  CHECK(again.json().find("report")->find("changes")->array()->size() ==
        (query.ends_with("120") ? 120 : 100));
  CHECK(again.number("report.numChanges") == 150);
  CHECK(again.number("report.numEntitiesDeleted") == 10);
  CHECK(again.text("report.changes.0.properties.0") ==
        R"({"property":"version","before":1,"after":2})");
  // Fewer, when fewer are asked for.
  const Reply few = server.get(job + "?report=true&changes=3");
  CHECK(few.json().find("report")->find("changes")->array()->size() == 3);
  CHECK(few.text("report.changesTruncated") == "true");
  CHECK(server.get(job + "?changes=many").status == 400);
}

TEST_CASE("O-13 a finished job tells the rows it skipped whenever it is read") {
  TestServer server;
  const std::string job =
      fmt::format("{}/{}", kJobs, server.start(R"({"scope":"p","syncMode":"OVERRIDE"})"));
  server.post(job + "/upload",
              R"({"entities":[{"_id":"00000000-0000-5000-8000-000000000000","a":1}]})");
  const std::string answer = server.post(job + "/finalize", "").body;
  CHECK(answer.find(R"("numRowsSkipped":1)") != std::string::npos);
  CHECK(server.get(job).body == answer);
  CHECK(server.post(job + "/finalize", "").body == answer);
}
