// Which effective values differ between two states of an object. The only place that compares them.
#pragma once

#include <functional>
#include <span>

#include "core/graph/change_set.h"
#include "core/overlay/layers.h"

namespace callisto::persist {

struct ObjectState {
  std::span<const NamedValue> base;  // Sorted by property.
  const ObjectLayers* layers = nullptr;
};

[[nodiscard]] ValueView base_value(std::span<const NamedValue> base, PropertyId property);

// Calls visit(property, before, after) for each property whose effective value differs, in order of
// property, until it returns false. Complexity: linear in both states.
void for_each_effective_change(const ObjectState& before,
                               const ObjectState& after,
                               Arena& scratch,
                               const std::function<bool(PropertyId, ValueView, ValueView)>& visit);

}  // namespace callisto::persist
