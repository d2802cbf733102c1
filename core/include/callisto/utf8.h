// Whether bytes are text, and how to show those of a stranger in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace callisto {

// Source: The Unicode Standard, table 3-7. Complexity: linear.
[[nodiscard]] bool is_utf8(std::string_view text);
// Each byte that is no part of a character is U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

// For a message: repaired, of at most about `bytes_max` bytes and whole characters; `…` stands for
// the rest.
[[nodiscard]] std::string shown_text(std::string_view text, std::size_t bytes_max = 200);

}  // namespace callisto
