#include "persist/jobs/effective_change.h"

#include <algorithm>
#include <limits>

#include "core/overlay/precedence.h"

namespace callisto::persist {
namespace {

constexpr std::uint32_t kEnd = std::numeric_limits<std::uint32_t>::max();

// Walks one state in order of property.
class StateCursor {
 public:
  explicit StateCursor(const ObjectState& state) : state_(state) {}

  [[nodiscard]] std::uint32_t property() const {
    std::uint32_t least = kEnd;
    if (base_ < state_.base.size()) least = state_.base[base_].property.value;
    if (state_.layers != nullptr && layer_ < state_.layers->properties.size()) {
      least = std::min(least, state_.layers->properties[layer_].property.value);
    }
    return least;
  }

  // The effective value of `property`, which is not below property(); moves past it.
  ValueView take(std::uint32_t property, Arena& scratch) {
    ValueView value;
    if (base_ < state_.base.size() && state_.base[base_].property.value == property) {
      value = state_.base[base_++].value;
    }
    const PropertyLayers* layers = nullptr;
    if (state_.layers != nullptr && layer_ < state_.layers->properties.size() &&
        state_.layers->properties[layer_].property.value == property) {
      layers = &state_.layers->properties[layer_++];
    }
    return resolve_value(layers, value, LayerView::Effective, scratch);
  }

 private:
  const ObjectState& state_;
  std::size_t base_ = 0;
  std::size_t layer_ = 0;
};

}  // namespace

ValueView base_value(std::span<const NamedValue> base, PropertyId property) {
  const auto at = std::lower_bound(
      base.begin(), base.end(), property, [](const NamedValue& named, PropertyId wanted) {
        return named.property < wanted;
      });
  return at != base.end() && at->property == property ? at->value : ValueView{};
}

void for_each_effective_change(const ObjectState& before,
                               const ObjectState& after,
                               Arena& scratch,
                               const std::function<bool(PropertyId, ValueView, ValueView)>& visit) {
  StateCursor old_state(before);
  StateCursor new_state(after);
  for (;;) {
    const std::uint32_t property = std::min(old_state.property(), new_state.property());
    if (property == kEnd) return;
    const ValueView old_value = old_state.take(property, scratch);
    const ValueView new_value = new_state.take(property, scratch);
    if (!(old_value == new_value) && !visit(PropertyId{property}, old_value, new_value)) return;
  }
}

}  // namespace callisto::persist
