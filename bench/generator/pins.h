// The 10,000 overrides that reads are measured under: spread evenly over the rows of the properties
// that most queries filter or return.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"

namespace callisto::bench {

inline constexpr std::size_t kOverrideRows = 10'000;

struct Pin {
  std::string_view type;
  std::uint32_t row = 0;
  std::string_view property;
  PropertyValue value;
};

// Set number `round`: the same entities and properties each time, other values than the round
// before. Requires size S or more.
[[nodiscard]] std::vector<Pin> override_pins(const Workload& workload, std::uint32_t round);

}  // namespace callisto::bench
