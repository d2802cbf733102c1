#include "core/overlay/layers.h"

#include <algorithm>

namespace callisto {

const PropertyLayers* ObjectLayers::find(PropertyId property) const {
  const auto found = std::lower_bound(
      properties.begin(),
      properties.end(),
      property,
      [](const PropertyLayers& layers, PropertyId id) { return layers.property < id; });
  return found != properties.end() && found->property == property ? &*found : nullptr;
}

}  // namespace callisto
