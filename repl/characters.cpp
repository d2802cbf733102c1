#include "repl/characters.h"

#include <utf8proc.h>

#include <algorithm>

namespace callisto::repl {

Character character_at(std::string_view text, std::size_t offset) {
  Character character;
  const std::string_view rest = text.substr(offset);
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
  const utf8proc_ssize_t length = utf8proc_iterate(
      bytes, static_cast<utf8proc_ssize_t>(std::min<std::size_t>(rest.size(), 4)), &character.code);
  if (length <= 0) return character;
  character.bytes = static_cast<std::size_t>(length);
  character.valid = true;
  return character;
}

std::size_t width_of(const Character& character) {
  if (!character.valid) return 1;
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(character.code)));
}

bool grapheme_begins(std::int32_t before, std::int32_t next, std::int32_t& state) {
  return utf8proc_grapheme_break_stateful(before, next, &state);
}

bool is_control_or_format(std::int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

}  // namespace callisto::repl
