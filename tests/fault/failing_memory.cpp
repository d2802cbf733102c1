// Replaces operator new of the whole program.
#include "tests/fault/failing_memory.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace callisto::tests {
namespace {

struct Plan {
  std::uint64_t at = 0;  // 0: nothing is refused.
  std::uint64_t asked = 0;
  Refuse refuse = Refuse::One;
};

thread_local Plan plan;

bool refuses() {
  if (plan.at == 0) return false;
  ++plan.asked;
  return plan.refuse == Refuse::One ? plan.asked == plan.at : plan.asked >= plan.at;
}

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (refuses()) return nullptr;
  if (bytes == 0) bytes = 1;
  if (alignment <= alignof(std::max_align_t)) return std::malloc(bytes);
  return std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t bytes, std::size_t alignment) {
  void* const memory = allocate(bytes, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

FailingMemory::FailingMemory(std::uint64_t at, Refuse refuse) {
  plan = {.at = at, .asked = 0, .refuse = refuse};
}

FailingMemory::~FailingMemory() {
  plan = {};
}

bool FailingMemory::refused() const {
  return plan.asked >= plan.at;
}

}  // namespace callisto::tests

using callisto::tests::allocate;
using callisto::tests::allocate_or_throw;

void* operator new(std::size_t bytes) {
  return allocate_or_throw(bytes, 1);
}

void* operator new[](std::size_t bytes) {
  return allocate_or_throw(bytes, 1);
}

void* operator new(std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept {
  return allocate(bytes, 1);
}

void* operator new[](std::size_t bytes, const std::nothrow_t& /*tag*/) noexcept {
  return allocate(bytes, 1);
}

void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate_or_throw(bytes, static_cast<std::size_t>(alignment));
}

void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return allocate_or_throw(bytes, static_cast<std::size_t>(alignment));
}

void* operator new(std::size_t bytes,
                   std::align_val_t alignment,
                   const std::nothrow_t& /*tag*/) noexcept {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}

void* operator new[](std::size_t bytes,
                     std::align_val_t alignment,
                     const std::nothrow_t& /*tag*/) noexcept {
  return allocate(bytes, static_cast<std::size_t>(alignment));
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

void operator delete[](void* memory,
                       std::size_t /*bytes*/,
                       std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept {
  std::free(memory);
}

void operator delete[](void* memory, const std::nothrow_t& /*tag*/) noexcept {
  std::free(memory);
}
