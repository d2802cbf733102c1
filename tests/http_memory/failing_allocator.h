// Makes allocations of other threads fail when a test wants it.
#pragma once

#include <cstddef>

namespace callisto::tests {

// While it lives, allocations of threads other than the one that made it fail: one of them, or all
// above a size. One at a time.
class FailingAllocator {
 public:
  // The `number`-th from now on, once.
  [[nodiscard]] static FailingAllocator nth(long number) { return {number, 0}; }
  // All of `bytes` and more.
  [[nodiscard]] static FailingAllocator above(std::size_t bytes) { return {0, bytes}; }

  ~FailingAllocator();
  FailingAllocator(const FailingAllocator&) = delete;
  FailingAllocator& operator=(const FailingAllocator&) = delete;

  // How many have failed.
  [[nodiscard]] static long failed();

 private:
  FailingAllocator(long number, std::size_t bytes);
};

}  // namespace callisto::tests
