// Access paths, the end to start from, set form or path form.
#include <algorithm>

#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

// `_id = x`, or an OR of such: the constants; empty when the condition is not of this kind.
std::vector<ConstantId> sought_by(const Condition& condition,
                                  const PhysicalPlan& plan,
                                  PropertyId property) {
  if (condition.kind == Condition::Kind::Compare) {
    const bool seeks = condition.test == Test::Equal && condition.right == kNone &&
                       plan.reads[condition.left] == property;
    return seeks ? std::vector{condition.constant} : std::vector<ConstantId>{};
  }
  std::vector<ConstantId> all;
  if (condition.kind != Condition::Kind::Any) return all;
  for (const Condition& part : condition.parts) {
    const std::vector<ConstantId> some = sought_by(part, plan, property);
    if (some.empty()) return {};
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

// Keys are unique in a partition only: one look-up for each. Of more, an index of the key is
// faster.
constexpr std::size_t kKeyLookupPartitionsMax = 8;

void choose_access(PlanNode& node, const PhysicalPlan& plan, const Snapshot& snapshot) {
  if (node.filter == nullptr) return;
  for (const Condition& part : node.filter->parts) {
    std::vector<ConstantId> ids = sought_by(part, plan, metadata::kId);
    if (!ids.empty()) {
      node.access = Access::IdLookup;
      node.sought = std::move(ids);
      return;
    }
    std::vector<ConstantId> keys = sought_by(part, plan, metadata::kKey);
    if (!keys.empty() && snapshot.partitions().size() <= kKeyLookupPartitionsMax) {
      node.access = Access::KeyLookup;
      node.sought = std::move(keys);
    }
  }
}

// Rows to look at, and relationships to follow from those that pass.
double start_cost(const PhysicalPlan& plan, std::uint32_t node) {
  const PlanNode& start = plan.nodes[node];
  double cost = start.estimate;
  const bool scans = start.access == Access::Scan && start.seek == nullptr;
  if (scans && start.filter != nullptr) cost += start.rows * 0.02;
  double fan_out = 0;
  if (node > 0) fan_out += plan.hops[node - 1].relationships;
  if (node < plan.chain) fan_out += plan.hops[node].relationships;
  return cost + start.estimate * fan_out / std::max(1.0, start.rows);
}

// The one variable that everything the answer shows is about, if there is one, when repeated paths
// to it do not matter: distinct rows, or aggregates, which count each entity once (j1ql 7.4); only
// COUNT(*) is about the paths themselves.
VariableId only_subject(const BoundQuery& query) {
  if (query.shape != ResultType::Table || !(query.unique || query.has_aggregates())) {
    return kNoVariable;
  }
  std::vector<VariableId> seen;
  const auto see = [&seen](VariableId variable) { seen.push_back(variable); };
  for (const Item& item : query.items) {
    for_each_variable(item.expression, query, see);
  }
  for (const Aggregate& aggregate : query.aggregates) {
    if (aggregate.counts_paths()) return kNoVariable;
    for_each_variable(aggregate.argument, query, see);
  }
  const bool single =
      !seen.empty() && std::all_of(seen.begin(), seen.end(), [&](VariableId variable) {
        return variable == seen.front();
      });
  return single ? seen.front() : kNoVariable;
}

void examine_negation(PhysicalPlan& plan) {
  for (std::uint32_t pc = 0; pc < plan.program.size(); ++pc) {
    if (plan.program[pc].op != Instruction::Op::Absent) continue;
    plan.negation = pc;
    break;
  }
  plan.negation_free = true;
  if (plan.negation == kNone) return;
  const VariableId last = plan.nodes[plan.chain].variable;
  for (std::size_t hop = plan.chain; hop < plan.hops.size(); ++hop) {
    for (const VariableId variable : plan.hops[hop].distinct_from) {
      // Entities of the negated part itself and the one it starts from are known there.
      for (std::uint32_t node = 0; node < plan.chain; ++node) {
        if (plan.nodes[node].variable == variable && variable != last) plan.negation_free = false;
      }
    }
  }
  plan.negation_by_sets = plan.linear && plan.negation_free && plan.optimized;
  for (std::uint32_t pc = plan.negation + 1; pc + 1 < plan.program.size(); ++pc) {
    const Instruction::Op op = plan.program[pc].op;
    const bool plain = op == Instruction::Op::Expand || op == Instruction::Op::End;
    plan.negation_by_sets = plan.negation_by_sets && plain;
  }
  for (std::size_t hop = plan.chain; hop < plan.hops.size(); ++hop) {
    if (repeats_at_distance(plan, plan.hops[hop])) plan.negation_by_sets = false;
  }
}

void choose_exact_node(PhysicalPlan& plan) {
  const BoundQuery& query = plan.query();
  plan.exact_node = 0;
  if (plan.logical->need == Need::Members) {
    plan.exact_node = plan.chain;
    return;
  }
  if (plan.logical->need == Need::Starts) return;
  const VariableId subject = only_subject(query);
  for (std::uint32_t node = 0; node <= plan.chain; ++node) {
    if (plan.nodes[node].variable != subject) continue;
    plan.first_exact = plan.exact_node = node;
    plan.subject = node;
  }
}

}  // namespace

bool repeats_at_distance(const PhysicalPlan& plan, const PlanHop& hop) {
  const auto others = hop.distinct_from.size() - (hop.excludes_self ? 1U : 0U);
  return !plan.revisits && others > 0;
}

void choose_form(PhysicalPlan& plan, const Snapshot& snapshot) {
  for (PlanNode& node : plan.nodes) {
    if (plan.optimized) choose_access(node, plan, snapshot);
    node.estimate = estimate_rows(node, plan, snapshot);
  }
  choose_indexes(plan, snapshot);
  examine_negation(plan);
  choose_exact_node(plan);
  plan.exact = plan.linear && plan.negation_free && !plan.logical->where;
  for (std::uint32_t hop = 0; hop < plan.chain; ++hop) {
    if (plan.hops[hop].path != nullptr) plan.exact = false;
    if (repeats_at_distance(plan, plan.hops[hop])) plan.exact = false;
  }
  if (!plan.optimized) {
    estimate_joins(plan);
    return;
  }
  plan.pivot = 0;
  for (std::uint32_t node = 1; node <= plan.chain; ++node) {
    if (start_cost(plan, node) < start_cost(plan, plan.pivot)) plan.pivot = node;
  }
  const BoundQuery& query = plan.query();
  const bool first_rows = query.limit && !query.has_aggregates() && !query.unique &&
                          query.order_by.empty() && plan.logical->need != Need::Members;
  // Only the first paths are wanted: walking finds them sooner than reducing all sets.
  const bool walks = first_rows && plan.nodes[plan.pivot].access == Access::Scan &&
                     plan.nodes[plan.pivot].estimate > 1000;
  plan.reduces = (plan.chain > 0 || plan.negation_by_sets) && !walks;
  plan.by_sets = plan.exact && plan.reduces;
  // From a looked-up entity one hop is walked as soon as it is prepared.
  const bool steps_once =
      plan.chain == 1 && plan.pivot == 0 && plan.nodes[0].access != Access::Scan;
  const bool shows_paths = query.shape == ResultType::Table && !plan.subject &&
                           !query.has_aggregates() && plan.negation == kNone;
  if (steps_once && shows_paths) plan.reduces = plan.by_sets = false;
  choose_grouping(plan);
  estimate_joins(plan);
}

}  // namespace callisto::query
