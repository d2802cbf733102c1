// JSON as the world writes it. What every reader of a text from outside does before and after it
// hands the text to a JSON library.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace callisto {

// The text behind a UTF-8 byte order mark, which files written on Windows begin with (RFC 8259,
// section 8.1).
[[nodiscard]] inline std::string_view without_bom(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

struct LoneSurrogates {
  std::size_t count = 0;
  std::size_t first = 0;  // Where the first one stands.
};

// A text cut in the middle of an emoji ends in half of it, "\ud83d" (RFC 8259, section 8.2). Such
// escapes become "\ufffd", in place. Complexity: linear, the speed of memchr where no escapes are.
LoneSurrogates repair_lone_surrogates(std::span<char> json);

struct JsonFlaw {
  std::size_t offset = 0;
  std::string message;  // What stands there, and what to write instead.
};

// Why a text is no JSON, in the words of who wrote it: NaN and its like, words of other languages,
// control characters and bytes that are no UTF-8 in a string, numbers out of range. Nothing when it
// is none of these. Call it when a JSON library has refused the text. Complexity: linear.
[[nodiscard]] std::optional<JsonFlaw> find_json_flaw(std::string_view json);

// Whether a JSON number and the double that it was read as are different numbers: the double,
// written with as many digits, has others. Complexity: constant up to 15 digits.
[[nodiscard]] bool is_inexact(std::string_view number, double read);

}  // namespace callisto
