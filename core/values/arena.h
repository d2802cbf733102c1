// Bump allocator for bytes and values that live and die together. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <callisto/value_view.h>

namespace callisto {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Uninitialised storage, aligned to `alignment` (a power of two, at most 16).
  [[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment);

  template <class T>
  [[nodiscard]] std::span<T> allocate_array(std::size_t count) {
    return {static_cast<T*>(allocate(count * sizeof(T), alignof(T))), count};
  }

  [[nodiscard]] std::string_view copy(std::string_view text);
  [[nodiscard]] ValueView copy(ValueView value);  // Deep.

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  struct Mark {
    std::size_t blocks = 0;
    std::size_t block = 0;
    std::size_t used = 0;
  };

  [[nodiscard]] Mark mark() const { return {blocks_.size(), block_, used_}; }

  // Frees what was allocated since.
  void roll_back(const Mark& mark);

  // Frees everything but the largest block of at most 1 MB, so that a reused arena soon does not
  // allocate any more.
  void clear();

 private:
  struct Block {
    std::unique_ptr<std::byte[]> data;
    std::size_t size = 0;
  };

  std::vector<Block> blocks_;
  std::size_t block_ = 0;  // The block in use.
  std::size_t used_ = 0;   // Bytes used of it.
  std::size_t bytes_ = 0;  // Bytes held in all blocks.
};

}  // namespace callisto
