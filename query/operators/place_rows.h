// The rows that one group has at one place of a pattern.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "query/executor/guard.h"

namespace callisto::query {

// Rows per table of the place: the tables of its node, or those of its hop. Buffers are kept.
struct PlaceRows {
  std::vector<std::vector<std::uint32_t>> tables{};
  std::uint64_t count = 0;  // Of rows that are in no list, where their number is all that is asked.

  void clear() {
    count = 0;
    for (std::vector<std::uint32_t>& rows : tables) {
      rows.clear();
    }
  }

  [[nodiscard]] bool empty() const {
    return count == 0 &&
           std::all_of(tables.begin(), tables.end(), [](const std::vector<std::uint32_t>& rows) {
             return rows.empty();
           });
  }
};

// Tells which rows were seen since the last begin(), without clearing anything.
class SeenRows {
 public:
  explicit SeenRows(std::vector<std::uint32_t> table_rows) : table_rows_(std::move(table_rows)) {
    marks_.resize(table_rows_.size());
  }

  void begin() {
    if (++turn_ != std::numeric_limits<std::uint32_t>::max()) return;
    for (std::vector<std::uint32_t>& marks : marks_) {
      std::fill(marks.begin(), marks.end(), 0);
    }
    turn_ = 1;
  }

  // Room for the rows of a table; false when the run has to end.
  [[nodiscard]] bool prepare(std::uint32_t table, Guard& guard) {
    if (!marks_[table].empty() || table_rows_[table] == 0) return true;
    if (guard.hold(table_rows_[table] * sizeof(std::uint32_t))) return false;
    marks_[table].assign(table_rows_[table], 0);
    return true;
  }

  // True the first time. Requires prepare().
  bool insert(std::uint32_t table, std::uint32_t row) {
    std::uint32_t& mark = marks_[table][row];
    if (mark == turn_) return false;
    mark = turn_;
    return true;
  }

  [[nodiscard]] bool contains(std::uint32_t table, std::uint32_t row) const {
    return marks_[table][row] == turn_;
  }

 private:
  std::vector<std::uint32_t> table_rows_;
  std::vector<std::vector<std::uint32_t>> marks_;
  std::uint32_t turn_ = 0;
};

}  // namespace callisto::query
