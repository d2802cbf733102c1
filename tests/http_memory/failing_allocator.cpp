#include "tests/http_memory/failing_allocator.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace callisto::tests {
namespace {

std::atomic<long> countdown{0};
std::atomic<std::size_t> above{0};
std::atomic<long> failures{0};
std::atomic<bool> armed{false};
thread_local bool spared = false;

bool fails(std::size_t bytes) {
  if (!armed.load(std::memory_order_relaxed) || spared) return false;
  const std::size_t most = above.load(std::memory_order_relaxed);
  const bool large = most != 0 && bytes >= most;
  const bool hit = countdown.load(std::memory_order_relaxed) > 0 && countdown.fetch_sub(1) == 1;
  if (!large && !hit) return false;
  ++failures;
  return true;
}

void* allocated(std::size_t bytes, std::size_t alignment) {
  if (fails(bytes)) return nullptr;
  const std::size_t size = bytes == 0 ? 1 : bytes;
  if (alignment <= alignof(std::max_align_t)) return std::malloc(size);
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocated_or_throw(std::size_t bytes, std::size_t alignment) {
  void* const memory = allocated(bytes, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

FailingAllocator::FailingAllocator(long number, std::size_t bytes) {
  spared = true;
  failures = 0;
  countdown = number;
  above = bytes;
  armed = true;
}

FailingAllocator::~FailingAllocator() {
  armed = false;
}

long FailingAllocator::failed() {
  return failures;
}

}  // namespace callisto::tests

using callisto::tests::allocated;
using callisto::tests::allocated_or_throw;

void* operator new(std::size_t bytes) {
  return allocated_or_throw(bytes, 0);
}

void* operator new[](std::size_t bytes) {
  return allocated_or_throw(bytes, 0);
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocated_or_throw(bytes, static_cast<std::size_t>(alignment));
}

void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return allocated_or_throw(bytes, static_cast<std::size_t>(alignment));
}

void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept {
  return allocated(bytes, 0);
}

void* operator new[](std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept {
  return allocated(bytes, 0);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete[](void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*bytes*/) noexcept {
  std::free(memory);
}

void operator delete[](void* memory, std::size_t /*bytes*/) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

void operator delete[](void* memory, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
