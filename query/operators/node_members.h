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

  // A bitmap for each table of which not all rows are in the set.
  NodeMembers(const RunContext& run, NodeFilter& filter, NodeSet set) : set_(std::move(set)) {
    for (std::uint32_t table = 0; table < set_.size(); ++table) {
      const RowSet& rows = set_[table];
      words_.push_back(rows.words());
      if (rows.kind() != RowSet::Kind::Sparse || rows.empty()) continue;
      const std::uint32_t size = filter.at(table).table().rows() / 64 + 1;
      if (run.guard.hold(size * sizeof(std::uint64_t))) continue;
      owned_.emplace_back(size, 0);
      for (const std::uint32_t row : rows.list()) {
        owned_.back()[row / 64] |= std::uint64_t{1} << (row % 64);
      }
      words_.back() = owned_.back();
    }
  }

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

    // Of a row that is in the graph.
    [[nodiscard]] bool contains(std::uint32_t row) const {
      return all_ || (row < rows_ && ((words_[row / 64] >> (row % 64)) & 1U) != 0);
    }

   private:
    bool all_;
    const std::uint64_t* words_;
    std::uint32_t rows_;
  };

  [[nodiscard]] Table table(std::uint32_t table) const {
    return {set_[table].kind() == RowSet::Kind::All, words_[table]};
  }

 private:
  NodeSet set_;
  std::vector<std::span<const std::uint64_t>> words_;  // Moving a vector leaves its heap in place.
  std::vector<std::vector<std::uint64_t>> owned_;
};

// Of the nodes of the chain the rows in `sets`, or, if that is empty, those that pass their
// filters; of optionals that an aggregate asks for, the rows that lead on to the end of their part.
[[nodiscard]] std::vector<NodeMembers> members_on_paths(RunContext& run,
                                                        PatternFilters& filters,
                                                        std::span<const NodeSet> sets);

}  // namespace callisto::query
