// How wide text is on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "repl/screen_text.h"

namespace callisto::repl {

// Columns that `text` takes on a terminal: wide characters count two, combining ones none.
// Complexity: linear.
[[nodiscard]] std::size_t display_width(std::string_view text);

// The longest start of `text` that fits `width` columns, with `…` at its end when something was
// cut. Never cuts inside a character or a grapheme.
[[nodiscard]] std::string fold_to_width(std::string_view text, std::size_t width);

enum class Alignment : bool { Left, Right };

// `text` with spaces added up to `width` columns; longer text is returned as it is.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width, Alignment alignment);

}  // namespace callisto::repl
