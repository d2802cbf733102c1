// Rows of one entity type or one kind of relationship, in chunks of kChunkRows, a column per
// property. Immutable.
//
//   PropertyTable ── slots: property -> slot (metadata that is stored has the first slots)
//    └─ PropertyChunk × n ── base[slot], effective[slot] (null: same as base), layers of the few
//    rows that have any
//
// The effective column stands beside the base column, so a read costs one pointer test per chunk,
// overridden or not.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/columns/column.h"
#include "core/columns/row_mask.h"
#include "core/graph/partition.h"
#include "core/graph/slot_map.h"
#include "core/names/names.h"
#include "core/overlay/layers.h"
#include <callisto/provenance.h>

namespace callisto {

inline constexpr PropertyId kNoProperty{0xFFFFFFFFU};

struct RowLayers {
  std::uint16_t row = 0;
  LayersPtr layers;
};

class PropertyChunk {
 public:
  [[nodiscard]] std::uint32_t rows() const { return rows_; }

  // In the graph now: neither soft-deleted nor erased.
  [[nodiscard]] const RowMask& live() const { return live_; }

  [[nodiscard]] const RowMask& deleted() const { return deleted_; }  // Soft-deleted.

  // What readers see by default; nullptr: absent on every row. A column may have fewer rows than
  // the chunk: the rest is absent.
  [[nodiscard]] const Column* column(Slot slot) const {
    if (slot >= columns_.size()) return nullptr;
    const SlotColumns& pair = columns_[slot];
    return pair.effective ? pair.effective.get() : pair.base.get();
  }

  [[nodiscard]] const Column* base(Slot slot) const {
    return slot < columns_.size() ? columns_[slot].base.get() : nullptr;
  }

  [[nodiscard]] bool overlaid(Slot slot) const {
    return slot < columns_.size() && columns_[slot].effective != nullptr;
  }

  // Sorted by row.
  [[nodiscard]] std::span<const RowLayers> layers() const {
    return layers_ ? std::span<const RowLayers>(*layers_) : std::span<const RowLayers>();
  }

  [[nodiscard]] const ObjectLayers* layers(std::uint32_t row) const;  // nullptr: none.

  [[nodiscard]] std::size_t bytes() const { return bytes_; }  // About.

 private:
  friend class TableWriter;

  struct SlotColumns {
    ColumnPtr base;
    ColumnPtr effective;  // nullptr: same as base.
  };

  std::uint32_t rows_ = 0;
  RowMask live_;
  RowMask deleted_;
  std::vector<SlotColumns> columns_;
  std::shared_ptr<const std::vector<RowLayers>> layers_;  // Shared until a row's layers change.
  std::size_t bytes_ = 0;
};

using ChunkPtr = std::shared_ptr<const PropertyChunk>;

class TableIndexes;

class PropertyTable {
 public:
  [[nodiscard]] std::uint32_t rows() const { return rows_; }  // Deleted and erased rows included.

  [[nodiscard]] std::uint32_t live_rows() const { return live_rows_; }

  [[nodiscard]] std::span<const ChunkPtr> chunks() const { return chunks_; }

  [[nodiscard]] const PropertyChunk& chunk_of(std::uint32_t row) const {
    return *chunks_[row / kChunkRows];
  }

  [[nodiscard]] bool is_live(std::uint32_t row) const {
    return row < rows_ && chunk_of(row).live().test(row % kChunkRows);
  }

  [[nodiscard]] std::optional<Slot> slot(PropertyId property) const {
    return slot_of_.find(property);
  }

  // Slot -> property; kNoProperty for slots::kPartition.
  [[nodiscard]] std::span<const PropertyId> properties() const { return properties_; }

  // The effective value of a stored property; Null when absent. Ids are formatted into `scratch`.
  [[nodiscard]] ValueView value(std::uint32_t row, PropertyId property, Arena& scratch) const;
  [[nodiscard]] ValueView base_value(std::uint32_t row, PropertyId property, Arena& scratch) const;
  [[nodiscard]] const Uuid& id(std::uint32_t row) const;  // Requires row < rows().
  [[nodiscard]] PartitionId partition(std::uint32_t row) const;
  // The column of a chunk as a view shows it; builds a temporary one when layers have to be taken
  // off (slow path of O-30).
  [[nodiscard]] ColumnPtr column_as(LayerView view,
                                    std::uint32_t chunk,
                                    Slot slot,
                                    Dictionary& strings) const;

  // Equality indexes, shared by the versions of this table (core/indexes/value_index.h).
  [[nodiscard]] TableIndexes& indexes() const { return *indexes_; }

  // Differs between any two versions of any table.
  [[nodiscard]] std::uint64_t stamp() const { return stamp_; }

  // What the table takes in memory, about: with its indexes, and without.
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t stored_bytes() const;

 private:
  friend class TableWriter;
  std::size_t chunk_bytes_ = 0;
  std::uint32_t rows_ = 0;
  std::uint32_t live_rows_ = 0;
  std::uint64_t stamp_ = 0;
  std::shared_ptr<TableIndexes> indexes_;
  std::vector<ChunkPtr> chunks_;
  std::vector<PropertyId> properties_;
  SlotMap slot_of_;
};

// Slots of stored metadata, the same in every table. The rest (`_accountId`, `_source`, `_deleted`,
// the ends of relationships ...) is answered by Snapshot::value and Snapshot::derived_column.
namespace slots {
inline constexpr Slot kId = 0;
inline constexpr Slot kKey = 1;
inline constexpr Slot kClass = 2;      // Entities: list of strings; relationships: the verb.
inline constexpr Slot kType = 3;       // Entities: constant; relationships: `_type` of each.
inline constexpr Slot kPartition = 4;  // PartitionId as a number; not a J1QL property.
inline constexpr Slot kVersion = 5;
inline constexpr Slot kCreatedOn = 6;
inline constexpr Slot kBeginOn = 7;
inline constexpr Slot kEndOn = 8;  // Absent while live.
inline constexpr Slot kFirstProperty = 9;
}  // namespace slots

}  // namespace callisto
