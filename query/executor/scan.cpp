// Scans by masks of chunks; look-ups by id and by (owner, key).
#include "query/executor/scan.h"

#include <algorithm>
#include <bit>

#include "core/ids/uuid.h"

namespace callisto::query {

namespace {

void look_up_id(const RunContext& run, ValueView id, std::vector<EntityRef>& found) {
  if (id.kind() != ValueKind::String) return;
  const std::optional<Uuid> uuid = parse_uuid(id.as_string());
  if (!uuid) return;
  // Ids are compared as text: only the canonical spelling is equal.
  if (to_string(*uuid) != id.as_string()) return;
  if (const auto ref = run.snapshot->find_entity(*uuid)) found.push_back(*ref);
}

void look_up_key(const RunContext& run, ValueView key, std::vector<EntityRef>& found) {
  if (key.kind() != ValueKind::String) return;
  for (std::uint32_t id = 0; id < run.snapshot->partitions().size(); ++id) {
    if (const auto ref = run.snapshot->find_entity(PartitionId{id}, key.as_string())) {
      found.push_back(*ref);
    }
  }
}

// Rows that the node's ids or keys lead to and that pass its whole filter; sorted.
std::vector<PackedRef> look_up(const RunContext& run, NodeFilter& filter) {
  const PlanNode& node = filter.node();
  std::vector<EntityRef> found;
  const auto look = [&](std::span<const ValueView> values) {
    for (const ValueView value : values) {
      if (run.guard.step(1 + static_cast<std::uint32_t>(run.snapshot->partitions().size()))) return;
      if (node.access == Access::IdLookup) {
        look_up_id(run, value, found);
      } else {
        look_up_key(run, value, found);
      }
    }
  };
  for (const ConstantId constant : node.sought) {
    look((*run.constants)[constant].values);
  }
  std::vector<PackedRef> rows;
  for (const EntityRef ref : found) {
    const auto table = node.table_of(ref.type);
    if (!table || !filter.at(*table).visible(ref.row) || !filter.matches(*table, ref.row)) continue;
    rows.push_back(pack(ref.type.value, ref.row));
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace

NodeSet scan_all(RunContext& run, NodeFilter& filter) {
  const PlanNode& node = filter.node();
  NodeSet set(node.tables.size());
  if (node.access != Access::Scan) {
    std::vector<std::vector<std::uint32_t>> rows(node.tables.size());
    for (const PackedRef ref : look_up(run, filter)) {
      rows[*node.table_of(TypeId{table_of(ref)})].push_back(row_of(ref));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      set[i] = RowSet::of(std::move(rows[i]));
    }
    return set;
  }
  for (std::uint32_t i = 0; i < node.tables.size(); ++i) {
    TableFilter& table = filter.at(i);
    if (table.trivial() && !run.plan->include_deleted) {
      set[i] = RowSet::all(table.table().live_rows());
      continue;
    }
    if (const std::vector<std::uint32_t>* candidates = table.candidates()) {
      std::vector<std::uint32_t> rows;
      for (const std::uint32_t row : *candidates) {
        if (run.guard.step()) break;
        if (table.visible(row) && table.matches(row)) rows.push_back(row);
      }
      set[i] = RowSet::of(std::move(rows));
      continue;
    }
    set[i] = RowSet::bitmap(table.table().rows());
    for (std::uint32_t chunk = 0; chunk < table.table().chunks().size(); ++chunk) {
      if (run.guard.step(kChunkRows)) return set;
      set[i].mark(chunk, table.mask(chunk));
    }
    set[i].close();
  }
  return set;
}

ScanCursor::ScanCursor(RunContext& run, NodeFilter& filter)
    : run_(run), filter_(filter), lookup_(filter.node().access != Access::Scan) {
  if (!lookup_) return;
  Figures* const measured = figures();
  const Stopwatch timed(measured);
  found_ = look_up(run, filter);
  if (measured != nullptr) measured->rows = found_.size();
}

ScanCursor::ScanCursor(RunContext& run, NodeFilter& filter, const NodeSet& set)
    : run_(run), filter_(filter), set_(&set) {}

std::optional<PackedRef> ScanCursor::next() {
  if (lookup_) {
    if (at_ == found_.size()) return std::nullopt;
    return found_[at_++];
  }
  for (;;) {
    for (; word_ < RowMask::kWords; ++word_) {
      std::uint64_t& word = rows_.word(word_);
      if (word == 0) continue;
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(word));
      word &= word - 1;
      const std::uint32_t row = (chunk_ - 1) * kChunkRows + word_ * 64 + bit;
      return pack(filter_.node().tables[table_].type.value, row);
    }
    if (!next_chunk()) return std::nullopt;
  }
}

std::size_t ScanCursor::next_some(std::span<PackedRef> out) {
  if (out.empty()) return 0;
  const std::optional<PackedRef> first = next();
  if (!first) return 0;
  std::size_t count = 0;
  out[count++] = *first;
  if (lookup_) return count;
  const PackedRef chunk_start = pack(table_of(*first), (chunk_ - 1) * kChunkRows);
  for (; word_ < RowMask::kWords; ++word_) {
    std::uint64_t word = rows_.word(word_);
    while (word != 0 && count < out.size()) {
      out[count++] = chunk_start + word_ * 64 + static_cast<unsigned>(std::countr_zero(word));
      word &= word - 1;
    }
    rows_.word(word_) = word;
    if (word != 0) break;
  }
  return count;
}

bool ScanCursor::next_mask(std::uint32_t& type, std::uint32_t& chunk, RowMask& rows) {
  if (!next_chunk()) return false;
  type = filter_.node().tables[table_].type.value;
  chunk = chunk_ - 1;
  rows = rows_;
  word_ = RowMask::kWords;  // Nothing of it is left for next().
  return true;
}

bool ScanCursor::next_chunk() {
  const PlanNode& node = filter_.node();
  while (table_ < node.tables.size()) {
    const bool skips = set_ != nullptr && (*set_)[table_].empty();
    if (!skips && set_ == nullptr) {
      const Stopwatch timed(figures());  // The first look into a table may go through an index.
      chunk_ = filter_.at(table_).next_chunk(chunk_);
    }
    if (skips || chunk_ == filter_.at(table_).table().chunks().size()) {
      ++table_;
      chunk_ = 0;
      continue;
    }
    if (run_.guard.step(kChunkRows / 8)) return false;
    load_chunk();
    ++chunk_;
    word_ = 0;
    return true;
  }
  return false;
}

// Rows of a set are counted where the set is made.
Figures* ScanCursor::figures() const {
  if (run_.profile == nullptr || set_ != nullptr) return nullptr;
  return run_.node_figures(static_cast<std::size_t>(&filter_.node() - run_.plan->nodes.data()));
}

void ScanCursor::load_chunk() {
  Figures* const measured = figures();
  const Stopwatch timed(measured);
  rows_ = load(chunk_);
  if (measured != nullptr) measured->rows += rows_.count();
}

RowMask ScanCursor::load(std::uint32_t chunk) {
  TableFilter& table = filter_.at(table_);
  if (set_ != nullptr) return (*set_)[table_].mask(table.table(), chunk);
  if (run_.plan->optimized) return table.mask(chunk);
  // The plain plan tests every row by itself.
  RowMask rows = table.universe(chunk);
  RowMask passing;
  rows.for_each([&](std::uint32_t row) {
    if (table.matches(chunk * kChunkRows + row)) passing.set(row);
  });
  return passing;
}

}  // namespace callisto::query
