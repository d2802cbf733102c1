// GraphView: objects by id, and all of them page by page.
#include <set>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

// All objects over pages of `limit`, each named by its whole text.
std::multiset<std::string> walk(const GraphView& view, bool entities, ObjectsRequest request) {
  std::multiset<std::string> found;
  for (int pages = 0; pages < 10'000; ++pages) {
    const ObjectsPage page = entities ? view.entities(request) : view.relationships(request);
    CHECK(page.objects.size() <= request.limit);
    found.insert(page.objects.begin(), page.objects.end());
    if (!page.next) return found;
    CHECK(page.objects.size() > 0);
    CHECK(*page.next > request.begin);
    request.begin = *page.next;
  }
  FAIL("the pages have no end");
  return found;
}

std::string many(int count) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < count; ++i) {
    body += fmt::format(
        R"({}{{"_key":"k{}","_type":"type{}","_class":"Thing"}})", i == 0 ? "" : ",", i, i % 3);
  }
  return body + "]}";
}

}  // namespace

TEST_CASE("wire-api 7: an entity and a relationship are found by their ids, as queries show them") {
  World world;
  world.sync_inventory();
  world.sync_overrides();
  const GraphView view = world.database().view();
  const std::string id = world.id_of("repo:1");
  const Result<std::string> entity = view.entity(id);
  REQUIRE(entity);
  // Times are texts in a list, and numbers here.
  std::string row = world.rows("FIND * WITH _id = '" + id + "'").front();
  for (const std::string time = R"("2023-11-14T22:13:20.000Z")"; row.find(time) != row.npos;) {
    row.replace(row.find(time), time.size(), "1700000000000");
  }
  CHECK(row == *entity);
  CHECK(entity->find(R"("criticality":10)") != std::string::npos);  // O-1.

  const ObjectsPage all = view.relationships({});
  REQUIRE_FALSE(all.objects.empty());
  const std::string edge_id = all.objects.front().substr(7, 36);
  const Result<std::string> edge = view.relationship(edge_id);
  REQUIRE(edge);
  CHECK(*edge == all.objects.front());
  CHECK(edge->find(R"("fromVertexId":")") != std::string::npos);

  for (const std::string& unknown : {std::string(), std::string("x"), edge_id}) {
    CHECK(view.entity(unknown).error().code == ErrorCode::NotFound);
  }
  CHECK(view.relationship(id).error().code == ErrorCode::NotFound);
  CHECK(view.relationship(id).error().message.find(id) != std::string::npos);
}

TEST_CASE("a deleted object is found when deleted ones are asked for, an erased one never") {
  World world;
  world.sync_inventory();
  const std::string id = world.id_of("user:2");
  const std::size_t users = walk(world.database().view(), true, {}).size();
  REQUIRE(world.database().delete_entity(id));
  const GraphView view = world.database().view();
  CHECK(view.entity(id).error().code == ErrorCode::NotFound);
  REQUIRE(view.entity(id, true));
  CHECK(view.entity(id, true)->find(R"("_deleted":true)") != std::string::npos);
  CHECK(walk(view, true, {.limit = 2}).size() == users - 1);
  CHECK(walk(view, true, {.limit = 2, .include_deleted = true}).size() == users);
  REQUIRE(world.database().delete_entity(id, true));
  CHECK(world.database().view().entity(id, true).error().code == ErrorCode::NotFound);
  CHECK(walk(world.database().view(), true, {.include_deleted = true}).size() == users - 1);
  CHECK(view.entity(id, true));  // The older version is as it was.
}

TEST_CASE("pages of any size hold every object of their version once, whatever happens meanwhile") {
  World world;
  world.sync(SyncMode::Diff, "many", many(5000));  // Several chunks of several tables.
  const GraphView view = world.database().view();
  const std::multiset<std::string> all = walk(view, true, {.limit = 100'000});
  CHECK(all.size() == 5000);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 5000);
  const std::size_t limit = GENERATE(1U, 7U, 2047U, 2048U, 2049U, 5000U);
  CHECK(walk(view, true, {.limit = limit}) == all);
  ObjectsRequest next{.limit = limit};
  next.begin = view.entities(next).next.value_or(0);
  world.sync(SyncMode::Diff, "many", many(10));
  CHECK(walk(world.database().view(), true, {.limit = limit}).size() == 10);
  const std::size_t rest = next.begin == 0 ? 5000 : 5000 - limit;
  CHECK(walk(view, true, next).size() == rest);
  CHECK(view.version() < world.database().view().version());
}

TEST_CASE("a page of objects ends when it has too many bytes, and never without an object") {
  World world;
  world.sync(SyncMode::Diff, "many", many(50));
  const GraphView view = world.database().view();
  CHECK(view.entities({.bytes_max = 0}).objects.size() == 1);
  const std::size_t some = view.entities({.bytes_max = 2000}).objects.size();
  CHECK(some > 1);
  CHECK(some < 50);
  CHECK(walk(view, true, {.bytes_max = 2000}).size() == 50);
  CHECK(view.entities({.begin = ~std::uint64_t{0}}).objects.empty());
  CHECK(World().database().view().entities({}).objects.empty());
}
