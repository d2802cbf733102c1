// Builds one chunk of the next version of a table: base columns, layers and effective columns.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/table_writer.h"

namespace callisto {

class TableWriter::ChunkBuilder {
 public:
  ChunkBuilder(const PropertyChunk* current, std::uint32_t rows, Names& names);

  // `puts` are sorted by row. `slot_of` gives (or makes) the slot of a property.
  template <class SlotOf>
  void collect(std::span<const RowPut> puts, SlotOf&& slot_of);
  // Ids of the rows that are new in this chunk, in row order.
  void append_ids(std::span<const Uuid> ids);
  [[nodiscard]] ChunkPtr finish(std::span<const PropertyId> properties);

 private:
  struct SlotChanges {
    std::vector<RowValue> base;          // Sorted by row.
    std::vector<std::uint16_t> layered;  // Rows whose layers of this property changed.
  };

  void collect_meta(const RowPut& put, std::uint16_t row);
  template <class SlotOf>
  void collect_base(const RowPut& put, std::uint16_t row, SlotOf&& slot_of);
  template <class SlotOf>
  void collect_layers(const RowPut& put, std::uint16_t row, SlotOf&& slot_of);
  void add(Slot slot, std::uint16_t row, ValueView value);
  [[nodiscard]] ColumnPtr changed(const ColumnPtr& column, std::span<const RowValue> changes) const;
  [[nodiscard]] ColumnPtr effective(Slot slot,
                                    PropertyId property,
                                    const ColumnPtr& old_effective,
                                    const ColumnPtr& base);
  SlotChanges& changes_of(Slot slot);
  [[nodiscard]] std::size_t bytes() const;
  void merge_layers();

  const PropertyChunk* current_;
  Names& names_;
  std::uint32_t old_rows_ = 0;
  std::shared_ptr<PropertyChunk> next_;
  std::vector<SlotChanges> changes_;      // By slot.
  std::vector<std::uint32_t> stamp_;      // By slot: 1 + the last row whose base named it.
  std::vector<RowLayers> layer_changes_;  // Sorted by row; nullptr = remove.
  Arena arena_;
};

template <class SlotOf>
void TableWriter::ChunkBuilder::collect(std::span<const RowPut> puts, SlotOf&& slot_of) {
  for (const RowPut& put : puts) {
    const auto row = static_cast<std::uint16_t>(put.row % kChunkRows);
    if (put.erased) {
      next_->live_.reset(row);
      next_->deleted_.reset(row);
      if (current_ != nullptr && current_->layers(row) != nullptr) {
        const LayersPtr none;
        RowPut removal = put;
        removal.layers = &none;
        collect_layers(removal, row, slot_of);
      }
      continue;
    }
    collect_meta(put, row);
    if (put.base != nullptr) collect_base(put, row, slot_of);
    if (put.layers != nullptr) collect_layers(put, row, slot_of);
  }
}

template <class SlotOf>
void TableWriter::ChunkBuilder::collect_base(const RowPut& put,
                                             std::uint16_t row,
                                             SlotOf&& slot_of) {
  for (const NamedValue& named : *put.base) {
    const Slot slot = slot_of(named.property);
    if (slot >= stamp_.size()) stamp_.resize(slot + 1, 0);
    stamp_[slot] = row + 1U;
    add(slot, row, named.value);
  }
  if (put.is_new || current_ == nullptr) return;
  // The put is the complete property set: what it does not name is gone.
  const auto slots_now = static_cast<Slot>(current_->columns_.size());
  for (Slot slot = slots::kFirstProperty; slot < slots_now; ++slot) {
    const Column* base = current_->base(slot);
    if (base == nullptr || row >= base->rows() || !base->present(row)) continue;
    if (slot < stamp_.size() && stamp_[slot] == row + 1U) continue;
    add(slot, row, ValueView{});
  }
}

template <class SlotOf>
void TableWriter::ChunkBuilder::collect_layers(const RowPut& put,
                                               std::uint16_t row,
                                               SlotOf&& slot_of) {
  const ObjectLayers* before = current_ == nullptr ? nullptr : current_->layers(row);
  const ObjectLayers* after = put.layers->get();
  for (const ObjectLayers* layers : {before, after}) {
    if (layers == nullptr) continue;
    for (const PropertyLayers& property : layers->properties) {
      std::vector<std::uint16_t>& rows = changes_of(slot_of(property.property)).layered;
      if (rows.empty() || rows.back() != row) rows.push_back(row);
    }
  }
  if (before != nullptr || after != nullptr) layer_changes_.push_back({row, *put.layers});
}

}  // namespace callisto
