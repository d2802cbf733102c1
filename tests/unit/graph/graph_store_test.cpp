#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/graph/graph_builder.h"

using namespace callisto;
using namespace callisto::test;

namespace {

std::vector<std::string> out_keys(const Snapshot& snapshot, const Uuid& from) {
  std::vector<std::string> keys;
  const EntityRef ref = *snapshot.find_entity(from);
  Arena scratch;
  for (const std::uint32_t table : snapshot.tables_from(ref.type)) {
    const RelationshipTable& relationships = *snapshot.relationship_tables()[table];
    for (const std::uint32_t row : relationships.out(ref.row).rows) {
      const ValueView key =
          snapshot.value(EntityRef{relationships.to_type(), row}, metadata::kKey, scratch);
      keys.emplace_back(key.as_string());
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

TEST_CASE("a snapshot never changes: a reader sees one version", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("host-1", "aws_instance", {"Host"}, {{"name", text("one")}});
  REQUIRE(graph.commit());
  const SnapshotPtr before = graph.snapshot();
  graph.entity("host-1", "aws_instance", {"Host"}, {{"name", text("two")}});
  graph.entity("host-2", "aws_instance", {"Host"});
  REQUIRE(graph.commit());

  Arena scratch;
  const EntityRef ref = *before->find_entity(graph.id("host-1"));
  CHECK(to_json(before->value(ref, graph.property("name"), scratch)) == "\"one\"");
  CHECK(before->live_entities() == 1);
  CHECK_FALSE(before->find_entity(graph.id("host-2")));
  CHECK(graph.value("host-1", "name") == "\"two\"");
  CHECK(graph.snapshot()->live_entities() == 2);
}

TEST_CASE("a put is the complete property set: what it does not name is absent", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("host-1", "aws_instance", {"Host"}, {{"name", text("one")}, {"size", number(3)}});
  REQUIRE(graph.commit());
  graph.entity("host-1", "aws_instance", {"Host"}, {{"size", number(4)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("host-1", "name") == "null");
  CHECK(graph.value("host-1", "size") == "4");
}

TEST_CASE("metadata is answered like any property", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("host-1", "aws_instance", {"Host", "Device"});
  REQUIRE(graph.commit());
  CHECK(graph.value("host-1", "_key") == "\"host-1\"");
  CHECK(graph.value("host-1", "_type") == "\"aws_instance\"");
  CHECK(graph.value("host-1", "_class") == "[\"Host\",\"Device\"]");
  CHECK(graph.value("host-1", "_version") == "1");
  CHECK(graph.value("host-1", "_createdOn") == "1000");
  CHECK(graph.value("host-1", "_endOn") == "null");
  CHECK(graph.value("host-1", "_deleted") == "false");
  CHECK(graph.value("host-1", "_source") == "\"integration-managed\"");
  CHECK(graph.value("host-1", "_integrationInstanceId") == "\"one\"");
  CHECK(graph.value("host-1", "_accountId") == "\"test\"");
  CHECK(graph.value("host-1", "_id") == "\"" + to_string(graph.id("host-1")) + "\"");
}

TEST_CASE("relationships are reached from both ends, parallel ones are kept apart",
          "[core][graph]") {
  GraphBuilder graph;
  for (const auto* key : {"a", "b", "c"}) {
    graph.entity(key, "node", {"Node"});
  }
  graph.relationship("a", "HAS", "b");
  graph.relationship("a", "HAS", "b", "#2", {{"port", number(22)}});
  graph.relationship("c", "HAS", "b");
  REQUIRE(graph.commit());
  const SnapshotPtr now = graph.snapshot();
  REQUIRE(now->relationship_tables().size() == 1);
  const RelationshipTable& table = *now->relationship_tables()[0];
  CHECK(out_keys(*now, graph.id("a")) == std::vector<std::string>{"b", "b"});
  CHECK(table.in(now->find_entity(graph.id("b"))->row).rows.size() == 3);
  CHECK(now->live_relationships() == 3);

  const auto second = now->find_relationship(PartitionId{0}, "a|HAS|b#2");
  REQUIRE(second);
  Arena scratch;
  CHECK(to_json(now->value(*second, graph.property("port"), scratch)) == "22");
  CHECK(to_json(now->value(*second, metadata::kFromEntityKey, scratch)) == "\"a\"");
  CHECK(to_json(now->value(*second, metadata::kToEntityId, scratch)) ==
        "\"" + to_string(graph.id("b")) + "\"");
}

TEST_CASE("a soft delete hides the entity and its relationship, and both can come back",
          "[core][graph]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"}, {{"x", number(1)}});
  graph.entity("b", "node", {"Node"});
  graph.relationship("a", "HAS", "b");
  REQUIRE(graph.commit());

  EntityPut& gone = graph.entity("b", "node", {"Node"});
  gone.meta = {
      .created_on_ms = 1000, .begin_on_ms = 1000, .end_on_ms = 2000, .version = 2, .deleted = true};
  gone.sets_base = false;
  RelationshipPut& link = graph.relationship("a", "HAS", "b");
  link.meta.deleted = true;
  link.sets_base = false;
  REQUIRE(graph.commit());
  SnapshotPtr now = graph.snapshot();
  CHECK(now->live_entities() == 1);
  CHECK(now->live_relationships() == 0);
  CHECK(out_keys(*now, graph.id("a")).empty());
  CHECK(graph.value("b", "_deleted") == "true");
  CHECK(graph.value("b", "_endOn") == "2000");
  CHECK(now->entity_tables()[0]->class_sets()[0].live_rows == 1);

  graph.entity("b", "node", {"Node"});
  graph.relationship("a", "HAS", "b");
  REQUIRE(graph.commit());
  now = graph.snapshot();
  CHECK(now->live_entities() == 2);
  CHECK(out_keys(*now, graph.id("a")) == std::vector<std::string>{"b"});
  CHECK(graph.value("b", "_endOn") == "null");
  CHECK(now->entity_tables()[0]->class_sets()[0].live_rows == 2);
}

TEST_CASE("a hard delete leaves nothing, and the same id starts anew", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"}, {{"x", number(1)}});
  REQUIRE(graph.commit());
  const SnapshotPtr before = graph.snapshot();
  graph.change().erased.push_back({.id = graph.id("a")});
  REQUIRE(graph.commit());
  CHECK_FALSE(graph.snapshot()->find_entity(graph.id("a")));
  CHECK(before->find_entity(graph.id("a")));
  graph.entity("a", "node", {"Node"}, {{"y", number(2)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("a", "x") == "null");
  CHECK(graph.value("a", "y") == "2");
  CHECK(graph.snapshot()->live_entities() == 1);
}

TEST_CASE("an entity whose type changes moves to the other table", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("a", "old_type", {"Node"}, {{"x", number(1)}});
  REQUIRE(graph.commit());
  graph.entity("a", "new_type", {"Node"}, {{"x", number(1)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("a", "_type") == "\"new_type\"");
  CHECK(graph.snapshot()->live_entities() == 1);
  CHECK(graph.snapshot()->entity_tables()[0]->live_rows() == 0);
}

TEST_CASE("a relationship to nothing is refused and changes nothing", "[core][graph]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"});
  REQUIRE(graph.commit());
  const SnapshotPtr before = graph.snapshot();
  graph.entity("b", "node", {"Node"});
  graph.relationship("a", "HAS", "nothing");
  const Status refused = graph.commit();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::Corruption);
  CHECK(graph.snapshot() == before);
  // The row that was never published is not found, and its id can be used.
  CHECK_FALSE(graph.snapshot()->find_entity(graph.id("b")));
  graph.entity("c", "node", {"Node"});
  graph.entity("b", "node", {"Node"}, {{"x", number(7)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("b", "x") == "7");
  CHECK(graph.value("c", "_key") == "\"c\"");
}

TEST_CASE("tables grow past one chunk and updates find their rows", "[core][graph]") {
  GraphBuilder graph;
  const std::uint32_t count = 3 * kChunkRows + 17;
  for (std::uint32_t i = 0; i < count; ++i) {
    graph.entity("key-" + std::to_string(i),
                 "node",
                 {"Node"},
                 {{"i", number(i)}, {"even", ValueView::boolean(i % 2 == 0)}});
  }
  REQUIRE(graph.commit());
  for (std::uint32_t i = 0; i + 1 < count; i += 7) {
    graph.relationship("key-" + std::to_string(i), "NEXT", "key-" + std::to_string(i + 1));
  }
  graph.entity("key-5000", "node", {"Node"}, {{"i", number(-1)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("key-5000", "i") == "-1");
  CHECK(graph.value("key-5000", "even") == "null");
  CHECK(graph.value("key-4999", "i") == "4999");
  CHECK(graph.value("key-6160", "even") == "true");
  const SnapshotPtr now = graph.snapshot();
  CHECK(now->entity_tables()[0]->chunks().size() == 4);
  CHECK(out_keys(*now, graph.id("key-4998")) == std::vector<std::string>{"key-4999"});
  CHECK(now->live_entities() == count);
}
