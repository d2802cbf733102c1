// Changes to the layers of one object, and the order of override scopes. Which layer wins is core's
// to say (core/overlay/precedence.h), never ours.
#pragma once

#include <cstdint>
#include <span>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include "core/overlay/layers.h"

namespace callisto::persist {

// The rule of O-14 and O-15: the scope that got its first override in an earlier finalize is older.
// The one comparison of scope ages there is.
[[nodiscard]] inline bool is_older(std::uint64_t age_a, std::uint64_t age_b) {
  return age_a < age_b;
}

// The layers of a property, made empty when there are none.
[[nodiscard]] PropertyLayers& layers_at(ObjectLayers& layers, PropertyId property);
// Removes what has become empty. Call after every edit.
void drop_empty(ObjectLayers& layers);

[[nodiscard]] bool has_patch(const ObjectLayers* layers);
[[nodiscard]] bool has_overrides(const ObjectLayers* layers);
// The owner's sync drops every PATCH (O-17).
void drop_patches(ObjectLayers& layers);
// A merging write of the owner drops the PATCH of the properties it gives.
void drop_patches(ObjectLayers& layers, std::span<const NamedValue> given);

// The override of a scope; nullptr when it has none here.
[[nodiscard]] const OverrideEntry* find_override(const PropertyLayers* layers, ScopeId scope);
// Removes a scope's overrides from all properties; returns how many.
std::size_t drop_scope(ObjectLayers& layers, ScopeId scope);

// Whether two objects have the same layers; nullptr equals empty.
[[nodiscard]] bool same_layers(const ObjectLayers* a, const ObjectLayers* b);

}  // namespace callisto::persist
