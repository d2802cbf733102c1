// Raw data over REST: what uploads bring, and what is told of it.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"
#include "tests/support/scratch.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

std::string thing(std::string_view raw_data) {
  return fmt::format(
      R"({{"entities":[{{"_key":"k","_type":"thing","_class":"Thing","_rawData":{}}}]}})",
      raw_data);
}

// Where the raw data of the thing is.
std::string place_of(TestServer& server) {
  return "/entities/" +
         server.ask(R"({ vertex(filters: {_key: "k"}) { id } })").text("data.vertex.id") +
         "/raw-data";
}

}  // namespace

TEST_CASE("wire-api 10: entries of raw data tell since when they are kept and say what they say") {
  const Scratch scratch;
  server::ServerConfig config = TestServer::development();
  config.data_directory = scratch.path("data");
  std::string place;
  Reply first;
  {
    TestServer server(config);
    const std::int64_t before = system_clock().now_ms();
    server.sync(R"({"scope":"s"})",
                thing(R"([{"name":"a","rawData":{"x":1}},{"name":"b","rawData":"text"}])"));
    place = place_of(server);
    first = server.get(place);
    INFO(first.body);
    for (const char* time : {"entries.a.createdOn", "entries.a.beginOn", "entries.b.beginOn"}) {
      CHECK(first.number(time) >= static_cast<double>(before));
      CHECK(first.number(time) <= static_cast<double>(system_clock().now_ms()));
    }
    CHECK(first.number("entries.b.contentLength") == 4);
    CHECK(first.text("entries.a.deleted") == "false");
  }
  TestServer server(config);
  CHECK(server.get(place).body == first.body);
  while (static_cast<double>(system_clock().now_ms()) <= first.number("entries.a.createdOn")) {
  }
  server.sync(R"({"scope":"s"})",
              thing(R"([{"name":"a","rawData":{"x":2}},{"name":"b","rawData":"text"}])"));
  const Reply second = server.get(place);
  INFO(second.body);
  CHECK(second.number("entries.a.createdOn") == first.number("entries.a.createdOn"));
  CHECK(second.number("entries.a.beginOn") > first.number("entries.a.beginOn"));
  CHECK(second.text("entries.b") == first.text("entries.b"));
}
