// Reads stored objects by row, and compares an uploaded row with what the owner last said without
// copying it: the hot loop of a re-sync.
//
// Not thread-safe (it remembers the chunk it last looked at). Lifetime: the snapshot's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"

namespace callisto::persist {

class StoredRows {
 public:
  explicit StoredRows(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // Whether the base has exactly these properties. `properties` is sorted, without Null.
  // Complexity: O(properties); the first row of a chunk pays for counting the chunk.
  [[nodiscard]] bool same_base(const PropertyTable& table,
                               std::uint32_t row,
                               std::span<const NamedValue> properties);
  [[nodiscard]] bool same_classes(const EntityTable& table,
                                  std::uint32_t row,
                                  std::span<const ClassId> classes);

  // The whole base, sorted by property. Strings point into the snapshot.
  [[nodiscard]] std::span<const NamedValue> base(const PropertyTable& table,
                                                 std::uint32_t row,
                                                 Arena& arena) const;
  [[nodiscard]] std::span<const ClassId> classes(const EntityTable& table,
                                                 std::uint32_t row,
                                                 Arena& arena) const;
  [[nodiscard]] static ObjectMeta meta(const PropertyTable& table, std::uint32_t row);
  [[nodiscard]] static std::string_view key(const PropertyTable& table, std::uint32_t row);
  // nullptr: nothing above the base. Pays only in chunks that have layers.
  [[nodiscard]] static const ObjectLayers* layers(const PropertyTable& table, std::uint32_t row);
  // Code in Names::relationship_types.
  [[nodiscard]] std::uint32_t relationship_type(const RelationshipTable& table,
                                                std::uint32_t row) const;
  [[nodiscard]] const Uuid& from(const RelationshipTable& table, std::uint32_t row) const;
  [[nodiscard]] const Uuid& to(const RelationshipTable& table, std::uint32_t row) const;

 private:
  using Counts = std::array<std::uint16_t, kChunkRows>;

  const Counts& counts(const PropertyTable& table, const PropertyChunk& chunk);

  const Snapshot& snapshot_;
  boost::unordered_flat_map<const PropertyChunk*, std::unique_ptr<Counts>> counts_;
  const PropertyChunk* last_chunk_ = nullptr;
  const Counts* last_counts_ = nullptr;
  // The last `_class` comparison: rows of a type nearly always have the same.
  const ValueView* last_stored_ = nullptr;
  const ClassId* last_wanted_ = nullptr;
  bool last_same_ = false;
};

// Which stored rows an upload has named. Tables are numbered by type or by relationship table.
class RowMarks {
 public:
  void set(std::uint32_t table, std::uint32_t row);
  [[nodiscard]] bool test(std::uint32_t table, std::uint32_t row) const;

 private:
  std::vector<std::vector<RowMask>> masks_;
};

// Calls visit(row) for each live row of a partition. Complexity: one test a chunk where all rows
// have one owner, else one a row.
template <class Visit>
void for_each_row_of(const PropertyTable& table, PartitionId partition, Visit&& visit) {
  const double wanted = partition.value;
  std::uint32_t first = 0;
  for (const ChunkPtr& chunk : table.chunks()) {
    const Column* column = chunk->base(slots::kPartition);
    const auto is_wanted = [&](std::uint32_t row) {
      const ValueView value = column->at(row);
      return value.kind() == ValueKind::Number && value.as_number() == wanted;
    };
    const bool constant = column != nullptr && column->kind() == Column::Kind::Coded &&
                          column->code_width() == 0 && !column->has_absent();
    if (column != nullptr && (!constant || is_wanted(0))) {
      chunk->live().for_each([&](std::uint32_t row) {
        if (constant || is_wanted(row)) visit(first + row);
      });
    }
    first += kChunkRows;
  }
}

}  // namespace callisto::persist
