// Whether bytes of a client are text, and how to show those that are not.
#pragma once

#include <string>
#include <string_view>

namespace callisto::server {

// Source: The Unicode Standard, table 3-7. Complexity: linear.
[[nodiscard]] bool is_utf8(std::string_view text);
// Each byte that is no part of a character is U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

}  // namespace callisto::server
