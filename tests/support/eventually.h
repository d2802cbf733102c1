// Waits for something that happens by itself: as long as it takes, and a failure when it never
// does.
#pragma once

#include <chrono>
#include <thread>

namespace callisto::tests {

// Whether `happened()` becomes true, asked every few milliseconds for at most a minute.
template <class Condition>
[[nodiscard]] bool eventually(const Condition& happened) {
  constexpr std::chrono::milliseconds kBetween{5};
  constexpr std::chrono::seconds kPatience{60};
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!happened()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(kBetween);
  }
  return true;
}

}  // namespace callisto::tests
