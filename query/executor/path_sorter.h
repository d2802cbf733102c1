// ORDER BY over paths: holds all of them, or the first k when there is a LIMIT (j1ql 8.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/executor/cell_table.h"
#include "query/executor/evaluator.h"

namespace callisto::query {

class PathSorter {
 public:
  // `keep`: how many of the first rows are wanted.
  PathSorter(RunContext& run, std::optional<std::uint64_t> keep);

  // False when the guard has stopped the run.
  [[nodiscard]] bool add(std::span<const PackedRef> path);

  // The value of the first key that the last of the rows kept has; nullptr while there is room.
  [[nodiscard]] const ValueView* threshold() const {
    const bool full = keep_ && *keep_ > 0 && order_.size() == *keep_;
    return full ? &values_[order_.front() * keys_.size()] : nullptr;
  }

  // Sorts; then path(i) is in order.
  void finish();

  [[nodiscard]] std::size_t size() const { return order_.size(); }

  [[nodiscard]] std::span<const PackedRef> path(std::size_t index) const {
    return path_at(order_[index]);
  }

 private:
  static constexpr std::size_t kCompactAtFirst = std::size_t{1} << 20;

  [[nodiscard]] std::span<const PackedRef> path_at(std::uint32_t entry) const {
    return std::span<const PackedRef>(paths_).subspan(entry * width_, width_);
  }

  // Entry a comes before entry b: by the keys, then by `_id` along the path.
  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const;
  void store(std::uint32_t entry, std::span<const PackedRef> path);
  void count_values();

  RunContext& run_;
  const std::vector<SortKey>& keys_;
  Evaluator evaluator_;
  std::optional<std::uint64_t> keep_;
  std::size_t width_;
  std::vector<PackedRef> paths_;      // width_ per entry.
  std::vector<ValueView> values_;     // A value per key and entry.
  std::vector<std::uint32_t> order_;  // Entries; a heap, last in order on top, when keep_.
  std::uint32_t spare_ = 0;           // When full: the entry that the heap does not hold.
  std::size_t compact_at_ = kCompactAtFirst;
  Arena arena_;
};

}  // namespace callisto::query
