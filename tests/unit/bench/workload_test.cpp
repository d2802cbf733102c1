// The generated asset graph is the same everywhere and has the shape that benchmarks rely on.
#include "bench/generator/workload.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "bench/generator/pins.h"
#include "bench/generator/upload_writer.h"

using namespace callisto::bench;

namespace {

constexpr double kSmall = 0.02;

// FNV-1a over every upload body of the workload.
std::uint64_t digest(const Workload& workload, std::uint32_t revision) {
  std::uint64_t hash = 0;
  const auto add = [&](std::string_view body, std::uint32_t) {
    hash = mix(hash, hash_text(body));
    return true;
  };
  for (const EntityKind& kind : entity_kinds())
    write_entities(workload, kind, revision, add);
  for (const RelationshipKind& kind : relationship_kinds()) {
    write_relationships(workload, kind, revision, add);
  }
  return hash;
}

std::string entity_json(const Workload& workload,
                        std::string_view type,
                        std::uint32_t row,
                        std::uint32_t revision = 0) {
  Entity entity;
  std::string out;
  workload.entity(entity, kind_of(type), row, revision);
  append_entity_json(out, kind_of(type), entity);
  return out;
}

}  // namespace

TEST_CASE("the random numbers are the same on every platform") {
  Random random(42);
  const std::vector<std::uint32_t> drawn{random.next(), random.next(), random.next()};
  CHECK(drawn == std::vector<std::uint32_t>{1'768'956'483, 4'001'043'839, 743'431'577});
  CHECK(Random(7).skewed(1'000'000, 3) == 621'772);
}

TEST_CASE("the sizes S and M have the counts that figures are quoted for") {
  CHECK(Workload(Size::S).entities() == 110'551);
  CHECK(Workload(Size::S).relationships() == 429'900);
  CHECK(Workload(Size::M).entities() == 1'105'501);
  CHECK(Workload(Size::M).relationships() == 4'299'000);
  CHECK(entity_kinds().size() == 28);
  CHECK(relationship_kinds().size() == 39);
}

TEST_CASE("the same seed gives the same bytes, another seed others") {
  CHECK(digest(Workload(kSmall, 1), 0) == 17'202'681'516'364'419'433U);
  CHECK(digest(Workload(kSmall, 1), 0) != digest(Workload(kSmall, 2), 0));
  CHECK(digest(Workload(kSmall, 1), 0) != digest(Workload(kSmall, 1), 1));
}

TEST_CASE("an entity is a function of its row: no matter what was made before") {
  const Workload workload(Size::S);
  const std::string alone = entity_json(workload, "okta_user", 19'999);
  for (std::uint32_t row = 0; row < 50; ++row)
    entity_json(workload, "okta_user", row);
  CHECK(entity_json(workload, "okta_user", 19'999) == alone);
  CHECK(entity_json(workload, "github_team", 3) ==
        R"({"_key":"github_team:3","_type":"github_team","_class":["UserGroup"],)"
        R"("displayName":"zone-3","name":"cookie-3","privacy":"internal"})");
}

TEST_CASE("each sync changes a hundredth of the rows, for good") {
  const Workload workload(Size::S);
  std::set<std::uint32_t> ever;
  for (std::uint32_t revision = 1; revision <= 3; ++revision) {
    std::uint32_t changed = 0;
    for (std::uint32_t row = 0; row < 20'000; ++row) {
      if (changes_until(row, revision) == changes_until(row, revision - 1)) continue;
      ++changed;
      CHECK(ever.insert(row).second);
      CHECK(entity_json(workload, "okta_user", row, revision) !=
            entity_json(workload, "okta_user", row, revision - 1));
    }
    CHECK(changed > 150);
    CHECK(changed < 250);
  }
  CHECK(changes_until(5, 100) == 1);
  CHECK(changes_until(5, 200) == 2);
}

TEST_CASE("relationships: ends exist, keys are unique, no loops") {
  const Workload workload(kSmall, 1);
  for (const RelationshipKind& kind : relationship_kinds()) {
    INFO(relationship_type(kind));
    std::set<std::string> keys;
    const std::vector<Edge> edges = workload.edges(kind);
    CHECK_FALSE(edges.empty());
    for (const Edge& edge : edges) {
      CHECK(edge.from < workload.rows(kind_of(kind.from)));
      CHECK(edge.to < workload.rows(kind_of(kind.to)));
      CHECK_FALSE((kind.from == kind.to && edge.from == edge.to));
      CHECK(keys.insert(edge_key(kind, edge)).second);
    }
  }
}

TEST_CASE("degrees follow a power law: few hubs, a long tail") {
  const Workload workload(Size::S);
  std::map<std::uint32_t, std::uint32_t> degrees;
  for (const Edge& edge : workload.edges(relationship_kind_of("okta_user_assigned_application"))) {
    ++degrees[edge.to];
  }
  std::vector<std::uint32_t> sorted;
  for (const auto& [to, degree] : degrees)
    sorted.push_back(degree);
  std::sort(sorted.rbegin(), sorted.rend());
  std::uint32_t top = 0;
  for (std::size_t i = 0; i < sorted.size() / 100; ++i)
    top += sorted[i];
  CHECK(top > 5'000);           // A hundredth of the applications has a tenth of the edges,
  CHECK(sorted[500] < 60);      // half of them has few,
  CHECK(degrees.size() > 900);  // and hardly any has none.
}

TEST_CASE("every kind of property occurs, and some are absent") {
  const Workload workload(Size::S);
  std::set<std::size_t> kinds;
  std::uint32_t without_tags = 0;
  Entity entity;
  for (std::uint32_t row = 0; row < 200; ++row) {
    workload.entity(entity, kind_of("okta_user"), row);
    bool tags = false;
    for (const Property& property : entity.properties) {
      kinds.insert(property.value.index());
      tags = tags || property.name == "tags";
    }
    without_tags += tags ? 0 : 1;
  }
  workload.entity(entity, kind_of("cve"), 0);
  for (const Property& property : entity.properties)
    kinds.insert(property.value.index());
  CHECK(kinds.size() == std::variant_size_v<PropertyValue>);
  CHECK(without_tags > 100);
  CHECK(without_tags < 180);
}

TEST_CASE("10,000 overrides, each on an entity of its own, with other values each round") {
  const Workload workload(Size::S);
  const std::vector<Pin> first = override_pins(workload, 0);
  const std::vector<Pin> second = override_pins(workload, 1);
  REQUIRE(first.size() == kOverrideRows);
  REQUIRE(second.size() == kOverrideRows);
  std::set<std::string> entities;
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(entities.insert(entity_key(first[i].type, first[i].row)).second);
    CHECK(first[i].row < workload.rows(kind_of(first[i].type)));
    CHECK(first[i].row == second[i].row);
    CHECK(first[i].property == second[i].property);
    CHECK(first[i].value != second[i].value);
  }
}
