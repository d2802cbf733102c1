// 128-bit object ids (`_id`): version-5 UUIDs over partition and key, so that a re-created object
// has its old id.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace callisto {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;

  bool operator==(const Uuid& other) const {  // Lookups spend their time here.
    std::uint64_t mine[2];
    std::uint64_t theirs[2];
    std::memcpy(mine, bytes.data(), sizeof mine);
    std::memcpy(theirs, other.bytes.data(), sizeof theirs);
    return ((mine[0] ^ theirs[0]) | (mine[1] ^ theirs[1])) == 0;
  }

  [[nodiscard]] std::uint64_t hash() const {  // Any 8 bytes of SHA-1 are as good as a hash.
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + 8, sizeof word);
    return word;
  }
};

inline constexpr std::size_t kUuidTextSize = 36;

// The version-5 UUID of `name` in `name_space` (RFC 4122).
[[nodiscard]] Uuid uuid_v5(const Uuid& name_space, std::string_view name);
// Lower-case text with dashes; `out` must have room for 36 characters.
void format_uuid(const Uuid& id, char* out);
[[nodiscard]] std::string to_string(const Uuid& id);
// Accepts the 36-character form in either case.
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace callisto
