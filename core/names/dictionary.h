// Interned strings: string <-> dense 32-bit code. Codes and text never move or change; what has not
// been published yet, since the change that brought it is still being prepared, may be taken back.
//
// Thread safety: at() and size() are lock-free; find() and intern() take a shared mutex and may be
// called from any thread. publish() and roll_back() are for the one writer.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "core/values/arena.h"

namespace callisto {

class Dictionary {
 public:
  Dictionary();
  ~Dictionary();
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;

  std::uint32_t intern(std::string_view text);
  // Among what is published.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;
  // For the writer: also what is not published yet.
  [[nodiscard]] std::optional<std::uint32_t> find_any(std::string_view text) const;
  // Requires code < size(). Lifetime: as long as the dictionary.
  [[nodiscard]] std::string_view at(std::uint32_t code) const;

  [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

  [[nodiscard]] std::uint32_t published() const {
    return published_.load(std::memory_order_acquire);
  }

  void publish() { published_.store(size(), std::memory_order_release); }

  struct Mark {
    std::uint32_t size = 0;
    Arena::Mark text{};
  };

  [[nodiscard]] Mark mark() const;
  // Takes back what was interned since, down to what is published.
  void roll_back(const Mark& mark);

  [[nodiscard]] std::size_t bytes() const;

 private:
  // Segment s holds 1024 << s entries, so that an entry never moves and 22 segments are enough.
  static constexpr std::size_t kSegments = 22;

  struct Entry {
    const char* text = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
  };

  [[nodiscard]] const Entry& entry(std::uint32_t code) const;
  [[nodiscard]] std::size_t find_slot(std::string_view text, std::uint32_t hash) const;
  void grow();

  mutable std::shared_mutex mutex_;
  std::array<std::atomic<Entry*>, kSegments> segments_{};
  std::atomic<std::uint32_t> size_{0};
  std::atomic<std::uint32_t> published_{0};
  std::vector<std::uint64_t> slots_;  // Open addressing; hash << 32 | code + 1, 0 = empty.
  Arena text_;
};

}  // namespace callisto
