// The tags and flags of an encoded change set. Stored: append, never renumber.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/graph/partition.h"

namespace callisto::persist::change_set_format {

inline constexpr std::uint8_t kVersion = 2;  // 1: no time of the base.
inline constexpr std::uint8_t kOldestVersion = 1;

// Flags of a put.
inline constexpr unsigned kSetsBase = 1U << 0U;
inline constexpr unsigned kSetsLayers = 1U << 1U;
inline constexpr unsigned kHasLayers = 1U << 2U;
inline constexpr unsigned kDeleted = 1U << 3U;
inline constexpr unsigned kMapped = 1U << 4U;
inline constexpr unsigned kFlagsKnown = (1U << 5U) - 1;

// Flags of a property's layers.
inline constexpr unsigned kHasPatch = 1U << 0U;
inline constexpr unsigned kHasMutation = 1U << 1U;

// How a value begins.
using ValueTag = std::uint8_t;
inline constexpr ValueTag kNull = 0;
inline constexpr ValueTag kFalse = 1;
inline constexpr ValueTag kTrue = 2;
inline constexpr ValueTag kInteger = 3;    // Zigzag varint: whole numbers to 2^53.
inline constexpr ValueTag kDouble = 4;     // 8 bytes.
inline constexpr ValueTag kText = 5;       // Length and bytes; short ones can be referred to later.
inline constexpr ValueTag kReference = 6;  // Number of an earlier short text.
inline constexpr ValueTag kList = 7;       // Count and scalars.

inline constexpr std::size_t kSharedStringBytesMax = 128;

// Differences wrap around, so that any two times have one.
[[nodiscard]] inline std::int64_t difference(std::int64_t now, std::int64_t before) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(now) -
                                   static_cast<std::uint64_t>(before));
}

[[nodiscard]] inline std::int64_t sum(std::int64_t before, std::int64_t difference) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(before) +
                                   static_cast<std::uint64_t>(difference));
}

// The text fields of a partition in stored order; Info is PartitionInfo, const or not.
template <class Info>
[[nodiscard]] auto fields(Info& info) {
  return std::array{&info.source,
                    &info.scope,
                    &info.instance_id,
                    &info.integration_type,
                    &info.integration_name,
                    &info.integration_class,
                    &info.integration_definition_id};
}

}  // namespace callisto::persist::change_set_format
