// Which slot of a table holds a property: memory by the properties that the table has, not by all
// that the graph knows.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/names/names.h"

namespace callisto {

using Slot = std::uint32_t;

// Open addressing, at most half full.
class SlotMap {
 public:
  [[nodiscard]] std::optional<Slot> find(PropertyId property) const {
    if (entries_.empty()) return std::nullopt;
    for (std::size_t at = place(property);; at = next(at)) {
      const Entry& entry = entries_[at];
      if (entry.property == kFree) return std::nullopt;
      if (entry.property == property) return entry.slot;
    }
  }

  // Requires that the property has none yet.
  void insert(PropertyId property, Slot slot) {
    if ((size_ + 1) * 2 > entries_.size()) grow();
    ++size_;
    put({property, slot});
  }

  [[nodiscard]] std::size_t bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  static constexpr PropertyId kFree{0xFFFFFFFFU};
  static constexpr std::size_t kEntriesMin = 32;

  struct Entry {
    PropertyId property = kFree;
    Slot slot = 0;
  };

  [[nodiscard]] std::size_t place(PropertyId property) const {
    return (property.value * 0x9E3779B1U >> 7U) & (entries_.size() - 1);
  }

  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (entries_.size() - 1); }

  void put(const Entry& entry) {
    std::size_t at = place(entry.property);
    while (entries_[at].property != kFree) {
      at = next(at);
    }
    entries_[at] = entry;
  }

  void grow() {
    std::vector<Entry> old(entries_.empty() ? kEntriesMin : entries_.size() * 2);
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.property != kFree) put(entry);
    }
  }

  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace callisto
