#include "core/columns/value_set.h"

#include <algorithm>
#include <bit>

namespace callisto {

namespace {

constexpr std::uint64_t kIndexMask = 0xFFFFFFFFULL;

}  // namespace

ValueSet::ValueSet(std::span<const ValueView> values)
    : slots_(std::bit_ceil(std::max<std::size_t>(values.size(), 4) * 2), 0) {
  const std::size_t mask = slots_.size() - 1;
  values_.reserve(values.size());
  for (const ValueView value : values) {
    if (value.kind() == ValueKind::String) {
      longest_text_ = std::max(longest_text_, value.as_string().size());
    }
    if (contains(value)) continue;
    const std::uint64_t hash = hash_value(value);
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    values_.push_back(value);
    slots_[slot] = (hash & ~kIndexMask) | values_.size();
  }
}

bool ValueSet::contains(ValueView scalar) const {
  if (scalar.kind() == ValueKind::String && scalar.as_string().size() > longest_text_) return false;
  const std::uint64_t hash = hash_value(scalar);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const bool same_tag = (slots_[slot] & ~kIndexMask) == (hash & ~kIndexMask);
    if (same_tag && values_[(slots_[slot] & kIndexMask) - 1] == scalar) return true;
  }
  return false;
}

bool ValueSet::contains_any(ValueView value) const {
  if (value.kind() != ValueKind::List) return contains(value);
  return std::ranges::any_of(value.as_list(), [this](ValueView one) { return contains(one); });
}

}  // namespace callisto
