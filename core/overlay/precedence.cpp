#include "core/overlay/precedence.h"

#include "core/values/arena.h"

namespace callisto {

Resolution resolve(const PropertyLayers& layers, LayerView view) {
  if (view == LayerView::Effective && !layers.overrides.empty()) {
    return {.layer = Layer::Override, .override_ = &layers.overrides.front(), .entry = nullptr};
  }
  if (view != LayerView::Integration && layers.mutation) {
    return {.layer = Layer::Mutation, .override_ = nullptr, .entry = &*layers.mutation};
  }
  if (layers.patch) return {.layer = Layer::Patch, .override_ = nullptr, .entry = &*layers.patch};
  return {};
}

ValueView resolve_value(const PropertyLayers* layers,
                        ValueView base,
                        LayerView view,
                        Arena& arena) {
  if (layers == nullptr) return base;
  const Resolution resolution = resolve(*layers, view);
  if (resolution.override_ != nullptr) return view_of(resolution.override_->value, arena);
  if (resolution.entry != nullptr) return view_of(resolution.entry->value, arena);
  return base;
}

std::vector<OverrideState> states_of(const PropertyLayers& layers,
                                     std::size_t index,
                                     const Value& below_now,
                                     bool gone,
                                     std::int64_t now_ms) {
  const OverrideEntry& entry = layers.overrides[index];
  std::vector<OverrideState> states;
  if (gone) {
    states.push_back(OverrideState::Orphaned);
  } else {
    if (index != 0) states.push_back(OverrideState::Shadowed);
    if (entry.value == below_now) states.push_back(OverrideState::Redundant);
    if (entry.below != below_now) states.push_back(OverrideState::Drifted);
  }
  if (entry.review_by_ms && *entry.review_by_ms < now_ms) states.push_back(OverrideState::Overdue);
  if (states.empty()) states.push_back(OverrideState::Active);
  return states;
}

}  // namespace callisto
