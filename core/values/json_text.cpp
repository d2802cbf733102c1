// Byte order marks, halves of characters, flaws and inexact numbers of JSON texts.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include <callisto/json_text.h>

namespace callisto {
namespace {

constexpr std::size_t kEscapeBytes = 6;  // Of \uXXXX.

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code of the \uXXXX that begins the text; -1: none does.
int escaped_code(std::string_view text) {
  if (text.size() < kEscapeBytes || text[0] != '\\' || text[1] != 'u') return -1;
  int code = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = hex_digit(c);
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

bool is_high(int code) {
  return code >= 0xD800 && code < 0xDC00;
}

bool is_low(int code) {
  return code >= 0xDC00 && code < 0xE000;
}

// Bytes of the UTF-8 character that begins the text; 0: none does. Source: The Unicode Standard,
// table 3-7.
std::size_t character_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return byte(1) >= low && byte(1) <= high && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= low && byte(1) <= high && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

std::string control_words(char c) {
  switch (c) {
    case '\t':
      return "a tab stands in a string as it is: JSON writes it \\t";
    case '\n':
      return "a line break stands in a string as it is: JSON writes it \\n (or a quote is missing)";
    case '\r':
      return "a carriage return stands in a string as it is: JSON writes it \\r";
    default: {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto code = static_cast<unsigned char>(c);
      return std::string("a control character stands in a string as it is: JSON writes it \\u00") +
             kDigits[code / 16] + kDigits[code % 16];
    }
  }
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+' || c == '.';
}

// What is wrong with a word outside of strings; empty: nothing that is known.
std::string word_flaw(std::string_view word) {
  constexpr std::array<std::string_view, 3> kWords{"true", "false", "null"};
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return {};
  const std::string shown(word.substr(0, 40));
  std::string lower(word.substr(0, 40));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string_view bare = lower;
  if (bare.starts_with('-') || bare.starts_with('+')) bare.remove_prefix(1);
  if (bare == "nan" || bare == "infinity" || bare == "inf") {
    return shown +
           " is no number of JSON, which has no NaN and no Infinity: write null, or leave " +
           "the property out";
  }
  if (lower == "none" || lower == "undefined") return shown + " is no JSON: write null";
  if (lower == "true" || lower == "false" || lower == "null") {
    return shown + " is no JSON: write " + lower;
  }
  double number = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, number);
  if (rest == end && error == std::errc::result_out_of_range) {
    return "the number " + shown + " is out of range: a number has at most 1.797e308, either way";
  }
  return {};
}

// Walks over a string from behind its opening quote; false when a flaw was found.
bool pass_string(std::string_view json, std::size_t& at, std::optional<JsonFlaw>& flaw) {
  while (at < json.size() && json[at] != '"') {
    if (json[at] == '\\') {
      at += 2;
      continue;
    }
    if (static_cast<unsigned char>(json[at]) < 0x20) {
      flaw = JsonFlaw{.offset = at, .message = control_words(json[at])};
      return false;
    }
    const std::size_t bytes = character_bytes(json.substr(at));
    if (bytes == 0) {
      flaw = JsonFlaw{.offset = at, .message = "a byte is no UTF-8: the text has another encoding"};
      return false;
    }
    at += bytes;
  }
  ++at;
  return true;
}

struct Decimal {
  std::array<char, 400> digits{};  // Without zeros around.
  std::size_t size = 0;
  int exponent = 0;  // Of the first digit.
};

// Nothing when it has more digits than are looked at.
std::optional<Decimal> decimal_of(std::string_view text) {
  Decimal out;
  int point = 0;  // Digits before it, counted from the first one that counts.
  bool behind_point = false;
  std::size_t at = text.starts_with('-') ? 1 : 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.') {
      behind_point = true;
    } else if (out.size == 0 && text[at] == '0') {
      if (behind_point) --point;
    } else {
      if (out.size == out.digits.size()) return std::nullopt;
      out.digits[out.size++] = text[at];
      if (!behind_point) ++point;
    }
  }
  int exponent = 0;
  if (at < text.size()) {
    const char* const begin = text.data() + at + (text.substr(at + 1).starts_with('+') ? 2 : 1);
    std::from_chars(begin, text.data() + text.size(), exponent);
  }
  while (out.size > 0 && out.digits[out.size - 1] == '0') {
    --out.size;
  }
  out.exponent = out.size == 0 ? 0 : point + exponent;
  return out;
}

}  // namespace

LoneSurrogates repair_lone_surrogates(std::span<char> json) {
  LoneSurrogates found;
  const std::string_view text(json.data(), json.size());
  std::size_t at = 0;
  while ((at = text.find('\\', at)) != std::string_view::npos) {
    const int code = escaped_code(text.substr(at));
    if (!is_high(code) && !is_low(code)) {
      at += 2;
      continue;
    }
    if (is_high(code) && is_low(escaped_code(text.substr(at + kEscapeBytes)))) {
      at += 2 * kEscapeBytes;
      continue;
    }
    if (found.count++ == 0) found.first = at;
    std::memcpy(&json[at], "\\ufffd", kEscapeBytes);
    at += kEscapeBytes;
  }
  return found;
}

std::optional<JsonFlaw> find_json_flaw(std::string_view json) {
  std::optional<JsonFlaw> flaw;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] == '"') {
      if (!pass_string(json, ++at, flaw)) return flaw;
      continue;
    }
    if (json[at] == '\'') {
      return JsonFlaw{.offset = at, .message = "texts stand in double quotes in JSON, not in ' '"};
    }
    std::size_t end = at;
    while (end < json.size() && is_word(json[end])) {
      ++end;
    }
    std::string message = word_flaw(json.substr(at, end - at));
    if (!message.empty()) return JsonFlaw{.offset = at, .message = std::move(message)};
    at = std::max(end, at + 1);
  }
  return std::nullopt;
}

bool is_inexact(std::string_view number, double read) {
  constexpr std::size_t kExactDigits = 15;  // So many always come back as they were.
  if (number.size() <= kExactDigits) return false;
  const std::optional<Decimal> given = decimal_of(number);
  if (!given) return true;
  if (given->size <= kExactDigits) return false;
  std::array<char, 500> buffer{};
  const auto written = std::to_chars(buffer.data(),
                                     buffer.data() + buffer.size(),
                                     read,
                                     std::chars_format::scientific,
                                     static_cast<int>(given->size) - 1);
  if (written.ec != std::errc()) return true;
  const std::optional<Decimal> shown =
      decimal_of({buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data())});
  return !shown || shown->size != given->size || shown->exponent != given->exponent ||
         !std::equal(
             given->digits.begin(), given->digits.begin() + given->size, shown->digits.begin());
}

}  // namespace callisto
