// What is in the graph: classes, types, verbs, properties.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

std::string text_of(const std::vector<NamedCount>& counts) {
  std::string text;
  for (const NamedCount& item : counts) {
    text += item.name + " " + std::to_string(item.count) + "; ";
  }
  return text;
}

PropertySummary find(const std::vector<PropertySummary>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const PropertySummary& property) {
    return property.name == name;
  });
  if (found == all.end()) FAIL("no property " << name);
  return *found;
}

}  // namespace

TEST_CASE("classes, types and verbs are counted, most frequent first") {
  World world;
  world.sync_inventory();
  const Database& database = world.database();
  CHECK(text_of(database.classes()) == "CodeRepo 3; User 2; Archive 1; ");
  CHECK(text_of(database.types()) == "github_repo 3; github_user 2; ");
  const auto verbs = database.verbs();
  REQUIRE(verbs.size() == 1);
  CHECK(verbs[0].verb == "OWNS");
  CHECK(verbs[0].from_type == "github_user");
  CHECK(verbs[0].to_type == "github_repo");
  CHECK(verbs[0].count == 2);

  REQUIRE(world.database().delete_entity(world.id_of("repo:1")));
  CHECK(text_of(database.types()) == "github_repo 2; github_user 2; ");
  CHECK(database.verbs()[0].count == 1);
}

TEST_CASE("properties are described by effective values") {
  World world;
  world.sync_inventory();
  const PropertySummary before = find(world.database().properties("github_repo"), "criticality");
  CHECK(before.present == 2);
  CHECK(before.overridden == 0);
  CHECK(before.kinds == "number");
  CHECK(before.examples == std::vector<std::string>{"3", "2"});
  world.sync_overrides();
  const auto after = world.database().properties("github_repo");
  CHECK(find(after, "criticality").present == 1);  // One is pinned to absence.
  CHECK(find(after, "criticality").overridden == 2);
  CHECK(find(after, "criticality").examples == std::vector<std::string>{"10"});
  CHECK(find(after, "owner").present == 1);
  CHECK(find(after, "tags").kinds == "list");
  CHECK(find(world.database().properties("User"), "active").kinds == "string, boolean");
}

TEST_CASE("a class means the entities that have it, nothing means all") {
  World world;
  world.sync_inventory();
  CHECK(find(world.database().properties("Archive"), "name").present == 1);
  CHECK(find(world.database().properties("CodeRepo"), "name").present == 3);
  CHECK(find(world.database().properties(""), "name").present == 5);
  CHECK(world.database().properties("nothing like it").empty());
}

TEST_CASE("the summary counts the graph") {
  World world;
  CHECK(world.database().summary().entities == 0);
  world.sync_inventory();
  world.sync_overrides();
  const GraphSummary summary = world.database().summary();
  CHECK(summary.entities == 5);
  CHECK(summary.relationships == 2);
  CHECK(summary.overrides == 4);
  CHECK(summary.version >= 3);
  CHECK(summary.memory_bytes > 0);
}
