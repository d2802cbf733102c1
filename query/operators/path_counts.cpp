#include "query/operators/path_counts.h"

#include <algorithm>

#include "query/operators/hop.h"

namespace callisto::query {

void PathCounts::count(bool right, std::uint32_t node) {
  std::vector<std::vector<double>>& counts = counts_[right ? 1 : 0];
  counts.clear();
  for (std::uint32_t at = end(right); at != node && !run_.guard.stopped();) {
    at = right ? at - 1 : at + 1;
    counts = step(right, at, counts);
  }
}

std::vector<std::vector<double>> PathCounts::step(bool right,
                                                  std::uint32_t next,
                                                  const std::vector<std::vector<double>>& before) {
  const std::uint32_t hop_index = right ? next : next - 1;
  const PlanHop& hop = plan_.hops[hop_index];
  NodeMembers& beyond = members_[right ? next + 1 : next - 1];
  std::vector<std::vector<double>> sums;
  for (const NodeTable& table : plan_.nodes[next].tables) {
    const std::uint32_t rows = run_.snapshot->entity_table(table.type)->rows();
    if (run_.guard.hold(rows * sizeof(double))) return {};
    sums.emplace_back(rows, 0);
  }
  for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
    const std::uint32_t own = right ? hop.tables[at].source : hop.tables[at].target;
    const std::uint32_t other = right ? hop.tables[at].target : hop.tables[at].source;
    const RowSet& rows = members_[next].set()[own];
    if (rows.empty()) continue;
    const NodeMembers::Table kept = beyond.table(run_, other);
    const HopLoop loop(run_, hop, filters_.hops[hop_index], at, right);
    const double* const weights = before.empty() ? nullptr : before[other].data();
    rows.for_each(filters_.nodes[next].at(own).table(), [&](std::uint32_t row) {
      double sum = 0;
      loop.for_each(row, [&](std::uint32_t neighbour, std::uint32_t) {
        if (kept.contains(neighbour)) sum += weights == nullptr ? 1 : weights[neighbour];
      });
      sums[own][row] += sum;
    });
  }
  return sums;
}

double PathCounts::beyond(bool right, Place place, std::uint32_t table, std::uint32_t row) const {
  const std::uint32_t node = node_beyond(right, place);
  if (!place.relationship) return beyond(right, node, table, row);
  const HopTable& hop = plan_.hops[place.index].tables[table];
  const RelationshipTable& relationships = run_.relationships(hop.table);
  return beyond(right,
                node,
                right ? hop.target : hop.source,
                hop.forward == right ? relationships.to_row(row) : relationships.from_row(row));
}

}  // namespace callisto::query
