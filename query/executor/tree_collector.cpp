// Collects with repetition and compacts now and then.
#include "query/executor/tree_collector.h"

#include <algorithm>
#include <utility>

#include "query/executor/guarded_sort.h"
#include "query/operators/hop.h"

namespace callisto::query {

void TreeCollector::compact(std::vector<PackedRef>& refs) {
  guarded_sort(refs, run_.guard);
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
}

bool TreeCollector::add(std::span<const PackedRef> path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == kUnbound) continue;
    const bool relationship = run_.is_relationship(static_cast<VariableId>(i));
    (relationship ? tree_.edges : tree_.vertices).push_back(path[i]);
  }
  if (tree_.edges.size() + tree_.vertices.size() > compact_at_) {
    compact(tree_.vertices);
    compact(tree_.edges);
    const std::size_t held = tree_.edges.size() + tree_.vertices.size();
    compact_at_ = std::max(compact_at_, 2 * held);
  }
  return !count();
}

bool TreeCollector::count(std::size_t more) {
  const std::size_t refs = tree_.edges.capacity() + tree_.vertices.capacity() + more;
  return held_.set(refs * sizeof(PackedRef));
}

void TreeCollector::add_sets(std::span<const NodeSet> sets, PatternFilters& filters) {
  for (std::size_t node = 0; node < sets.size(); ++node) {
    for (std::uint32_t i = 0; i < sets[node].size(); ++i) {
      const RowSet& rows = sets[node][i];
      if (rows.empty() || count(rows.count())) continue;
      const std::uint32_t type = run_.plan->nodes[node].tables[i].type.value;
      rows.for_each(filters.nodes[node].at(i).table(),
                    [&](std::uint32_t row) { tree_.vertices.push_back(pack(type, row)); });
    }
  }
  for (std::uint32_t hop = 0; hop + 1 < sets.size(); ++hop) {
    add_edges(hop, sets, filters);
  }
}

// All relationships between two reduced sets lie on a path.
void TreeCollector::add_edges(std::uint32_t hop_index,
                              std::span<const NodeSet> sets,
                              PatternFilters& filters) {
  const PlanHop& hop = run_.plan->hops[hop_index];
  for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
    const HopTable& table = hop.tables[at];
    const RowSet& left = sets[hop_index][table.source];
    const RowSet& right = sets[hop_index + 1][table.target];
    if (left.empty() || right.empty()) continue;
    const HopLoop loop(run_, hop, filters.hops[hop_index], at, true);
    left.for_each(filters.nodes[hop_index].at(table.source).table(), [&](std::uint32_t row) {
      loop.for_each(row, [&](std::uint32_t neighbour, std::uint32_t edge) {
        if (!right.contains(neighbour)) return;
        tree_.edges.push_back(pack(table.table, edge));
        (void)count();
      });
    });
  }
}

Tree TreeCollector::finish() {
  compact(tree_.vertices);
  compact(tree_.edges);
  held_.set(0);
  return std::move(tree_);
}

}  // namespace callisto::query
