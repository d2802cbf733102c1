// Why a property has the value it has, and what state each override is in (O-3, O-4, O-27, O-28).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <callisto/value.h>

namespace callisto {

// Where a value comes from, weakest first. The order is the precedence: see
// core/overlay/precedence.h.
enum class Layer : std::uint8_t { Base, Patch, Mutation, Override };

// What a reader asks for (O-30). Effective: all layers. Mutation: without overrides. Integration:
// the owner's layer only, that is base and PATCH.
enum class LayerView : std::uint8_t { Effective, Mutation, Integration };

enum class OverrideState : std::uint8_t { Active, Shadowed, Redundant, Drifted, Orphaned, Overdue };

[[nodiscard]] const char* to_string(Layer layer);
[[nodiscard]] const char* to_string(OverrideState state);

// One layer's word on a property.
struct LayerValue {
  Layer layer = Layer::Base;
  bool present = false;  // False: this layer says nothing.
  Value value{};         // Null while present: the layer pins absence (O-11).
  std::string origin;  // Override scope, or integration instance / sync scope, or the caller of the
                       // mutation.
  std::int64_t set_at_ms = 0;
  bool wins = false;
  // Overrides only.
  std::optional<Value> below{};  // What the layers below said when the override was set (O-4).
  std::vector<OverrideState> states{};
  std::string author{};
  std::string reason{};
  std::optional<std::int64_t> review_by_ms{};
};

// All layers of one property of one entity, strongest first; layers that say nothing are listed
// too.
struct Explanation {
  std::string entity_id;
  std::string entity_key;
  std::string display_name;
  std::string property;
  Value effective{};
  std::vector<LayerValue> layers;
};

// One override as the registry lists it.
struct OverrideInfo {
  std::string scope;
  std::string entity_id;
  std::string entity_key;
  std::string display_name;
  std::string property;
  Value value{};
  Value below_then{};  // The layers below when it was set.
  Value below_now{};   // The layers below now.
  std::int64_t set_at_ms = 0;
  std::string author{};
  std::string reason{};
  std::optional<std::int64_t> review_by_ms{};
  std::vector<OverrideState> states;  // At least one; Active only alone.
};

// Which overrides to list.
struct OverrideQuery {
  std::string scope{};  // Empty: of all scopes.
  std::optional<OverrideState> state{};
  std::string entity_id{};  // Empty: of all entities.
  std::string property{};   // Empty: of all properties.
  std::size_t limit = 0;    // 0: all.
};

}  // namespace callisto
