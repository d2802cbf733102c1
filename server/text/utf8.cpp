#include "server/text/utf8.h"

#include <algorithm>
#include <cstddef>

namespace callisto::server {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool is_within(unsigned byte, unsigned first, unsigned last) {
  return byte >= first && byte <= last;
}

// Bytes of the character that begins the text; 0: none does.
std::size_t character_at(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  if (first < 0x80) return 1;
  const auto goes_on = [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      if (!is_within(byte_at(text, at), 0x80, 0xbf)) return false;
    }
    return true;
  };
  if (is_within(first, 0xc2, 0xdf)) return goes_on(1, 2) ? 2 : 0;
  // No longer form of what a shorter one says, no surrogates, nothing past U+10FFFF.
  const unsigned second = byte_at(text, 1);
  if (is_within(first, 0xe0, 0xef)) {
    const bool good = is_within(second, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
    return good && goes_on(2, 3) ? 3 : 0;
  }
  if (is_within(first, 0xf0, 0xf4)) {
    const bool good = is_within(second, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
    return good && goes_on(2, 4) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = character_at(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = character_at(text);
    out += size == 0 ? kReplacement : text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

}  // namespace callisto::server
