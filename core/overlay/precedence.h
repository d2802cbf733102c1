// The one place that knows which layer wins (O-1, O-14 to O-17).
#pragma once

#include "core/overlay/layers.h"
#include <callisto/provenance.h>
#include <callisto/value_view.h>

namespace callisto {

struct Resolution {
  Layer layer = Layer::Base;                 // The layer that decides.
  const OverrideEntry* override_ = nullptr;  // Set when layer == Override.
  const LayerEntry* entry = nullptr;         // Set when layer is Patch or Mutation.
};

// Which layer decides a property, for a view. Base decides when nothing above it speaks, even if it
// has no value.
[[nodiscard]] Resolution resolve(const PropertyLayers& layers, LayerView view);

// The value a view shows. Lists are copied into `arena`; strings point into `layers` or `base`.
[[nodiscard]] ValueView resolve_value(const PropertyLayers* layers,
                                      ValueView base,
                                      LayerView view,
                                      Arena& arena);

// The states of override number `index` of a property (O-28), Active alone when nothing else holds.
// `gone`: the entity is deleted. `below_now`: what the layers below the overrides say now.
[[nodiscard]] std::vector<OverrideState> states_of(const PropertyLayers& layers,
                                                   std::size_t index,
                                                   const Value& below_now,
                                                   bool gone,
                                                   std::int64_t now_ms);

}  // namespace callisto
