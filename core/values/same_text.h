// Equality of short texts without a call: most names, regions, states and keys are short, and
// memcmp costs more than comparing them.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace callisto {

template <class Word>
[[nodiscard]] inline Word load_word(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// Ends first: texts of one property mostly differ there.
[[nodiscard]] inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  if (size >= 8) {
    const std::size_t tail = size - 8;
    if (load_word<std::uint64_t>(a + tail) != load_word<std::uint64_t>(b + tail)) return false;
    if (load_word<std::uint64_t>(a) != load_word<std::uint64_t>(b)) return false;
    return size <= 16 || std::memcmp(a + 8, b + 8, size - 16) == 0;
  }
  if (size >= 4) {
    const std::size_t tail = size - 4;
    return load_word<std::uint32_t>(a + tail) == load_word<std::uint32_t>(b + tail) &&
           load_word<std::uint32_t>(a) == load_word<std::uint32_t>(b);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

[[nodiscard]] inline bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.data() == b.data() || same_bytes(a.data(), b.data(), a.size()));
}

[[nodiscard]] inline bool starts_with_text(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same_bytes(text.data(), prefix.data(), prefix.size());
}

[[nodiscard]] inline bool ends_with_text(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         same_bytes(text.data() + (text.size() - suffix.size()), suffix.data(), suffix.size());
}

}  // namespace callisto
