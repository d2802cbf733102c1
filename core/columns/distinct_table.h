// Counts and numbers the distinct values of one chunk. Lives on the stack of a build.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "core/values/same_text.h"
#include "core/values/text_hash.h"
#include <callisto/value_view.h>

namespace callisto {

[[nodiscard]] bool identical_lists(ValueView a, ValueView b);

// Same kind and same bits: what may share a code. Finer than ==, which takes 0 and -0 for one.
[[nodiscard]] inline bool identical(ValueView a, ValueView b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::Null:
      return true;
    case ValueKind::Bool:
      return a.as_bool() == b.as_bool();
    case ValueKind::Number:
      return std::bit_cast<std::uint64_t>(a.as_number()) ==
             std::bit_cast<std::uint64_t>(b.as_number());
    case ValueKind::String:
      return same_text(a.as_string(), b.as_string());
    case ValueKind::List:
      break;
  }
  return identical_lists(a, b);
}

[[nodiscard]] std::uint64_t identity_hash_of_list(ValueView list);

[[nodiscard]] inline std::uint64_t identity_hash(ValueView value) {
  switch (value.kind()) {
    case ValueKind::String:
      return hash_text(value.as_string());
    case ValueKind::Number:
      return hash_word(std::bit_cast<std::uint64_t>(value.as_number()));
    case ValueKind::Bool:
      return hash_word(value.as_bool() ? 2 : 1);
    case ValueKind::Null:
      return 0;
    case ValueKind::List:
      break;
  }
  return identity_hash_of_list(value);
}

// Open addressing over 32-bit slots: 16 bits of hash, so that most misses cost no comparison, and
// code + 1. Holds pointers: the values must stay where they are.
class DistinctTable {
 public:
  static constexpr std::uint32_t kEntriesMax = 4096;

  // Room for `entries` values, at most kEntriesMax. Leaves what is not in use as it is.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
  explicit DistinctTable(std::uint32_t entries)
      : mask_(std::bit_ceil(std::max(entries, 8U) * 2) - 1) {
    std::fill_n(slots_.begin(), mask_ + 1, 0U);
  }

  [[nodiscard]] std::uint32_t size() const { return size_; }

  [[nodiscard]] ValueView at(std::uint32_t code) const { return *entries_[code]; }

  // The code of `value`; the next free one, which it then has, when it is new.
  std::uint32_t code_of(const ValueView& value) {
    const std::uint64_t hash = identity_hash(value);
    const std::uint32_t slot = find_slot(value, hash);
    if (slots_[slot] != 0) return (slots_[slot] & kCodeMask) - 1;
    entries_[size_] = &value;
    slots_[slot] = tag_of(hash) | (size_ + 1);
    return size_++;
  }

  [[nodiscard]] std::optional<std::uint32_t> find(ValueView value) const {
    const std::uint32_t stored = slots_[find_slot(value, identity_hash(value))];
    if (stored == 0) return std::nullopt;
    return (stored & kCodeMask) - 1;
  }

 private:
  static constexpr std::uint32_t kCodeMask = 0xFFFFU;

  [[nodiscard]] static std::uint32_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32U) & ~kCodeMask;
  }

  [[nodiscard]] std::uint32_t find_slot(ValueView value, std::uint64_t hash) const {
    const std::uint32_t tag = tag_of(hash);
    std::uint32_t slot = static_cast<std::uint32_t>(hash) & mask_;
    for (;; slot = (slot + 1) & mask_) {
      const std::uint32_t stored = slots_[slot];
      if (stored == 0) return slot;
      if ((stored & ~kCodeMask) == tag && identical(*entries_[(stored & kCodeMask) - 1], value)) {
        return slot;
      }
    }
  }

  std::uint32_t mask_;
  std::uint32_t size_ = 0;
  // Only what is in use is ever initialised: clearing all would cost more than a small build.
  std::array<std::uint32_t, 2 * std::size_t{kEntriesMax}> slots_;
  std::array<const ValueView*, kEntriesMax> entries_;
};

}  // namespace callisto
