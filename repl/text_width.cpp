// One grapheme cluster is as wide as its widest character.
#include "repl/text_width.h"

#include <algorithm>
#include <cstdint>

#include "repl/characters.h"

namespace callisto::repl {
namespace {

struct Grapheme {
  std::size_t bytes = 0;
  std::size_t width = 0;
};

Grapheme grapheme_at(std::string_view text, std::size_t offset) {
  Grapheme grapheme;
  std::int32_t state = 0;
  std::int32_t before = 0;
  while (offset + grapheme.bytes < text.size()) {
    const Character next = character_at(text, offset + grapheme.bytes);
    const bool first = grapheme.bytes == 0;
    if (!first && (!next.valid || grapheme_begins(before, next.code, state))) {
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
