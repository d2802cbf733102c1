#include "core/graph/table_writer.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "core/graph/chunk_builder.h"
#include "core/indexes/value_index.h"

namespace callisto {
namespace {

// Which property each metadata slot holds.
constexpr std::array<PropertyId, slots::kFirstProperty> kMetadataSlots{
    metadata::kId,
    metadata::kKey,
    metadata::kClass,
    metadata::kType,
    kNoProperty,
    metadata::kVersion,
    metadata::kCreatedOn,
    metadata::kBeginOn,
    metadata::kEndOn,
};

}  // namespace

TableWriter::TableWriter(const PropertyTable* current, Names& names)
    : current_(current), names_(names), first_new_row_(current == nullptr ? 0 : current->rows()) {}

std::uint32_t TableWriter::add_row(const Uuid& id) {
  new_ids_.push_back(id);
  return first_new_row_ + static_cast<std::uint32_t>(new_ids_.size()) - 1;
}

const Uuid& TableWriter::id(std::uint32_t row) const {
  return row >= first_new_row_ ? new_ids_[row - first_new_row_] : current_->id(row);
}

bool TableWriter::is_new(std::uint32_t row) const {
  return row >= first_new_row_ && row - first_new_row_ < new_ids_.size();
}

bool TableWriter::was_live(std::uint32_t row) const {
  return row < first_new_row_ && current_->is_live(row);
}

Slot TableWriter::slot_for(PropertyTable& out, PropertyId property) {
  if (const std::optional<Slot> known = out.slot_of_.find(property)) return *known;
  const auto slot = static_cast<Slot>(out.properties_.size());
  out.slot_of_.insert(property, slot);
  out.properties_.push_back(property);
  return slot;
}

void TableWriter::build_chunk(PropertyTable& out,
                              std::uint32_t chunk,
                              std::span<const RowPut> puts) {
  const std::uint32_t first = chunk * kChunkRows;
  const PropertyChunk* current = chunk < out.chunks_.size() ? out.chunks_[chunk].get() : nullptr;
  const std::uint32_t rows = std::min(out.rows_ - first, kChunkRows);
  ChunkBuilder builder(current, rows, names_);
  builder.collect(puts, [&](PropertyId property) { return slot_for(out, property); });

  const std::uint32_t first_new = std::max(first, first_new_row_);
  if (first_new < first + rows) {
    builder.append_ids(
        std::span(new_ids_).subspan(first_new - first_new_row_, first + rows - first_new));
  }
  ChunkPtr built = builder.finish(out.properties_);
  const std::uint32_t live_before = current == nullptr ? 0 : current->live().count();
  out.live_rows_ += built->live().count() - live_before;
  out.chunk_bytes_ += built->bytes() - (current == nullptr ? 0 : current->bytes());
  if (chunk < out.chunks_.size()) {
    out.chunks_[chunk] = std::move(built);
  } else {
    out.chunks_.push_back(std::move(built));
  }
}

void TableWriter::finish(PropertyTable& out) {
  if (out.properties_.empty()) {
    out.properties_.assign(kMetadataSlots.begin(), kMetadataSlots.end());
    for (Slot slot = 0; slot < kMetadataSlots.size(); ++slot) {
      if (kMetadataSlots[slot] != kNoProperty) out.slot_of_.insert(kMetadataSlots[slot], slot);
    }
  }
  static std::atomic<std::uint64_t> stamps{0};
  out.stamp_ = ++stamps;
  if (!out.indexes_) out.indexes_ = std::make_shared<TableIndexes>();
  out.rows_ = first_new_row_ + static_cast<std::uint32_t>(new_ids_.size());
  const auto by_row = [](const RowPut& a, const RowPut& b) { return a.row < b.row; };
  if (!std::is_sorted(puts_.begin(), puts_.end(), by_row))
    std::sort(puts_.begin(), puts_.end(), by_row);

  for (std::size_t begin = 0; begin < puts_.size();) {
    const std::uint32_t chunk = puts_[begin].row / kChunkRows;
    std::size_t end = begin + 1;
    while (end < puts_.size() && puts_[end].row / kChunkRows == chunk) {
      ++end;
    }
    build_chunk(out, chunk, std::span(puts_).subspan(begin, end - begin));
    begin = end;
  }
}

}  // namespace callisto
