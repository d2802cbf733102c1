// Which rows of a node's tables may be on a path, to be asked row by row.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/executor/pattern_filters.h"
#include "query/executor/row_set.h"

namespace callisto::query {

class NodeMembers {
 public:
  NodeMembers() = default;

  NodeMembers(NodeFilter& filter, NodeSet set)
      : filter_(&filter), set_(std::move(set)), lists_(set_.size()) {}

  NodeMembers(NodeMembers&&) noexcept = default;
  NodeMembers& operator=(NodeMembers&&) noexcept = default;
  NodeMembers(const NodeMembers&) = delete;
  NodeMembers& operator=(const NodeMembers&) = delete;
  ~NodeMembers() = default;

  [[nodiscard]] const NodeSet& set() const { return set_; }

  // The members of one table.
  class Table {
   public:
    Table(bool all, std::span<const std::uint64_t> words)
        : all_(all), words_(words.data()), rows_(static_cast<std::uint32_t>(words.size()) * 64) {}

    [[nodiscard]] bool all() const { return all_; }

    // Bit by row; none past the end. Not of all().
    [[nodiscard]] std::uint64_t word(std::uint32_t index) const {
      return index * 64 < rows_ ? words_[index] : 0;
    }

    // Of a row that is in the graph.
    [[nodiscard]] bool contains(std::uint32_t row) const {
      return all_ || (row < rows_ && ((words_[row / 64] >> (row % 64)) & 1U) != 0);
    }

   private:
    bool all_;
    const std::uint64_t* words_;
    std::uint32_t rows_;
  };

  // Makes a bitmap of a list when it is first asked for.
  [[nodiscard]] Table table(const RunContext& run, std::uint32_t table) {
    const RowSet& rows = set_[table];
    if (rows.kind() == RowSet::Kind::All) return {true, {}};
    if (rows.kind() == RowSet::Kind::Dense || rows.empty()) return {false, rows.words()};
    std::vector<std::uint64_t>& words = lists_[table];
    if (!words.empty()) return {false, words};
    const std::uint32_t size = filter_->at(table).table().rows() / 64 + 1;
    if (run.guard.hold(size * sizeof(std::uint64_t))) return {false, {}};
    words.assign(size, 0);
    for (const std::uint32_t row : rows.list()) {
      words[row / 64] |= std::uint64_t{1} << (row % 64);
    }
    return {false, words};
  }

 private:
  NodeFilter* filter_ = nullptr;
  NodeSet set_;
  std::vector<std::vector<std::uint64_t>> lists_;  // Of lists: the same as bitmaps.
};

// Of the nodes of the chain the rows in `sets`, or, if that is empty, those that pass their
// filters; of optionals that an aggregate asks for, the rows that lead on to the end of their part.
[[nodiscard]] std::vector<NodeMembers> members_on_paths(RunContext& run,
                                                        PatternFilters& filters,
                                                        std::span<const NodeSet> sets);

}  // namespace callisto::query
