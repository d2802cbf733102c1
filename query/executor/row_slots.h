// Which properties the rows of a chunk have, for types with many properties of which each row has
// few: a row is then read in the time of what it has.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/graph/property_table.h"
#include "query/executor/guard.h"

namespace callisto::query {

class RowSlots {
 public:
  explicit RowSlots(Guard& guard) : held_(guard) {}

  // Slots of the properties that a row may have, ascending; nullopt: look at all of the table.
  // Valid until the next call.
  [[nodiscard]] std::optional<std::span<const Slot>> of(const PropertyTable& table,
                                                        std::uint32_t row);

 private:
  struct Chunk {
    std::uint32_t reads = 0;
    std::vector<std::uint32_t> ends{};  // By row; empty: not made yet.
    std::vector<Slot> slots{};
  };

  static void fill(Chunk& made, const PropertyTable& table, const PropertyChunk& chunk);

  std::unordered_map<const PropertyChunk*, Chunk> chunks_;
  std::size_t bytes_ = 0;
  HeldBytes held_;
};

}  // namespace callisto::query
