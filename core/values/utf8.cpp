// UTF-8 by the table of well-formed bytes.
#include <algorithm>
#include <cstdint>
#include <cstring>

#include <callisto/utf8.h>

namespace callisto {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::string_view kMore = "\xe2\x80\xa6";

bool is_tail(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// What the second byte of a character may be, by the first: the forms that are too long, the
// surrogates and what lies beyond U+10FFFF are ruled out by it.
bool may_follow(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return second >= 0x80 && second <= 0xBF;
  }
}

// Bytes of the character that begins the text; 0: none does.
std::size_t character_at(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < size || !may_follow(first, static_cast<unsigned char>(text[1]))) return 0;
  return std::all_of(text.begin() + 2, text.begin() + static_cast<std::ptrdiff_t>(size), is_tail)
             ? size
             : 0;
}

// Texts are mostly ASCII.
std::string_view without_ascii(std::string_view text) {
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), sizeof(bytes));
    if ((bytes & 0x8080'8080'8080'8080ULL) != 0) break;
    text.remove_prefix(sizeof(bytes));
  }
  return text;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (text = without_ascii(text); !text.empty(); text = without_ascii(text)) {
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

std::string shown_text(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return repaired_utf8(text);
  std::size_t end = bytes_max;
  while (end > 0 && bytes_max - end < 3 && is_tail(text[end])) {
    --end;
  }
  return repaired_utf8(text.substr(0, end)).append(kMore);
}

}  // namespace callisto
