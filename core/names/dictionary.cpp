#include "core/names/dictionary.h"

#include <algorithm>
#include <bit>
#include <mutex>

#include "core/values/same_text.h"
#include "core/values/text_hash.h"

namespace callisto {

namespace {

constexpr std::uint32_t kFirstSegmentLog2 = 10;
constexpr std::uint32_t kFirstSegment = 1U << kFirstSegmentLog2;
constexpr std::size_t kSlotsMin = 64;

// Code c stands in segment s at c + 1024 - (1024 << s).
struct Place {
  std::uint32_t segment;
  std::uint32_t index;
};

Place place_of(std::uint32_t code) {
  const std::uint32_t shifted = code + kFirstSegment;
  const std::uint32_t top = std::bit_width(shifted) - 1;
  return {top - kFirstSegmentLog2, shifted - (1U << top)};
}

// A slot: hash in the high half, code + 1 in the low half, so that a miss does not touch the entry.
std::uint64_t make_slot(std::uint32_t hash, std::uint32_t code) {
  return std::uint64_t{hash} << 32U | (code + 1);
}

std::uint32_t hash_of(std::string_view text) {
  return static_cast<std::uint32_t>(hash_text(text));
}

}  // namespace

Dictionary::Dictionary() : slots_(kSlotsMin) {}

Dictionary::~Dictionary() {
  for (std::atomic<Entry*>& segment : segments_) {
    delete[] segment.load(std::memory_order_relaxed);
  }
}

const Dictionary::Entry& Dictionary::entry(std::uint32_t code) const {
  const Place place = place_of(code);
  return segments_[place.segment].load(std::memory_order_acquire)[place.index];
}

std::string_view Dictionary::at(std::uint32_t code) const {
  const Entry& found = entry(code);
  return {found.text, found.size};
}

std::size_t Dictionary::find_slot(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint64_t stored = slots_[slot];
    if (stored == 0) return slot;
    if (static_cast<std::uint32_t>(stored >> 32U) != hash) continue;
    if (same_text(at(static_cast<std::uint32_t>(stored) - 1), text)) return slot;
  }
}

std::optional<std::uint32_t> Dictionary::find(std::string_view text) const {
  const std::optional<std::uint32_t> code = find_any(text);
  return code && *code < published() ? code : std::nullopt;
}

std::optional<std::uint32_t> Dictionary::find_any(std::string_view text) const {
  const std::uint32_t hash = hash_of(text);
  const std::shared_lock lock(mutex_);
  const std::uint64_t stored = slots_[find_slot(text, hash)];
  if (stored == 0) return std::nullopt;
  return static_cast<std::uint32_t>(stored) - 1;
}

std::uint32_t Dictionary::intern(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  {
    const std::shared_lock lock(mutex_);
    const std::uint64_t stored = slots_[find_slot(text, hash)];
    if (stored != 0) return static_cast<std::uint32_t>(stored) - 1;
  }
  const std::unique_lock lock(mutex_);
  std::size_t slot = find_slot(text, hash);  // Again: another writer may have been first.
  if (slots_[slot] != 0) return static_cast<std::uint32_t>(slots_[slot]) - 1;
  const std::uint32_t code = size_.load(std::memory_order_relaxed);
  if ((std::size_t{code} + 1) * 2 > slots_.size()) {
    grow();
    slot = find_slot(text, hash);
  }
  const Place place = place_of(code);
  if (place.index == 0 && segments_[place.segment].load(std::memory_order_relaxed) == nullptr) {
    segments_[place.segment].store(new Entry[std::size_t{kFirstSegment} << place.segment],
                                   std::memory_order_release);
  }
  Entry* segment = segments_[place.segment].load(std::memory_order_relaxed);
  const std::string_view kept = text_.copy(text);
  segment[place.index] = {kept.data(), static_cast<std::uint32_t>(kept.size()), hash};
  slots_[slot] = make_slot(hash, code);
  size_.store(code + 1, std::memory_order_release);  // Publishes the entry to lock-free readers.
  return code;
}

Dictionary::Mark Dictionary::mark() const {
  const std::shared_lock lock(mutex_);
  return {size_.load(std::memory_order_relaxed), text_.mark()};
}

void Dictionary::roll_back(const Mark& mark) {
  const std::unique_lock lock(mutex_);
  if (mark.size >= size_.load(std::memory_order_relaxed) || mark.size < published()) return;
  size_.store(mark.size, std::memory_order_release);
  text_.roll_back(mark.text);
  std::fill(slots_.begin(), slots_.end(), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t code = 0; code < mark.size; ++code) {
    const std::uint32_t hash = entry(code).hash;
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots_[slot] = make_slot(hash, code);
  }
}

void Dictionary::grow() {
  std::vector<std::uint64_t> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const std::uint64_t stored : slots_) {
    if (stored == 0) continue;
    std::size_t slot = static_cast<std::uint32_t>(stored >> 32U) & mask;
    while (larger[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    larger[slot] = stored;
  }
  slots_.swap(larger);
}

std::size_t Dictionary::bytes() const {
  const std::shared_lock lock(mutex_);
  std::size_t total = text_.bytes() + slots_.capacity() * sizeof(slots_[0]);
  for (std::size_t s = 0; s < kSegments; ++s) {
    if (segments_[s].load(std::memory_order_relaxed) != nullptr) {
      total += (std::size_t{kFirstSegment} << s) * sizeof(Entry);
    }
  }
  return total;
}

}  // namespace callisto
