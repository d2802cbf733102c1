#include "persist/jobs/layer_edit.h"

#include <algorithm>

namespace callisto::persist {

PropertyLayers& layers_at(ObjectLayers& layers, PropertyId property) {
  const auto at = std::lower_bound(
      layers.properties.begin(),
      layers.properties.end(),
      property,
      [](const PropertyLayers& entry, PropertyId wanted) { return entry.property < wanted; });
  if (at != layers.properties.end() && at->property == property) return *at;
  PropertyLayers made;
  made.property = property;
  return *layers.properties.insert(at, std::move(made));
}

void drop_empty(ObjectLayers& layers) {
  std::erase_if(layers.properties, [](const PropertyLayers& entry) { return entry.empty(); });
}

bool has_patch(const ObjectLayers* layers) {
  return layers != nullptr &&
         std::any_of(layers->properties.begin(),
                     layers->properties.end(),
                     [](const PropertyLayers& entry) { return entry.patch.has_value(); });
}

bool has_overrides(const ObjectLayers* layers) {
  return layers != nullptr &&
         std::any_of(layers->properties.begin(),
                     layers->properties.end(),
                     [](const PropertyLayers& entry) { return !entry.overrides.empty(); });
}

void drop_patches(ObjectLayers& layers) {
  for (PropertyLayers& entry : layers.properties) {
    entry.patch.reset();
  }
  drop_empty(layers);
}

void drop_patches(ObjectLayers& layers, std::span<const NamedValue> given) {
  for (const NamedValue& named : given) {
    if (layers.find(named.property) != nullptr) layers_at(layers, named.property).patch.reset();
  }
  drop_empty(layers);
}

const OverrideEntry* find_override(const PropertyLayers* layers, ScopeId scope) {
  if (layers == nullptr) return nullptr;
  for (const OverrideEntry& entry : layers->overrides) {
    if (entry.scope == scope) return &entry;
  }
  return nullptr;
}

std::size_t drop_scope(ObjectLayers& layers, ScopeId scope) {
  std::size_t dropped = 0;
  for (PropertyLayers& entry : layers.properties) {
    dropped += std::erase_if(entry.overrides,
                             [&](const OverrideEntry& held) { return held.scope == scope; });
  }
  drop_empty(layers);
  return dropped;
}

bool same_layers(const ObjectLayers* a, const ObjectLayers* b) {
  const bool empty_a = a == nullptr || a->properties.empty();
  const bool empty_b = b == nullptr || b->properties.empty();
  if (empty_a || empty_b) return empty_a && empty_b;
  return *a == *b;
}

}  // namespace callisto::persist
