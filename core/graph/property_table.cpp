#include "core/graph/property_table.h"

#include <algorithm>

#include "core/indexes/value_index.h"
#include "core/overlay/precedence.h"

namespace callisto {

const ObjectLayers* PropertyChunk::layers(std::uint32_t row) const {
  const std::span<const RowLayers> all = layers();
  const auto found = std::lower_bound(
      all.begin(), all.end(), row, [](const RowLayers& entry, std::uint32_t wanted) {
        return entry.row < wanted;
      });
  return found != all.end() && found->row == row ? found->layers.get() : nullptr;
}

ValueView PropertyTable::value(std::uint32_t row, PropertyId property, Arena& scratch) const {
  const std::optional<Slot> at = slot(property);
  if (!at || row >= rows_) return {};
  const Column* column = chunk_of(row).column(*at);
  return column == nullptr ? ValueView{} : column->at(row % kChunkRows, scratch);
}

ValueView PropertyTable::base_value(std::uint32_t row, PropertyId property, Arena& scratch) const {
  const std::optional<Slot> at = slot(property);
  if (!at || row >= rows_) return {};
  const Column* column = chunk_of(row).base(*at);
  return column == nullptr ? ValueView{} : column->at(row % kChunkRows, scratch);
}

const Uuid& PropertyTable::id(std::uint32_t row) const {
  return chunk_of(row).base(slots::kId)->id(row % kChunkRows);
}

PartitionId PropertyTable::partition(std::uint32_t row) const {
  const double number = chunk_of(row).base(slots::kPartition)->at(row % kChunkRows).as_number();
  return PartitionId{static_cast<std::uint32_t>(number)};
}

ColumnPtr PropertyTable::column_as(LayerView view,
                                   std::uint32_t chunk,
                                   Slot slot,
                                   Dictionary& strings) const {
  const PropertyChunk& rows = *chunks_[chunk];
  // A share of the chunk keeps the column alive.
  const auto alias = [&](const Column* column) {
    return column == nullptr ? ColumnPtr{} : ColumnPtr(chunks_[chunk], column);
  };
  if (view == LayerView::Effective || !rows.overlaid(slot)) return alias(rows.column(slot));

  Arena arena;
  std::vector<RowValue> changes;
  for (const RowLayers& entry : rows.layers()) {
    const PropertyLayers* layers = entry.layers->find(properties_[slot]);
    if (layers == nullptr) continue;
    const Column* base = rows.base(slot);
    const ValueView below = base == nullptr ? ValueView{} : base->at(entry.row);
    changes.push_back({entry.row, resolve_value(layers, below, view, arena)});
  }
  const Column* base = rows.base(slot);
  if (base != nullptr) return base->with(changes, rows.rows(), strings);
  std::vector<ValueView> values(rows.rows());
  for (const RowValue& change : changes) {
    values[change.row] = change.value;
  }
  return Column::build(values, strings);
}

std::size_t PropertyTable::bytes() const {
  return stored_bytes() + (indexes_ ? indexes_->bytes() : 0);
}

std::size_t PropertyTable::stored_bytes() const {
  return sizeof(PropertyTable) + chunk_bytes_ + chunks_.capacity() * sizeof(ChunkPtr) +
         properties_.capacity() * sizeof(PropertyId) + slot_of_.bytes();
}

}  // namespace callisto
