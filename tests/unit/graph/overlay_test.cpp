#include <catch2/catch.hpp>

#include "core/overlay/precedence.h"
#include "tests/unit/graph/graph_builder.h"

using namespace callisto;
using namespace callisto::test;
using namespace std::string_literals;

namespace {

LayersPtr layers(PropertyLayers of_one_property) {
  return std::make_shared<ObjectLayers>(ObjectLayers{{std::move(of_one_property)}});
}

// Only the layers of an entity change.
void put_layers(GraphBuilder& graph, std::string_view key, LayersPtr layers) {
  EntityPut& put = graph.entity(key, "node", {"Node"});
  put.sets_base = false;
  put.sets_layers = true;
  put.layers = std::move(layers);
}

}  // namespace

TEST_CASE("O-3 lower layers are kept, and each view sees its own", "[core][overlay]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"}, {{"tier", number(1)}});
  graph.entity("b", "node", {"Node"}, {{"tier", number(9)}});
  REQUIRE(graph.commit());
  PropertyLayers stack{.property = graph.property("tier")};
  stack.patch = LayerEntry{.value = 2.0};
  stack.mutation = LayerEntry{.value = 3.0};
  stack.overrides = {{.scope = ScopeId{1}, .value = 4.0}, {.scope = ScopeId{2}, .value = 5.0}};
  put_layers(graph, "a", layers(stack));
  REQUIRE(graph.commit());

  CHECK(graph.value("a", "tier") == "4");
  CHECK(graph.value("a", "tier", LayerView::Mutation) == "3");
  CHECK(graph.value("a", "tier", LayerView::Integration) == "2");
  CHECK(graph.value("b", "tier") == "9");

  const PropertyTable& table = *graph.snapshot()->entity_tables()[0];
  Arena scratch;
  CHECK(to_json(table.base_value(0, graph.property("tier"), scratch)) == "1");
  const Slot slot = *table.slot(graph.property("tier"));
  const auto shown = [&](LayerView view) {
    return to_json(table.column_as(view, 0, slot, graph.names().strings)->at(0));
  };
  CHECK(shown(LayerView::Effective) == "4");
  CHECK(shown(LayerView::Mutation) == "3");
  CHECK(shown(LayerView::Integration) == "2");
}

TEST_CASE("O-2 an override stays in force whatever the base becomes", "[core][overlay]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"}, {{"tier", number(1)}});
  graph.entity("b", "node", {"Node"}, {{"tier", number(2)}});
  REQUIRE(graph.commit());
  PropertyLayers stack{.property = graph.property("tier")};
  stack.overrides = {{.scope = ScopeId{1}, .value = "high"s, .below = 1.0}};
  put_layers(graph, "a", layers(stack));
  REQUIRE(graph.commit());
  graph.entity("a", "node", {"Node"}, {});
  graph.entity("b", "node", {"Node"}, {{"tier", number(3)}});
  REQUIRE(graph.commit());
  CHECK(graph.value("a", "tier") == "\"high\"");
  CHECK(graph.value("b", "tier") == "3");
  CHECK(graph.snapshot()->entity_tables()[0]->chunks()[0]->overlaid(slots::kFirstProperty));

  SECTION("when it goes, the base shows and the overlay slot is free again") {
    put_layers(graph, "a", nullptr);
    REQUIRE(graph.commit());
    CHECK(graph.value("a", "tier") == "null");
    CHECK_FALSE(graph.snapshot()->entity_tables()[0]->chunks()[0]->overlaid(slots::kFirstProperty));
  }
}

TEST_CASE("O-11 a null override pins absence", "[core][overlay]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"}, {{"tier", number(1)}});
  REQUIRE(graph.commit());
  PropertyLayers stack{.property = graph.property("tier")};
  stack.overrides = {{.scope = ScopeId{1}, .value = Null{}}};
  put_layers(graph, "a", layers(stack));
  REQUIRE(graph.commit());
  CHECK(graph.value("a", "tier") == "null");
  CHECK(graph.value("a", "tier", LayerView::Integration) == "1");
}

TEST_CASE("a property that only an override has is a property like any other", "[core][overlay]") {
  GraphBuilder graph;
  graph.entity("a", "node", {"Node"});
  graph.entity("b", "node", {"Node"});
  REQUIRE(graph.commit());
  PropertyLayers stack{.property = graph.property("tags")};
  stack.overrides = {{.scope = ScopeId{1}, .value = List{"x"s, "y"s}}};
  put_layers(graph, "b", layers(stack));
  REQUIRE(graph.commit());
  CHECK(graph.value("b", "tags") == R"(["x","y"])");
  CHECK(graph.value("a", "tags") == "null");
}

TEST_CASE("O-28 states of an override", "[core][overlay]") {
  PropertyLayers stack;
  stack.overrides = {{.scope = ScopeId{1}, .value = 5.0, .below = 1.0},
                     {.scope = ScopeId{2}, .value = 6.0, .below = 1.0}};
  using States = std::vector<OverrideState>;
  CHECK(states_of(stack, 0, 1.0, false, 0) == States{OverrideState::Active});
  CHECK(states_of(stack, 0, 2.0, false, 0) == States{OverrideState::Drifted});
  CHECK(states_of(stack, 0, 5.0, false, 0) ==
        States{OverrideState::Redundant, OverrideState::Drifted});
  CHECK(states_of(stack, 1, 1.0, false, 0) == States{OverrideState::Shadowed});
  CHECK(states_of(stack, 0, 1.0, true, 0) == States{OverrideState::Orphaned});
  stack.overrides[0].review_by_ms = 100;
  CHECK(states_of(stack, 0, 1.0, false, 101) == States{OverrideState::Overdue});
  CHECK(states_of(stack, 0, 1.0, false, 100) == States{OverrideState::Active});
}

TEST_CASE("O-17 PATCH under an override", "[core][overlay]") {
  PropertyLayers stack;
  stack.patch = LayerEntry{.value = 2.0};
  stack.overrides = {{.scope = ScopeId{1}, .value = 5.0}};
  CHECK(resolve(stack, LayerView::Effective).layer == Layer::Override);
  stack.overrides.clear();
  CHECK(resolve(stack, LayerView::Effective).layer == Layer::Patch);
  stack.mutation = LayerEntry{.value = 3.0};
  CHECK(resolve(stack, LayerView::Effective).layer == Layer::Mutation);  // D23
  CHECK(resolve(stack, LayerView::Integration).layer == Layer::Patch);
}
