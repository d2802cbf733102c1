// Coded keys are grouped once for each value of a chunk.
#include "query/executor/group_numbers.h"

#include <optional>

#include "query/executor/counting.h"

namespace callisto::query {

GroupNumbers::GroupNumbers(const RunContext& run, std::uint32_t type, const RowSet& rows)
    : run_(run), table_(*run.snapshot->entity_table({type})), type_(type) {
  if (rows.empty() || run.guard.hold(table_.rows() * sizeof groups_[0])) return;
  groups_.assign(table_.rows(), kNone);
}

void GroupNumbers::fill(const RowSet& rows, VariableId variable, Grouper& grouper) {
  const auto keys = key_reads(run_.query());
  const bool by_one_read = keys && keys->size() == 1;
  std::vector<PackedRef> path(run_.query().variables.size(), kUnbound);
  std::uint32_t current = kNone;
  const Column* coded = nullptr;
  std::vector<std::uint32_t> of_code;
  rows.for_each(table_, [&](std::uint32_t row) {
    if (run_.guard.step()) return;
    if (row / kChunkRows != current) {
      current = row / kChunkRows;
      coded = by_one_read ? coded_column(keys->front(), current) : nullptr;
      if (coded != nullptr) of_code.assign(coded->coded_values().size(), kNone);
    }
    const std::uint32_t at = row % kChunkRows;
    path[variable] = pack(type_, row);
    if (coded == nullptr || at >= coded->rows()) {
      groups_[row] = grouper.group_of(path);
      return;
    }
    std::uint32_t& group = of_code[coded->code(at)];
    if (group == kNone) group = grouper.group_of(path);
    groups_[row] = group;
  });
}

const Column* GroupNumbers::coded_column(ReadId key, std::uint32_t chunk) const {
  if (!run_.plain_layer()) return nullptr;
  const Column* column = stored_column(run_, type_, chunk, run_.plan->reads[key]);
  const bool coded = column != nullptr && column->kind() == Column::Kind::Coded;
  return coded ? column : nullptr;
}

std::vector<GroupNumbers> number_groups(const RunContext& run,
                                        const PlanNode& node,
                                        const NodeSet& rows,
                                        Grouper& grouper) {
  std::vector<GroupNumbers> numbers;
  numbers.reserve(node.tables.size());
  for (std::uint32_t i = 0; i < node.tables.size(); ++i) {
    numbers.emplace_back(run, node.tables[i].type.value, rows[i]);
    if (!rows[i].empty() && !run.guard.stopped())
      numbers.back().fill(rows[i], node.variable, grouper);
  }
  return numbers;
}

GroupMembers members_of(const RunContext& run,
                        const PlanNode& node,
                        const NodeSet& rows,
                        std::span<const GroupNumbers> numbers,
                        std::size_t groups) {
  GroupMembers members(groups);
  if (run.guard.hold(groups * sizeof(GroupMembers::value_type) +
                     count_of(rows) * 2 * sizeof(GroupMembers::value_type::value_type))) {
    return members;
  }
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i].for_each(*run.snapshot->entity_table(node.tables[i].type),
                     [&](std::uint32_t row) { members[numbers[i][row]].emplace_back(i, row); });
  }
  return members;
}

}  // namespace callisto::query
