// Memory that runs out when a test says so: the k-th allocation of this thread is refused, or all
// from it on.
#pragma once

#include <cstdint>

namespace callisto::tests {

enum class Refuse : std::uint8_t { One, AllAfter };

// While it lives, allocations of this thread are counted from 1 on, and the k-th is refused.
class FailingMemory {
 public:
  FailingMemory(std::uint64_t at, Refuse refuse);
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  // Whether the allocation that was to be refused has been asked for.
  [[nodiscard]] bool refused() const;
};

}  // namespace callisto::tests
