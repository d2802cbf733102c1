// Concurrent hash index from object id to row address. Append-only: one writer, any number of
// lock-free readers.
//
// A hit is a candidate: the caller verifies it against the id column of its own snapshot, so
// entries of versions that were never published, or are newer than the reader, do no harm. When it
// is full the writer makes a larger one; older snapshots keep theirs.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace callisto {

class IdIndex {
 public:
  explicit IdIndex(std::uint32_t capacity_log2);
  // Requires has_room_for(1). `address` must not be 0xFFFF'FFFF'FFFF'FFFF.
  void insert(std::uint64_t hash, std::uint64_t address);

  [[nodiscard]] std::uint32_t capacity_log2() const { return capacity_log2_; }

  [[nodiscard]] std::size_t bytes() const;

  [[nodiscard]] bool has_room_for(std::uint64_t more) const { return size_ + more < limit_; }

  // A copy with room for `room_for` more entries.
  [[nodiscard]] std::shared_ptr<IdIndex> grown(std::uint64_t room_for) const;

  // Starts loading what find() will read first.
  void prefetch(std::uint64_t hash) const {
    __builtin_prefetch(&slots_[static_cast<std::uint32_t>(hash) & mask_]);
  }

  // The address of the first candidate, without a look at what stands there.
  [[nodiscard]] std::optional<std::uint64_t> peek(std::uint64_t hash) const {
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::uint64_t slot = tag & mask_;; slot = (slot + 1) & mask_) {
      const std::uint64_t stored = slots_[slot].address.load(std::memory_order_acquire);
      if (stored == 0) return std::nullopt;
      if (slots_[slot].tag == tag) return stored - 1;
    }
  }

  // Calls verify(address) for each candidate until it returns true; returns whether any did.
  template <class Verify>
  bool find(std::uint64_t hash, Verify&& verify) const {
    const auto tag = static_cast<std::uint32_t>(hash);
    for (std::uint64_t slot = tag & mask_;; slot = (slot + 1) & mask_) {
      const std::uint64_t stored = slots_[slot].address.load(std::memory_order_acquire);
      if (stored == 0) return false;
      if (slots_[slot].tag == tag && verify(stored - 1)) return true;
    }
  }

 private:
  // 12 bytes of content; packed so that a slot does not cross more than one cache line in most
  // cases.
  struct Slot {
    std::atomic<std::uint64_t> address{0};  // Address + 1; 0 = empty.
    std::uint32_t tag = 0;                  // Low bits of the hash; written before the address.
  };

  std::uint32_t capacity_log2_ = 0;
  std::uint64_t mask_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t limit_ = 0;
  std::unique_ptr<Slot[]> slots_;
};

}  // namespace callisto
