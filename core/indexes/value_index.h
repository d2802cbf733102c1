// Indexes of a table. Equality index over one property of a table: hash of a value -> rows, over
// effective values. Made when a property is looked up for the second time; nobody else pays for it.
//
//   buckets[hash & mask] .. buckets[(hash & mask) + 1]  ->  rows[]
//
// An index remembers the columns it was built from. In a later version of the table the chunks
// whose column is another one are scanned instead, so an index never answers wrongly; when too many
// have changed it is made anew.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/columns/column.h"
#include "core/graph/property_table.h"
#include "core/indexes/text_index.h"

namespace callisto {

class ValueIndex {
 public:
  // Complexity: linear in the rows of the table.
  ValueIndex(const PropertyTable& table, Slot slot);

  // Appends rows that may have `hash` in chunks that are as they were; the caller verifies.
  template <class Visit>
  void candidates(std::uint64_t hash, Visit&& visit) const {
    const std::uint64_t bucket = (hash >> 7U) & mask_;
    for (std::uint32_t i = buckets_[bucket]; i < buckets_[bucket + 1]; ++i) {
      visit(rows_[i]);
    }
  }

  // Chunks of `table` whose column is not the one that was indexed.
  [[nodiscard]] std::vector<std::uint32_t> stale_chunks(const PropertyTable& table) const;

  [[nodiscard]] std::size_t bytes() const {
    return (buckets_.capacity() + rows_.capacity()) * sizeof(std::uint32_t) +
           columns_.capacity() * sizeof(ColumnPtr);
  }

 private:
  Slot slot_ = 0;
  std::uint64_t mask_ = 0;
  std::vector<std::uint32_t> buckets_;
  std::vector<std::uint32_t> rows_;
  std::vector<ColumnPtr>
      columns_;  // As indexed, a chunk each; held so that an address cannot be used again.
};

// The indexes of one table, shared by its versions. Thread-safe.
class TableIndexes {
 public:
  // The rows (live or not, ascending) whose effective value equals `value`, or has it as an
  // element. nullopt: scan instead (few distinct values, a small table, or the first time the
  // property is asked for). Requires a scalar `value`.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> find_equal(const PropertyTable& table,
                                                                     Slot slot,
                                                                     ValueView value);
  // find_equal() would answer now: there is an index, or this look-up would make it.
  [[nodiscard]] bool is_ready(const PropertyTable& table, Slot slot) const;
  // The table is large and most of its chunks hold so many distinct values of the property that a
  // look-up beats a scan. Complexity: linear in the chunks.
  [[nodiscard]] static bool worth_indexing(const PropertyTable& table, Slot slot);
  // The rows (live or not) of a chunk with a text that has the word. nullopt: scan instead (the
  // chunk was not searched before, or holds too much text).
  [[nodiscard]] std::optional<TextIndex::Found> find_word(const PropertyTable& table,
                                                          std::uint32_t chunk,
                                                          const TokenPattern& word);
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Entry {
    std::uint32_t lookups = 0;
    std::shared_ptr<const ValueIndex> index;
    std::uint64_t fresh_for = 0;  // Stamp of the table version that `stale` was made for.
    std::shared_ptr<const std::vector<std::uint32_t>> stale;
  };

  // The texts of a chunk, once it has been searched often enough.
  struct Texts {
    ChunkPtr chunk{};  // That was searched.
    std::uint32_t searches = 0;
    std::shared_ptr<const TextIndex> index{};
  };

  // The index and its stale chunks for this version of the table, or nothing.
  [[nodiscard]] std::optional<Entry> entry_for(const PropertyTable& table, Slot slot);

  mutable std::mutex mutex_;
  std::unordered_map<Slot, Entry> entries_;
  std::vector<Texts> texts_;  // By chunk.
};

}  // namespace callisto
