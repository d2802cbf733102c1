// The rows of one node by its own filter: a scan of its tables or a look-up by id or key.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "query/executor/row_set.h"
#include "query/executor/table_filter.h"

namespace callisto::query {

// All rows of a node. A table whose every live row fits is given as RowSet::all.
[[nodiscard]] NodeSet scan_all(RunContext& run, NodeFilter& filter);

// The rows of a node one by one, by type and row. Looks only at as much as is asked for.
class ScanCursor {
 public:
  ScanCursor(RunContext& run, NodeFilter& filter);

  // Rows of a set instead of a scan. `set` must outlive the cursor.
  ScanCursor(RunContext& run, NodeFilter& filter, const NodeSet& set);

  // nullopt at the end, or when the guard has stopped the run.
  [[nodiscard]] std::optional<PackedRef> next();

  // As many as fit into `out` and come cheaply, at least one unless it is the end; how many.
  [[nodiscard]] std::size_t next_some(std::span<PackedRef> out);

  // The same a chunk at a time; not for look-ups.
  [[nodiscard]] bool next_mask(std::uint32_t& type, std::uint32_t& chunk, RowMask& rows);

  [[nodiscard]] bool looks_up() const { return lookup_; }

 private:
  [[nodiscard]] bool next_chunk();
  void load_chunk();
  [[nodiscard]] RowMask load(std::uint32_t chunk);
  [[nodiscard]] Figures* figures() const;  // nullptr: not measured.

  RunContext& run_;
  NodeFilter& filter_;
  const NodeSet* set_ = nullptr;
  std::vector<PackedRef> found_;  // By look-up.
  bool lookup_ = false;
  std::size_t at_ = 0;  // Next of found_.
  std::uint32_t table_ = 0;
  std::uint32_t chunk_ = 0;  // Next chunk.
  RowMask rows_;             // Rest of the chunk before.
  std::uint32_t word_ = RowMask::kWords;
};

}  // namespace callisto::query
