#include "persist/jobs/override_turns.h"

#include <algorithm>

#include "core/overlay/precedence.h"
#include "persist/jobs/seal.h"

namespace callisto::persist {

Value below_overrides(const PropertyLayers* layers, ValueView base) {
  Arena scratch;
  return to_value(resolve_value(layers, base, LayerView::Mutation, scratch));
}

void OverrideTurns::compare(const Uuid& id,
                            std::string_view key,
                            const OverriddenState& before,
                            const OverriddenState& after) {
  const auto states =
      [&](const PropertyLayers& layers, std::size_t index, const OverriddenState& of) {
        const Value below = below_overrides(&layers, base_value(of.state.base, layers.property));
        return states_of(layers, index, below, of.gone, options_.now_ms);
      };
  for (const PropertyLayers& layers : after.state.layers->properties) {
    const PropertyLayers* const old =
        before.state.layers == nullptr ? nullptr : before.state.layers->find(layers.property);
    for (std::size_t index = 0; index < layers.overrides.size(); ++index) {
      const ScopeId scope = layers.overrides[index].scope;
      std::vector<OverrideState> was{OverrideState::Active};
      for (std::size_t i = 0; old != nullptr && i < old->overrides.size(); ++i) {
        if (old->overrides[i].scope == scope) was = states(*old, i, before);
      }
      const std::vector<OverrideState> now = states(layers, index, after);
      if (now == was) continue;
      bool added = false;
      for (const OverrideState state : now) {
        if (std::find(was.begin(), was.end(), state) != was.end()) continue;
        add(id, key, layers.property, scope, state);
        added = true;
      }
      if (!added) add(id, key, layers.property, scope, now.front());  // One of several ended.
    }
  }
}

void OverrideTurns::add(
    const Uuid& id, std::string_view key, PropertyId property, ScopeId scope, OverrideState now) {
  ++report_.turned_counts[now];
  if (report_.turned.size() >= options_.samples_max) return;
  OverrideTurn turn;
  if (const auto fresh = options_.new_scopes.find(scope); fresh != options_.new_scopes.end()) {
    turn.scope = fresh->second;
  } else if (const auto known = snapshot_.find_scope(scope)) {
    turn.scope = known->name;
  }
  turn.entity_id = to_string(id);
  turn.entity_key = key;
  turn.property = snapshot_.names().text(property);
  turn.now = now;
  report_.turned.push_back(std::move(turn));
}

}  // namespace callisto::persist
