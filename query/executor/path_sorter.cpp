// Sorting and top-k of paths.
#include "query/executor/path_sorter.h"

#include <algorithm>
#include <utility>

#include "query/executor/guarded_sort.h"

namespace callisto::query {

PathSorter::PathSorter(RunContext& run, std::optional<std::uint64_t> keep)
    : run_(run),
      keys_(run.query().order_by),
      evaluator_(run),
      keep_(keep),
      width_(run.query().variables.size()) {}

bool PathSorter::before(std::uint32_t a, std::uint32_t b) const {
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const auto compared = compare_sort_values(
        values_[a * keys_.size() + key], values_[b * keys_.size() + key], keys_[key].descending);
    if (compared != 0) return compared < 0;
  }
  const std::span<const PackedRef> left = path_at(a);
  const std::span<const PackedRef> right = path_at(b);
  for (std::size_t i = 0; i < width_; ++i) {
    if (left[i] == right[i]) continue;
    if (left[i] == kUnbound || right[i] == kUnbound) return right[i] == kUnbound;
    const bool relationship = run_.is_relationship(static_cast<VariableId>(i));
    return run_.table(relationship, left[i]).id(row_of(left[i])) <
           run_.table(relationship, right[i]).id(row_of(right[i]));
  }
  return false;
}

void PathSorter::store(std::uint32_t entry, std::span<const PackedRef> path) {
  std::copy(path.begin(), path.end(), paths_.begin() + static_cast<std::ptrdiff_t>(entry * width_));
  for (std::size_t key = 0; key < keys_.size(); ++key) {
    const Expression& wanted = run_.query().items[keys_[key].column].expression;
    values_[entry * keys_.size() + key] = evaluator_.value(wanted, path, {}, arena_);
  }
}

bool PathSorter::add(std::span<const PackedRef> path) {
  // One entry more than wanted: the newcomer, which then replaces the last in order or is dropped.
  const bool full = keep_ && order_.size() == *keep_;
  auto entry = static_cast<std::uint32_t>(order_.size());
  if (paths_.size() < (std::size_t{entry} + 1) * width_) {
    paths_.resize((std::size_t{entry} + 1) * width_);
    values_.resize((std::size_t{entry} + 1) * keys_.size());
    (void)run_.guard.hold(width_ * sizeof(PackedRef) + keys_.size() * sizeof(ValueView));
  }
  if (run_.guard.stopped()) return false;
  if (full && *keep_ == 0) return true;
  const auto heap_order = [this](std::uint32_t a, std::uint32_t b) { return before(a, b); };
  if (full) {
    // The spare entry is the one that the heap does not hold.
    entry = spare_;
  }
  store(entry, path);
  count_values();
  if (!full) {
    order_.push_back(entry);
    if (keep_) std::push_heap(order_.begin(), order_.end(), heap_order);
    if (keep_ && order_.size() == *keep_) spare_ = entry + 1;
    return true;
  }
  if (!before(entry, order_.front())) return true;
  std::pop_heap(order_.begin(), order_.end(), heap_order);
  spare_ = order_.back();
  order_.back() = entry;
  std::push_heap(order_.begin(), order_.end(), heap_order);
  return true;
}

void PathSorter::finish() {
  guarded_sort(order_, order_.size(), run_.guard, [this](std::uint32_t a, std::uint32_t b) {
    return before(a, b);
  });
}

// Of the first k rows, values that were made for rows that did not stay are thrown away.
void PathSorter::count_values() {
  if (keep_ && arena_.bytes() > compact_at_) {
    Arena kept;
    for (ValueView& value : values_) {
      value = kept.copy(value);
    }
    arena_ = std::move(kept);
    compact_at_ = std::max(kCompactAtFirst, 2 * arena_.bytes());
  }
  evaluator_.count(arena_);
}

}  // namespace callisto::query
