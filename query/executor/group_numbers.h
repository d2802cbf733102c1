// Which group each row of a table belongs to, for counting by sets of rows.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "query/executor/grouper.h"
#include "query/executor/row_set.h"

namespace callisto::query {

// The group of each row of one table of the node that the keys are about; kNone where a row is not
// in the set.
class GroupNumbers {
 public:
  GroupNumbers(const RunContext& run, std::uint32_t type, const RowSet& rows);

  // Makes the groups. `variable`: of the node.
  void fill(const RowSet& rows, VariableId variable, Grouper& grouper);

  [[nodiscard]] std::uint32_t operator[](std::uint32_t row) const {
    return groups_.empty() ? kNone : groups_[row];
  }

 private:
  [[nodiscard]] const Column* coded_column(ReadId key, std::uint32_t chunk) const;

  const RunContext& run_;
  const PropertyTable& table_;
  std::uint32_t type_;
  std::vector<std::uint32_t> groups_;
};

// The groups of all rows of a node.
[[nodiscard]] std::vector<GroupNumbers> number_groups(const RunContext& run,
                                                      const PlanNode& node,
                                                      const NodeSet& rows,
                                                      Grouper& grouper);

// (table of the node, row) of the members of each group.
using GroupMembers = std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

[[nodiscard]] GroupMembers members_of(const RunContext& run,
                                      const PlanNode& node,
                                      const NodeSet& rows,
                                      std::span<const GroupNumbers> numbers,
                                      std::size_t groups);

}  // namespace callisto::query
