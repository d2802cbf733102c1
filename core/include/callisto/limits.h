// Every input has a limit: these, and those that can be set, in input_limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace callisto {

inline constexpr std::size_t kTypeNameBytesMax = 256;
// Of scopes, instances, origins and what describes a job.
inline constexpr std::size_t kNameBytesMax = 1024;
inline constexpr std::size_t kClassesPerEntityMax = 64;
inline constexpr std::size_t kJsonDepthMax = 64;
inline constexpr std::size_t kUploadBytesMax = std::size_t{1} << 30;
inline constexpr std::size_t kOverrideRowsPerJobMax = 10'000;  // O-9
inline constexpr std::size_t kQueryBytesMax = 1 << 20;
inline constexpr std::uint32_t kTypesMax = 65'000;
inline constexpr std::uint32_t kRelationshipTablesMax = 65'000;

// What one query may use. 0 = no limit.
struct QueryLimits {
  std::int64_t timeout_ms = 30'000;  // From its start on; negative: refused, InvalidInput.
  std::size_t rows_max = 0;
  std::size_t memory_bytes_max = std::size_t{2} << 30;
};

}  // namespace callisto
