#include "core/indexes/value_index.h"

#include <catch2/catch.hpp>

#include "tests/unit/graph/graph_builder.h"

using namespace callisto;
using namespace callisto::test;

namespace {

constexpr std::uint32_t kEntities = 5 * kChunkRows;

std::string email(std::uint32_t i) {
  return "user-" + std::to_string(i % 9000) + "@example.com";  // Some are shared by two.
}

// The second lookup makes the index; both must say the same as a scan.
std::optional<std::vector<std::uint32_t>> seek(GraphBuilder& graph,
                                               std::string_view property,
                                               ValueView value) {
  const PropertyTable& table = *graph.snapshot()->entity_tables()[0];
  const Slot slot = *table.slot(graph.property(property));
  (void)table.indexes().find_equal(table, slot, value);
  return table.indexes().find_equal(table, slot, value);
}

void fill(GraphBuilder& graph) {
  for (std::uint32_t i = 0; i < kEntities; ++i) {
    graph.entity("key-" + std::to_string(i),
                 "user",
                 {"User"},
                 {{"email", text(email(i))}, {"n", number(i % 5)}});
  }
  REQUIRE(graph.commit());
}

}  // namespace

TEST_CASE("a value index finds every row of a value", "[core][index]") {
  GraphBuilder graph;
  fill(graph);
  CHECK(seek(graph, "email", text("user-17@example.com")) == std::vector<std::uint32_t>{17, 9017});
  CHECK(seek(graph, "email", text("nobody")) == std::vector<std::uint32_t>{});
}

TEST_CASE("a property with few distinct values is scanned instead", "[core][index]") {
  GraphBuilder graph;
  fill(graph);
  CHECK_FALSE(seek(graph, "n", number(3)));
}

TEST_CASE("O-1 an index answers with effective values, and follows later versions",
          "[core][index]") {
  GraphBuilder graph;
  fill(graph);
  REQUIRE(seek(graph, "email", text("user-17@example.com")));
  const SnapshotPtr before = graph.snapshot();

  PropertyLayers stack{.property = graph.property("email")};
  stack.overrides = {{.scope = ScopeId{1}, .value = std::string("pinned@example.com")}};
  EntityPut& put = graph.entity("key-17", "user", {"User"});
  put.sets_base = false;
  put.sets_layers = true;
  put.layers = std::make_shared<ObjectLayers>(ObjectLayers{{stack}});
  graph.entity("new", "user", {"User"}, {{"email", text("user-17@example.com")}});
  REQUIRE(graph.commit());

  CHECK(seek(graph, "email", text("pinned@example.com")) == std::vector<std::uint32_t>{17});
  CHECK(seek(graph, "email", text("user-17@example.com")) ==
        std::vector<std::uint32_t>{9017, kEntities});
  const PropertyTable& old = *before->entity_tables()[0];
  CHECK(old.indexes().find_equal(
            old, *old.slot(graph.property("email")), text("user-17@example.com")) ==
        std::vector<std::uint32_t>{17, 9017});
}
