// Bytes in a zstd frame behind their size.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto::persist {

// `head`, then eight bytes of size, then the frame. The same bytes give the same result.
[[nodiscard]] std::string pack(std::string_view head, std::string_view bytes);

// What pack() was given as bytes, from what it put behind the head.
// Errors: Corruption (cut, damaged, or above `bytes_max`).
[[nodiscard]] Result<std::string> unpack(std::string_view packed, std::size_t bytes_max);

}  // namespace callisto::persist
