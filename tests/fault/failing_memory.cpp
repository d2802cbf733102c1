// Replaces operator new of the whole program.
#include "tests/fault/failing_memory.h"

#include <atomic>
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

// Of all threads but the one that made it.
struct PlanElsewhere {
  std::atomic<bool> made{false};
  std::atomic<long> left{0};          // Until the one that is refused; below 1: none is.
  std::atomic<std::size_t> bytes{0};  // 0: of no size.
  std::atomic<long> refused{0};
};

PlanElsewhere elsewhere;
thread_local bool made_here = false;

bool refuses_elsewhere(std::size_t bytes) {
  if (!elsewhere.made || made_here) return false;
  const bool large = elsewhere.bytes != 0 && bytes >= elsewhere.bytes;
  const bool hit = elsewhere.left > 0 && elsewhere.left.fetch_sub(1) == 1;
  if (large || hit) ++elsewhere.refused;
  return large || hit;
}

bool refuses(std::size_t bytes) {
  if (refuses_elsewhere(bytes)) return true;
  if (plan.at == 0) return false;
  ++plan.asked;
  return plan.refuse == Refuse::One ? plan.asked == plan.at : plan.asked >= plan.at;
}

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (refuses(bytes)) return nullptr;
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

FailingElsewhere::FailingElsewhere(long at, std::size_t bytes) {
  made_here = true;
  elsewhere.left = at;
  elsewhere.bytes = bytes;
  elsewhere.refused = 0;
  elsewhere.made = true;
}

FailingElsewhere::~FailingElsewhere() {
  elsewhere.made = false;
  made_here = false;
}

long FailingElsewhere::refused() const {
  return elsewhere.refused;
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
