#include "tests/fault/campaigns.h"

#include <stdlib.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace callisto::tests {

void Campaign::fail(std::string what) {
  constexpr std::size_t kKept = 5;
  ++failures;
  if (first_failures.size() < kKept) first_failures.push_back(std::move(what));
}

std::string Campaign::text() const {
  std::string text = fmt::format("{} trials, {} faults, {} acknowledged, {} reported, {} failures",
                                 trials,
                                 injected,
                                 acknowledged,
                                 reported,
                                 failures);
  for (const std::string& failure : first_failures) {
    text += "\n  " + failure;
  }
  return text;
}

std::uint64_t cycles(std::uint64_t usual) {
  const char* text = ::getenv("CALLISTO_FAULT_CYCLES");
  return text == nullptr ? usual : std::max<std::uint64_t>(usual, std::strtoull(text, nullptr, 10));
}

}  // namespace callisto::tests
