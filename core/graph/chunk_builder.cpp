#include "core/graph/chunk_builder.h"

#include <algorithm>

#include "core/overlay/precedence.h"

namespace callisto {

namespace {

// What the allocator and the count of owners add to a shared object.
constexpr std::size_t kBytesPerBlock = 48;
constexpr std::size_t kBytesPerLayeredRow = 256;  // About: one override of a short value.

}  // namespace

TableWriter::ChunkBuilder::ChunkBuilder(const PropertyChunk* current,
                                        std::uint32_t rows,
                                        Names& names)
    : current_(current),
      names_(names),
      old_rows_(current == nullptr ? 0 : current->rows()),
      next_(current == nullptr ? std::make_shared<PropertyChunk>()
                               : std::make_shared<PropertyChunk>(*current)) {
  next_->rows_ = rows;
  if (next_->columns_.size() < slots::kFirstProperty) next_->columns_.resize(slots::kFirstProperty);
}

TableWriter::ChunkBuilder::SlotChanges& TableWriter::ChunkBuilder::changes_of(Slot slot) {
  if (slot >= changes_.size()) changes_.resize(slot + 1);
  return changes_[slot];
}

void TableWriter::ChunkBuilder::add(Slot slot, std::uint16_t row, ValueView value) {
  changes_of(slot).base.push_back({row, value});
}

void TableWriter::ChunkBuilder::collect_meta(const RowPut& put, std::uint16_t row) {
  const ObjectMeta& meta = *put.meta;
  const auto number = [](std::int64_t value) {
    return ValueView::number(static_cast<double>(value));
  };
  if (put.is_new) {
    add(slots::kKey, row, ValueView::string(*put.key));
    add(slots::kPartition, row, number(put.partition.value));
  }
  if (put.class_value != nullptr) add(slots::kClass, row, *put.class_value);
  if (put.type_value != nullptr) add(slots::kType, row, *put.type_value);
  // with() is told only what differs, so that an update of one row copies as few columns as
  // possible.
  const auto set = [&](Slot slot, ValueView value) {
    if (!put.is_new && current_ != nullptr) {
      const Column* column = current_->base(slot);
      const ValueView before = column == nullptr ? ValueView{} : column->at(row);
      if (before == value) return;
    }
    if (put.is_new && value.is_null()) return;
    add(slot, row, value);
  };
  set(slots::kVersion, number(meta.version));
  set(slots::kCreatedOn, number(meta.created_on_ms));
  set(slots::kBeginOn, number(meta.begin_on_ms));
  set(slots::kEndOn, meta.deleted ? number(meta.end_on_ms) : ValueView{});
  if (meta.deleted) {
    next_->live_.reset(row);
    next_->deleted_.set(row);
  } else {
    next_->live_.set(row);
    next_->deleted_.reset(row);
  }
}

void TableWriter::ChunkBuilder::append_ids(std::span<const Uuid> ids) {
  if (ids.empty()) return;
  ColumnPtr& column = next_->columns_[slots::kId].base;
  column = column ? column->with_ids(ids) : Column::build_ids(ids);
}

ColumnPtr TableWriter::ChunkBuilder::changed(const ColumnPtr& column,
                                             std::span<const RowValue> changes) const {
  if (changes.empty()) return column;
  const std::uint32_t last = changes.back().row + 1U;
  if (column) return column->with(changes, std::max(column->rows(), last), names_.strings);
  std::vector<ValueView> values(last);
  for (const RowValue& change : changes) {
    values[change.row] = change.value;
  }
  return Column::build(values, names_.strings);
}

void TableWriter::ChunkBuilder::merge_layers() {
  if (layer_changes_.empty()) return;
  const std::span<const RowLayers> before = next_->layers();
  std::vector<RowLayers> merged;
  merged.reserve(before.size() + layer_changes_.size());
  auto old = before.begin();
  for (RowLayers& change : layer_changes_) {
    while (old != before.end() && old->row < change.row) {
      merged.push_back(*old++);
    }
    if (old != before.end() && old->row == change.row) ++old;
    if (change.layers) merged.push_back(std::move(change));
  }
  merged.insert(merged.end(), old, before.end());
  next_->layers_ = std::make_shared<const std::vector<RowLayers>>(std::move(merged));
}

// The column that readers see, or nullptr when no row of the chunk has a layer of this property.
ColumnPtr TableWriter::ChunkBuilder::effective(Slot slot,
                                               PropertyId property,
                                               const ColumnPtr& old_effective,
                                               const ColumnPtr& base) {
  const SlotChanges& changes = changes_[slot];
  const std::span<const RowLayers> all = next_->layers();
  const bool any_layer = std::any_of(all.begin(), all.end(), [&](const RowLayers& entry) {
    return entry.layers->find(property) != nullptr;
  });
  if (!any_layer) return nullptr;

  // Rows to look at again: those whose base changed and those whose layers changed.
  std::vector<std::uint16_t> rows = changes.layered;
  for (const RowValue& change : changes.base) {
    rows.push_back(change.row);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());

  std::vector<RowValue> values;
  values.reserve(rows.size());
  for (const std::uint16_t row : rows) {
    const ObjectLayers* layers = next_->layers(row);
    const PropertyLayers* stack = layers == nullptr ? nullptr : layers->find(property);
    const ValueView below = base ? base->at(row) : ValueView{};
    values.push_back({row, resolve_value(stack, below, LayerView::Effective, arena_)});
  }
  return changed(old_effective ? old_effective : base, values);
}

ChunkPtr TableWriter::ChunkBuilder::finish(std::span<const PropertyId> properties) {
  merge_layers();
  if (next_->columns_.size() < changes_.size()) next_->columns_.resize(changes_.size());
  for (Slot slot = 0; slot < changes_.size(); ++slot) {
    const SlotChanges& changes = changes_[slot];
    if (changes.base.empty() && changes.layered.empty()) continue;
    PropertyChunk::SlotColumns& columns = next_->columns_[slot];
    columns.base = changed(columns.base, changes.base);
    if (columns.effective || !changes.layered.empty()) {
      columns.effective = effective(slot, properties[slot], columns.effective, columns.base);
    }
  }
  next_->bytes_ = bytes();
  return next_;
}

std::size_t TableWriter::ChunkBuilder::bytes() const {
  std::size_t total = sizeof(PropertyChunk) + kBytesPerBlock +
                      next_->columns_.capacity() * sizeof(PropertyChunk::SlotColumns) +
                      next_->layers().size() * kBytesPerLayeredRow;
  for (const PropertyChunk::SlotColumns& columns : next_->columns_) {
    for (const Column* column : {columns.base.get(), columns.effective.get()}) {
      if (column != nullptr) total += column->bytes() + kBytesPerBlock;
    }
  }
  return total;
}

}  // namespace callisto
