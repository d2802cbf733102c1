// A list of slots for each row, made from the presence of the columns when rows of a chunk are read
// again and again.
#include "query/executor/row_slots.h"

namespace callisto::query {

namespace {

// Of a table with fewer properties all are looked at.
constexpr std::size_t kPropertiesMin = 64;
// Rows of a chunk that are read before its lists are worth making.
constexpr std::uint32_t kReadsMin = 8;
constexpr std::size_t kChunksMax = 64;

}  // namespace

std::optional<std::span<const Slot>> RowSlots::of(const PropertyTable& table, std::uint32_t row) {
  if (table.properties().size() < kPropertiesMin) return std::nullopt;
  const PropertyChunk& chunk = table.chunk_of(row);
  const std::uint32_t at = row % kChunkRows;
  // Another layer may show what no column holds.
  if (chunk.layers(at) != nullptr) return std::nullopt;
  const auto [found, is_new] = chunks_.try_emplace(&chunk);
  Chunk& entry = found->second;
  if (++entry.reads < kReadsMin) return std::nullopt;
  if (entry.ends.empty()) {
    if (chunks_.size() > kChunksMax) {
      chunks_.clear();
      bytes_ = 0;
      held_.set(0);
      return std::nullopt;
    }
    fill(entry, table, chunk);
    bytes_ += entry.ends.size() * sizeof(entry.ends[0]) + entry.slots.size() * sizeof(Slot);
    held_.set(bytes_);
  }
  const std::uint32_t begin = at == 0 ? 0 : entry.ends[at - 1];
  return std::span<const Slot>(entry.slots).subspan(begin, entry.ends[at] - begin);
}

void RowSlots::fill(Chunk& made, const PropertyTable& table, const PropertyChunk& chunk) {
  made.ends.assign(kChunkRows, 0);
  const auto slots = static_cast<Slot>(table.properties().size());
  const auto visit = [&](auto&& take) {
    for (Slot slot = slots::kFirstProperty; slot < slots; ++slot) {
      const Column* const column = chunk.column(slot);
      if (column == nullptr) continue;
      column->presence().for_each([&](std::uint32_t row) { take(row, slot); });
    }
  };
  visit([&](std::uint32_t row, Slot /*slot*/) { ++made.ends[row]; });
  std::uint32_t total = 0;
  for (std::uint32_t& end : made.ends) {
    const std::uint32_t count = end;
    end = total;  // The begin of the row, until its slots are in.
    total += count;
  }
  made.slots.resize(total);
  visit([&](std::uint32_t row, Slot slot) { made.slots[made.ends[row]++] = slot; });
}

}  // namespace callisto::query
