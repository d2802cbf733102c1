// Errors as a person sees them: the line, carets under the span, hints.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto::query {

struct TextPlace {
  std::size_t line = 1;    // From 1.
  std::size_t column = 1;  // From 1, in characters.
};

// Where a byte offset lies; past the end counts as the end. Complexity: linear in the offset.
[[nodiscard]] TextPlace place_of(std::string_view text, std::size_t offset);

// The error with its place in words at the end of the message, `… (line 1 column 38).`, unless the
// message names it already or there is none. Complexity: linear in the offset.
[[nodiscard]] Error with_place(std::string_view text, Error error);

// The whole report, several lines without one at the end:
//
//   Error parsing query. Unexpected token "retrun" at line 1 column 11. Expected …
//
//   > 1 | FIND User retrun User.name
//       |           ^^^^^^
//   Did you mean "RETURN"?
//
// `text` is what was passed to parse(). A long line is shown around the span only. Without span the
// message and the hints alone. Control characters are shown as blanks. Complexity: linear.
[[nodiscard]] std::string render_error(std::string_view text, const Error& error);

}  // namespace callisto::query
