// Memory that runs out when a test says so: the k-th allocation of this thread is refused, or all
// from it on; or some of all other threads.
#pragma once

#include <cstddef>
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

// While it lives, allocations of all threads but this one are refused: the k-th, once, or all of a
// size and more.
class FailingElsewhere {
 public:
  [[nodiscard]] static FailingElsewhere once(long at) { return {at, 0}; }

  [[nodiscard]] static FailingElsewhere from_size(std::size_t bytes) { return {0, bytes}; }

  ~FailingElsewhere();
  FailingElsewhere(const FailingElsewhere&) = delete;
  FailingElsewhere& operator=(const FailingElsewhere&) = delete;

  // How many were refused.
  [[nodiscard]] long refused() const;

 private:
  FailingElsewhere(long at, std::size_t bytes);
};

}  // namespace callisto::tests
