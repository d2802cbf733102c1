#include "query/operators/node_members.h"

#include <utility>

#include "query/executor/scan.h"
#include "query/operators/hop.h"

namespace callisto::query {

namespace {

// Rows of the left node of a hop that lead to members of its right one.
NodeSet leading(RunContext& run,
                PatternFilters& filters,
                std::uint32_t hop_index,
                NodeMembers& right) {
  const PlanHop& hop = run.plan->hops[hop_index];
  NodeFilter& left = filters.nodes[hop.node - 1];
  NodeSet set = scan_all(run, left);
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    const PropertyTable& table = left.at(i).table();
    if (set[i].empty() || run.guard.hold(table.rows() / 8)) continue;
    RowSet kept = RowSet::bitmap(table.rows());
    for (std::uint32_t at = 0; at < hop.tables.size(); ++at) {
      if (hop.tables[at].source != i) continue;
      const NodeMembers::Table wanted = right.table(run, hop.tables[at].target);
      const HopLoop loop(run, hop, filters.hops[hop_index], at, true);
      set[i].for_each(table, [&](std::uint32_t row) {
        if (loop.any(row, [&](std::uint32_t other) { return wanted.contains(other); })) {
          kept.mark(row);
        }
      });
    }
    kept.close();
    set[i] = std::move(kept);
  }
  return set;
}

}  // namespace

std::vector<NodeMembers> members_on_paths(RunContext& run,
                                          PatternFilters& filters,
                                          std::span<const NodeSet> sets) {
  const PhysicalPlan& plan = *run.plan;
  std::vector<NodeMembers> members(plan.nodes.size());
  const auto make = [&](std::uint32_t node, NodeSet set) {
    members[node] = NodeMembers(filters.nodes[node], std::move(set));
  };
  for (std::uint32_t node = 0; node <= plan.chain; ++node) {
    make(node, sets.empty() ? scan_all(run, filters.nodes[node]) : sets[node]);
  }
  // What is optional leads on to the end of its part, or was not taken.
  for (std::uint32_t pc = plan.chain; pc < plan.grouping->last_step; ++pc) {
    if (plan.program[pc].op != Instruction::Op::Expand) continue;
    std::uint32_t end = pc;
    while (plan.program[end + 1].op == Instruction::Op::Expand) {
      ++end;
    }
    make(plan.hops[plan.program[end].index].node,
         scan_all(run, filters.nodes[plan.hops[plan.program[end].index].node]));
    for (std::uint32_t step = end; step > pc; --step) {
      const PlanHop& hop = plan.hops[plan.program[step].index];
      make(hop.node - 1, leading(run, filters, plan.program[step].index, members[hop.node]));
    }
    pc = end;
  }
  return members;
}

}  // namespace callisto::query
