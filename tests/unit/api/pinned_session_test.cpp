// Reads that stay on the version of the graph that they began with.
#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kCount = "FIND github_repo AS r RETURN COUNT(r) AS n";
constexpr const char* kAll = "FIND * WITH _type = ('a_host' or 'b_host') AS h RETURN h.name";

double count(Session& session) {
  auto result = session.run(kCount);
  REQUIRE(result);
  const auto batch = result->next();
  REQUIRE(batch);
  REQUIRE(*batch != nullptr);
  return (*batch)->value(0, 0).as_number();
}

std::string hosts(const std::string& type, int count, const std::string& name) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    body += (i == 0 ? "" : ",") + (R"({"_key":")" + type) + std::to_string(i) + R"(","_type":")" +
            type + R"(","_class":"Host","name":")" + name + R"("})";
  }
  return body + "]}";
}

}  // namespace

TEST_CASE("j1ql 8.3 a result stays on the graph version that it began with") {
  World world;
  // More than one batch, in two tables.
  world.sync(SyncMode::Diff, "a", hosts("a_host", 3000, "before"));
  world.sync(SyncMode::Diff, "b", hosts("b_host", 3000, "before"));
  Session session = world.database().session();
  auto result = session.run(kAll);
  REQUIRE(result);
  std::size_t rows = 0;
  bool changed = false;
  for (;;) {
    const auto batch = result->next();
    REQUIRE(batch);
    if (*batch == nullptr) break;
    for (std::size_t row = 0; row < (*batch)->rows(); ++row) {
      REQUIRE((*batch)->value(row, 0).as_string() == "before");
    }
    rows += (*batch)->rows();
    if (changed) continue;
    changed = true;
    world.sync(SyncMode::Diff, "a", hosts("a_host", 10, "after"));
    world.sync(SyncMode::Diff, "b", hosts("b_host", 10, "after"));
  }
  CHECK(rows == 6000);
  CHECK(world.rows(kAll).size() == 20);
}

TEST_CASE("j1ql 8.3 a pinned session sees one version in all its queries until it is unpinned") {
  World world;
  world.sync_inventory();
  Session pinned = world.database().session();
  Session other = world.database().session();
  pinned.pin();
  const std::uint64_t version = pinned.version();
  CHECK(count(pinned) == 3);
  world.sync(SyncMode::Diff, "inventory", R"({"entities":[]})");
  CHECK(count(pinned) == 3);
  CHECK(count(other) == 0);
  CHECK(pinned.version() == version);
  CHECK(other.version() > version);
  pinned.pin();
  CHECK(count(pinned) == 0);
  world.sync_inventory();
  CHECK(count(pinned) == 0);
  pinned.unpin();
  CHECK(count(pinned) == 3);
}

TEST_CASE("j1ql 3.12 a pinned session keeps the smart classes that it was pinned with") {
  World world;
  world.sync_inventory();
  REQUIRE(world.database().define_smart_class("Top", {"FIND github_repo"}));
  Session session = world.database().session();
  session.pin();
  REQUIRE(world.database().define_smart_class("Top", {"FIND github_user"}));
  const auto first_type = [&session] {
    auto result = session.run("FIND #Top AS x RETURN x._type LIMIT 1");
    REQUIRE(result);
    const auto batch = result->next();
    REQUIRE(batch);
    REQUIRE(*batch != nullptr);
    return std::string((*batch)->value(0, 0).as_string());
  };
  CHECK(first_type() == "github_repo");
  session.unpin();
  CHECK(first_type() == "github_user");
}
