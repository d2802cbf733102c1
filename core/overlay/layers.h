// The layers above an owner's base: PATCH, mutation and override values, per entity and property.
// Immutable, shared by versions.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/names/names.h"
#include <callisto/value.h>

namespace callisto {

using ScopeId = NameId<struct ScopeTag>;  // An override scope, by name: see OverrideScopes.

// The latest PATCH or mutation value of a property. A Null value pins absence (O-11).
struct LayerEntry {
  Value value{};
  std::int64_t set_at_ms = 0;
  std::string origin{};  // Scope or instance of the PATCH job; the caller of a mutation.
  bool operator==(const LayerEntry&) const = default;
};

// One scope's override of a property.
struct OverrideEntry {
  ScopeId scope{};
  Value value{};
  Value below{};  // What the layers below said when this value was set (O-4); Null = nothing.
  std::int64_t set_at_ms = 0;
  std::string author{};
  std::string reason{};
  std::optional<std::int64_t> review_by_ms{};
  bool operator==(const OverrideEntry&) const = default;
};

struct PropertyLayers {
  PropertyId property{};
  std::optional<LayerEntry> patch{};
  std::optional<LayerEntry> mutation{};
  std::vector<OverrideEntry> overrides{};  // Oldest scope first (O-14, O-15); at most one a scope.

  [[nodiscard]] bool empty() const { return !patch && !mutation && overrides.empty(); }

  bool operator==(const PropertyLayers&) const = default;
};

// All layers of one entity (or relationship), sorted by property; never holds an empty
// PropertyLayers.
struct ObjectLayers {
  std::vector<PropertyLayers> properties{};
  // When the owner last said something else: layers move `_beginOn`, but not this (O-3). 0: not
  // known, as `_beginOn` says.
  std::int64_t base_set_at_ms = 0;
  [[nodiscard]] const PropertyLayers* find(PropertyId property) const;
  bool operator==(const ObjectLayers&) const = default;
};

using LayersPtr = std::shared_ptr<const ObjectLayers>;  // nullptr: nothing above the base.

}  // namespace callisto
