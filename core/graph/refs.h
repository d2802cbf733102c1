// Addresses of rows. A row keeps its address for the life of the process, deleted or not.
#pragma once

#include <compare>
#include <cstdint>

#include "core/names/names.h"

namespace callisto {

struct EntityRef {
  TypeId type{};
  std::uint32_t row = 0;  // Chunk = row / kChunkRows.
  auto operator<=>(const EntityRef&) const = default;
};

struct RelationshipRef {
  std::uint32_t table = 0;  // Index into Snapshot::relationship_tables().
  std::uint32_t row = 0;
  auto operator<=>(const RelationshipRef&) const = default;
};

}  // namespace callisto

template <>
struct std::hash<callisto::EntityRef> {
  std::size_t operator()(callisto::EntityRef ref) const noexcept {
    return ((std::uint64_t{ref.type.value} << 32U) | ref.row) * 0x9E3779B97F4A7C15ULL;
  }
};

template <>
struct std::hash<callisto::RelationshipRef> {
  std::size_t operator()(callisto::RelationshipRef ref) const noexcept {
    return ((std::uint64_t{ref.table} << 32U) | ref.row) * 0xD6E8FEB86659FD93ULL;
  }
};
