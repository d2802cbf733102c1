// UTF-8 cut into characters. The only door to utf8proc in the command.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace callisto::repl {

// `valid` is false for a byte that starts no character; then `bytes` is 1.
struct Character {
  std::int32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

[[nodiscard]] Character character_at(std::string_view text, std::size_t offset);

// Columns of a terminal; 1 for a byte that is no character.
[[nodiscard]] std::size_t width_of(const Character& character);

// Whether a new grapheme begins between two characters; `state` is 0 before the first pair.
[[nodiscard]] bool grapheme_begins(std::int32_t before, std::int32_t next, std::int32_t& state);

// Cc, Cf, Zl and Zp of Unicode.
[[nodiscard]] bool is_control_or_format(std::int32_t code);

}  // namespace callisto::repl
