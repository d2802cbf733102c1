// Keys of the journal: (sequence, piece), big endian, so that byte order is the order of the
// numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace callisto::persist {

inline std::string key_of(std::uint64_t sequence, std::uint32_t piece) {
  std::string key;
  for (int shift = 56; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(sequence >> shift));
  }
  for (int shift = 24; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(piece >> shift));
  }
  return key;
}

inline std::pair<std::uint64_t, std::uint32_t> parse_key(std::string_view key) {
  std::uint64_t sequence = 0;
  std::uint32_t piece = 0;
  for (std::size_t i = 0; i < key.size() && i < 12; ++i) {
    const auto byte = static_cast<std::uint8_t>(key[i]);
    if (i < 8) {
      sequence = (sequence << 8U) | byte;
    } else {
      piece = (piece << 8U) | byte;
    }
  }
  return {sequence, piece};
}

}  // namespace callisto::persist
