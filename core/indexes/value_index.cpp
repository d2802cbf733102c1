#include "core/indexes/value_index.h"

#include <algorithm>
#include <bit>

#include "core/columns/predicate.h"

namespace callisto {
namespace {

constexpr std::uint32_t kIndexedRowsMin = 256;  // A smaller table is scanned as fast.
constexpr std::uint32_t kLookupsBeforeIndex = 2;
constexpr std::uint32_t kSearchesBeforeIndex = 2;

// Calls visit(row of the chunk, hash) for each scalar value and each element of a list.
template <class Visit>
void for_each_hash(const Column& column, Visit&& visit) {
  for (std::uint32_t row = 0; row < column.rows(); ++row) {
    const ValueView value = column.at(row);
    if (value.is_null()) continue;
    if (value.kind() != ValueKind::List) {
      visit(row, hash_value(value));
      continue;
    }
    for (const ValueView element : value.as_list()) {
      visit(row, hash_value(element));
    }
  }
}

}  // namespace

ValueIndex::ValueIndex(const PropertyTable& table, Slot slot) : slot_(slot) {
  mask_ = std::bit_ceil(std::uint64_t{table.rows()} + 1) - 1;
  buckets_.assign(mask_ + 2, 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;  // (bucket, row)
  entries.reserve(table.rows());
  std::uint32_t first = 0;
  for (const ChunkPtr& chunk : table.chunks()) {
    const Column* column = chunk->column(slot);
    columns_.push_back(column == nullptr ? ColumnPtr{} : ColumnPtr(chunk, column));
    if (column != nullptr) {
      for_each_hash(*column, [&](std::uint32_t row, std::uint64_t hash) {
        const auto bucket = static_cast<std::uint32_t>((hash >> 7U) & mask_);
        entries.emplace_back(bucket, first + row);
        ++buckets_[bucket + 1];
      });
    }
    first += kChunkRows;
  }
  for (std::size_t bucket = 0; bucket <= mask_; ++bucket) {
    buckets_[bucket + 1] += buckets_[bucket];
  }
  rows_.resize(entries.size());
  std::vector<std::uint32_t> next(buckets_.begin(), buckets_.end() - 1);
  for (const auto& [bucket, row] : entries) {
    rows_[next[bucket]++] = row;
  }
}

std::vector<std::uint32_t> ValueIndex::stale_chunks(const PropertyTable& table) const {
  std::vector<std::uint32_t> stale;
  for (std::uint32_t chunk = 0; chunk < table.chunks().size(); ++chunk) {
    const Column* now = table.chunks()[chunk]->column(slot_);
    const Column* indexed = chunk < columns_.size() ? columns_[chunk].get() : nullptr;
    if (now != indexed) stale.push_back(chunk);
  }
  return stale;
}

bool TableIndexes::worth_indexing(const PropertyTable& table, Slot slot) {
  if (table.rows() < kIndexedRowsMin) return false;
  std::size_t many = 0;
  for (const ChunkPtr& chunk : table.chunks()) {
    const Column* column = chunk->column(slot);
    if (column == nullptr) continue;
    if (column->kind() != Column::Kind::Coded || column->code_width() > 1) ++many;
  }
  return many * 2 > table.chunks().size();
}

bool TableIndexes::is_ready(const PropertyTable& table, Slot slot) const {
  if (!worth_indexing(table, slot)) return false;
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(slot);
  if (found == entries_.end()) return false;
  return found->second.index || found->second.lookups + 1 >= kLookupsBeforeIndex;
}

std::optional<TableIndexes::Entry> TableIndexes::entry_for(const PropertyTable& table, Slot slot) {
  const std::scoped_lock lock(mutex_);
  Entry& entry = entries_[slot];
  if (entry.index && entry.fresh_for == table.stamp()) return entry;
  if (!entry.index && ++entry.lookups < kLookupsBeforeIndex) return std::nullopt;
  if (!worth_indexing(table, slot)) return std::nullopt;
  if (entry.index) {
    auto stale = entry.index->stale_chunks(table);
    if (stale.size() > std::max<std::size_t>(8, table.chunks().size() / 8)) {
      entry.index.reset();
    } else {
      entry.stale = std::make_shared<const std::vector<std::uint32_t>>(std::move(stale));
    }
  }
  if (!entry.index) {
    entry.index = std::make_shared<const ValueIndex>(table, slot);
    entry.stale = std::make_shared<const std::vector<std::uint32_t>>();
  }
  entry.fresh_for = table.stamp();
  return entry;
}

std::optional<std::vector<std::uint32_t>> TableIndexes::find_equal(const PropertyTable& table,
                                                                   Slot slot,
                                                                   ValueView value) {
  const std::optional<Entry> entry = entry_for(table, slot);
  if (!entry) return std::nullopt;
  const Predicate equal{.test = Test::Equal, .operand = value, .matcher = nullptr};
  std::vector<std::uint32_t> rows;
  const std::vector<std::uint32_t>& stale = *entry->stale;
  entry->index->candidates(hash_value(value), [&](std::uint32_t row) {
    if (row >= table.rows()) return;
    if (!stale.empty() && std::binary_search(stale.begin(), stale.end(), row / kChunkRows)) return;
    const Column* column = table.chunk_of(row).column(slot);
    if (passes(column->at(row % kChunkRows), equal)) rows.push_back(row);
  });
  for (const std::uint32_t chunk : stale) {
    const Column* column = table.chunks()[chunk]->column(slot);
    if (column == nullptr) continue;
    select(*column, equal).for_each([&](std::uint32_t row) {
      rows.push_back(chunk * kChunkRows + row);
    });
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::optional<TextIndex::Found> TableIndexes::find_word(const PropertyTable& table,
                                                        std::uint32_t chunk,
                                                        const TokenPattern& word) {
  const ChunkPtr& wanted = table.chunks()[chunk];
  {
    const std::scoped_lock lock(mutex_);
    if (texts_.size() <= chunk) texts_.resize(chunk + 1);
    Texts& texts = texts_[chunk];
    if (texts.chunk != wanted) texts = {.chunk = wanted};
    if (texts.index) return texts.index->find(word);
    if (++texts.searches != kSearchesBeforeIndex) return std::nullopt;
  }
  // Not under the lock: others go on scanning meanwhile.
  std::shared_ptr<const TextIndex> made = TextIndex::build(wanted, table.properties().size());
  if (!made) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  Texts& texts = texts_[chunk];
  if (texts.chunk == wanted) texts.index = made;
  return made->find(word);
}

std::size_t TableIndexes::bytes() const {
  const std::scoped_lock lock(mutex_);
  std::size_t total = 0;
  for (const Texts& texts : texts_) {
    if (texts.index) total += texts.index->bytes();
  }
  for (const auto& [slot, entry] : entries_) {
    if (entry.index) total += entry.index->bytes();
  }
  return total;
}

}  // namespace callisto
