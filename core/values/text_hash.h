// The hash of dictionaries and of distinct counting: XXH3, inlined so that short strings cost a few
// nanoseconds. Not stable across versions of the library: never stored.
#pragma once

#include <cstdint>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace callisto {

[[nodiscard]] inline std::uint64_t hash_text(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

// Spreads a word over all 64 bits.
[[nodiscard]] inline std::uint64_t hash_word(std::uint64_t word) {
  word ^= word >> 32U;
  word *= 0x9E3779B97F4A7C15ULL;
  word ^= word >> 29U;
  word *= 0xBF58476D1CE4E5B9ULL;
  return word ^ (word >> 32U);
}

}  // namespace callisto
