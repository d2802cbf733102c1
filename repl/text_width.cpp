// Display width over utf8proc: one grapheme cluster is as wide as its widest character.
#include "repl/text_width.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

namespace callisto::repl {
namespace {

// One character of UTF-8 text. `valid` is false for a byte that starts none; then `bytes` is 1.
struct Character {
  utf8proc_int32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

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

struct Grapheme {
  std::size_t bytes = 0;
  std::size_t width = 0;
};

Grapheme grapheme_at(std::string_view text, std::size_t offset) {
  Grapheme grapheme;
  utf8proc_int32_t state = 0;
  utf8proc_int32_t before = 0;
  while (offset + grapheme.bytes < text.size()) {
    const Character next = character_at(text, offset + grapheme.bytes);
    const bool first = grapheme.bytes == 0;
    if (!first && (!next.valid || utf8proc_grapheme_break_stateful(before, next.code, &state))) {
      break;
    }
    grapheme.bytes += next.bytes;
    grapheme.width = std::max(grapheme.width, width_of(next));
    // An emoji presentation selector makes a narrow symbol wide.
    if (next.code == 0xFE0F && !first) grapheme.width = 2;
    before = next.code;
    if (!next.valid) break;
  }
  return grapheme;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Controls, and the marks that reorder text on the screen: what is shown must be what is there.
bool is_harmful(utf8proc_int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

void append_escape(std::string& out, utf8proc_int32_t code) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto digit = [code](int shift) {
    return kDigits[(static_cast<std::uint32_t>(code) >> shift) & 0xF];
  };
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code == '\r') {
    out += "\\r";
  } else if (code < 0x100) {
    out += {'\\', 'x', digit(4), digit(0)};
  } else {
    out += {'\\', 'u', digit(12), digit(8), digit(4), digit(0)};
  }
}

}  // namespace

std::size_t display_width(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t width = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const Grapheme grapheme = grapheme_at(text, offset);
    width += grapheme.width;
    offset += grapheme.bytes;
  }
  return width;
}

std::string visible(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const Character character = character_at(text, offset);
    if (!character.valid) {
      out += "\uFFFD";
    } else if (is_harmful(character.code)) {
      append_escape(out, character.code);
    } else {
      out += text.substr(offset, character.bytes);
    }
    offset += character.bytes;
  }
  return out;
}

std::string fold_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t used = 0;
  std::size_t offset = 0;
  while (offset < text.size()) {
    const Grapheme grapheme = grapheme_at(text, offset);
    if (used + grapheme.width > width - 1) break;
    used += grapheme.width;
    offset += grapheme.bytes;
  }
  return std::string(text.substr(0, offset)) + "…";
}

std::string pad(std::string_view text, std::size_t width, Alignment alignment) {
  const std::size_t used = display_width(text);
  const std::string space(used < width ? width - used : 0, ' ');
  return alignment == Alignment::Left ? std::string(text) + space : space + std::string(text);
}

}  // namespace callisto::repl
