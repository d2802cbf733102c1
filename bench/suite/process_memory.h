// What the operating system says this process holds.
#pragma once

#include <cstdint>

namespace callisto::bench {

// Resident bytes after free heap pages went back to the system. 0 where /proc/self/statm cannot be
// read.
[[nodiscard]] std::uint64_t trimmed_resident_bytes();

// Peak resident bytes since the program began.
[[nodiscard]] std::uint64_t peak_resident_bytes();

}  // namespace callisto::bench
