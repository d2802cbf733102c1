// An upload to count.
#pragma once

#include <string>

namespace callisto::tests {

// Entities "k0", "k1", … of the type `thing`, all of this `version`.
[[nodiscard]] std::string things(int count, int version);

}  // namespace callisto::tests
