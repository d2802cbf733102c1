// Builds the next version of one table from the current one: collects row changes, then copies only
// the touched chunks.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/graph/change_set.h"
#include "core/graph/property_table.h"
#include "core/names/names.h"

namespace callisto {

// One row's change, by reference: bulk loads make millions. Everything must live until finish().
struct RowPut {
  std::uint32_t row = 0;
  PartitionId partition{};
  const ObjectMeta* meta = nullptr;
  const std::string_view* key = nullptr;
  const ValueView* class_value = nullptr;             // nullptr: as before.
  const ValueView* type_value = nullptr;              // nullptr: as before.
  const std::span<const NamedValue>* base = nullptr;  // nullptr: the base stays.
  const LayersPtr* layers = nullptr;                  // nullptr: the layers stay.
  bool is_new = false;
  bool erased = false;  // Nothing else counts then.
};

class TableWriter {
 public:
  // `current` may be nullptr. Both must outlive the writer.
  TableWriter(const PropertyTable* current, Names& names);
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  // Reserves a row for a new object.
  std::uint32_t add_row(const Uuid& id);

  // At most one put a row.
  void put(const RowPut& put) {
    puts_.push_back(put);
    if (put.erased) erased_.insert(put.row);
  }

  // The id of any row, new ones included.
  [[nodiscard]] const Uuid& id(std::uint32_t row) const;
  // Added by this change.
  [[nodiscard]] bool is_new(std::uint32_t row) const;
  [[nodiscard]] bool was_live(std::uint32_t row) const;

  // Erased by this change.
  [[nodiscard]] bool erased(std::uint32_t row) const {
    return !erased_.empty() && erased_.contains(row);
  }

  // Rows of the next version.
  [[nodiscard]] std::uint32_t rows() const {
    return first_new_row_ + static_cast<std::uint32_t>(new_ids_.size());
  }

  // Builds the rows of the next version into `out`, which starts as a copy of the current table (or
  // empty).
  void finish(PropertyTable& out);

 private:
  class ChunkBuilder;
  [[nodiscard]] Slot slot_for(PropertyTable& out, PropertyId property);
  void build_chunk(PropertyTable& out, std::uint32_t chunk, std::span<const RowPut> puts);

  const PropertyTable* current_;
  Names& names_;
  std::uint32_t first_new_row_ = 0;
  std::vector<Uuid> new_ids_;
  std::vector<RowPut> puts_;
  std::unordered_set<std::uint32_t> erased_;
};

}  // namespace callisto
