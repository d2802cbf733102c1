// Substring search over a heap of texts.
#pragma once

#include <cstddef>
#include <string_view>

namespace callisto {

inline constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

// The first place at or after `from` where `needle` (not empty) stands in `heap`, or kNotFound.
// Looks at the first and the last byte of the needle 16 places at a time. Complexity: linear in the
// heap unless both bytes are frequent.
[[nodiscard]] std::size_t find_text(std::string_view heap,
                                    std::string_view needle,
                                    std::size_t from);

}  // namespace callisto
