#include "core/graph/id_index.h"

namespace callisto {
namespace {

std::uint64_t limit_of(std::uint32_t capacity_log2) {
  return (std::uint64_t{1} << capacity_log2) / 10 * 7;
}

}  // namespace

IdIndex::IdIndex(std::uint32_t capacity_log2)
    : capacity_log2_(capacity_log2),
      mask_((std::uint64_t{1} << capacity_log2) - 1),
      limit_(limit_of(capacity_log2)),
      slots_(std::make_unique<Slot[]>(std::size_t{1} << capacity_log2)) {}

void IdIndex::insert(std::uint64_t hash, std::uint64_t address) {
  const auto tag = static_cast<std::uint32_t>(hash);
  std::uint64_t slot = tag & mask_;
  while (slots_[slot].address.load(std::memory_order_relaxed) != 0) {
    slot = (slot + 1) & mask_;
  }
  slots_[slot].tag = tag;
  slots_[slot].address.store(address + 1, std::memory_order_release);
  ++size_;
}

std::size_t IdIndex::bytes() const {
  return (std::size_t{1} << capacity_log2_) * sizeof(Slot);
}

std::shared_ptr<IdIndex> IdIndex::grown(std::uint64_t room_for) const {
  std::uint32_t log2 = capacity_log2_ + 1;
  while (limit_of(log2) <= size_ + room_for) {
    ++log2;
  }
  auto next = std::make_shared<IdIndex>(log2);
  for (std::uint64_t slot = 0; slot <= mask_; ++slot) {
    const std::uint64_t stored = slots_[slot].address.load(std::memory_order_relaxed);
    if (stored != 0) next->insert(slots_[slot].tag, stored - 1);
  }
  return next;
}

}  // namespace callisto
