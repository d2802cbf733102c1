// GET /entities and /relationships: everything, page by page, of one graph version.
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/http/http_client.h"

#include "server/pinned_views.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

std::string things(int count) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    body += fmt::format(R"({}{{"_key":"k{}","_type":"thing{}","_class":"Thing","number":{}}})",
                        i == 0 ? "" : ",",
                        i,
                        i % 2,
                        i);
  }
  body += R"(],"relationships":[)";
  for (int i = 1; i < count; ++i) {
    body += fmt::format(
        R"({}{{"_key":"r{}","_type":"thing_has_thing","_class":"HAS","_fromEntityKey":"k{}","_toEntityKey":"k0"}})",
        i == 1 ? "" : ",",
        i,
        i);
  }
  return body + "]}";
}

void sync(TestServer& server, const std::string& scope, int count) {
  REQUIRE(
      server.sync(fmt::format(R"({{"scope":"{}"}})", scope), things(count)).text("job.status") ==
      "FINISHED");
}

// The keys of a page, and where the next begins.
std::string read_page(const Reply& page, std::multiset<std::string>& keys) {
  INFO(page.body);
  REQUIRE(page.status == 200);
  const server::Json json = page.json();
  for (const server::Json& item : *json.find("items")->array()) {
    keys.insert(item.text_of("_key"));
  }
  return page.text("endCursor");
}

class FixedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return now; }

  std::int64_t now = 1'700'000'000'000;
};

}  // namespace

TEST_CASE("wire-api 10: pages hold every object of the first page's graph once, and no other") {
  TestServer server;
  sync(server, "s", 60);
  const auto [path, wanted] = GENERATE(std::pair<std::string, std::size_t>{"/entities", 60},
                                       std::pair<std::string, std::size_t>{"/relationships", 59});
  std::multiset<std::string> keys;
  int pages = 0;
  std::string cursor;
  do {
    const std::string target = fmt::format("{}?limit=25&cursor={}", path, cursor);
    const std::string next = read_page(server.get(target), keys);
    if (pages == 1) {  // Asked again, a page is the same: its answer may have been lost.
      CHECK(read_page(server.get(target), keys) == next);
    }
    cursor = next;
    // Others write meanwhile.
    sync(server, "s", 30 - pages);
    sync(server, "other", 40 + pages);
  } while (!cursor.empty() && ++pages < 10);
  CHECK(pages == 2);
  CHECK(keys.size() == wanted + 25);
  CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == wanted);
}

TEST_CASE("wire-api 10: a cursor that is no cursor of this route, or gone, is a clear error") {
  TestServer server;
  sync(server, "s", 10);
  const std::string cursor = server.get("/entities?limit=3").text("endCursor");
  REQUIRE_FALSE(cursor.empty());
  for (const std::string& wrong : {std::string("x"),
                                   "r" + cursor.substr(1),
                                   cursor + "x",
                                   cursor + ".1",
                                   std::string("e..")}) {
    const Reply reply = server.get("/entities?cursor=" + wrong);
    INFO(wrong << ": " << reply.body);
    CHECK(reply.status == 400);
    CHECK(reply.text("error.message").find("none that this route gave") != std::string::npos);
  }
  // Of another account, or of the time before a restart: places have another meaning there.
  server.account = "other";
  sync(server, "s", 10);
  CHECK(server.get("/entities?cursor=" + cursor).status == 404);
  server.account = "acme";
  CHECK(server.get("/entities?cursor=" + cursor).status == 200);
  // More walks at once, each of a version of its own, than are kept.
  for (int i = 0; i < 9; ++i) {
    sync(server, "s", 11 + i);
    REQUIRE_FALSE(server.get("/entities?limit=3").text("endCursor").empty());
  }
  const Reply gone = server.get("/entities?cursor=" + cursor);
  CHECK(gone.status == 404);
  CHECK(gone.text("error.message").find("begin again without a cursor") != std::string::npos);
}

TEST_CASE("a pinned graph version is forgotten after its time, and kept while it is read") {
  const Result<Database> opened = Database::open({});
  REQUIRE(opened);
  FixedClock clock;
  server::PinnedViews views(clock);
  const GraphView view = opened->view();
  views.pin(view, 1000);
  clock.now += 900;
  REQUIRE(views.find(view.version()));
  views.pin(view, 1000);
  clock.now += 900;
  CHECK(views.find(view.version()));
  CHECK_FALSE(views.find(view.version() + 1));
  clock.now += 900;
  CHECK_FALSE(views.find(view.version()));
  CHECK(views.size() == 0);
}
