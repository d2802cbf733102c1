// Whether sets of rows answer the groups and aggregates of a query.
#include <algorithm>

#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

// The place where the pattern binds a variable on every path, or on those that take an optional.
std::optional<Place> place_of(const PhysicalPlan& plan, VariableId variable) {
  for (std::uint32_t node = 0; node < plan.nodes.size(); ++node) {
    if (plan.nodes[node].variable == variable) return Place{false, node};
  }
  for (std::uint32_t hop = 0; hop < plan.hops.size(); ++hop) {
    if (plan.hops[hop].relationship == variable) return Place{true, hop};
  }
  return std::nullopt;
}

bool in_chain(const PhysicalPlan& plan, Place place) {
  return place.relationship ? place.index < plan.chain : place.index <= plan.chain;
}

// Null where the variable that it reads is unbound.
bool needs_its_variable(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::Read:
    case Expression::Kind::Object:
      return true;
    case Expression::Kind::Arithmetic:
    case Expression::Kind::Negate:
      return std::any_of(
          expression.arguments.begin(), expression.arguments.end(), needs_its_variable);
    default:
      return false;
  }
}

// After the chain there is one negation, or optionals: parts that are walks ending in optionals.
bool has_simple_tail(const PhysicalPlan& plan) {
  using Op = Instruction::Op;
  if (plan.linear) return true;
  bool after_optional = false;
  for (std::uint32_t pc = plan.chain; pc < plan.program.size(); ++pc) {
    switch (plan.program[pc].op) {
      case Op::Absent:
        return false;
      case Op::Optional:
        after_optional = false;
        break;
      case Op::Leave:
        after_optional = true;
        break;
      case Op::Expand:
        if (after_optional) return false;
        break;
      case Op::End:
        break;
    }
  }
  return true;
}

// Every row that lies on a path is seen from its neighbours alone.
bool sets_are_exact(const PhysicalPlan& plan) {
  if (plan.logical->where || !plan.negation_free) return false;
  const std::size_t hops = plan.linear ? plan.chain : plan.hops.size();
  return std::none_of(
      plan.hops.begin(),
      plan.hops.begin() + static_cast<std::ptrdiff_t>(hops),
      [&](const PlanHop& hop) { return hop.path != nullptr || repeats_at_distance(plan, hop); });
}

// The keys by the places that they are about; false when a key is of several, or may be unbound.
bool add_keys(const PhysicalPlan& plan, Grouping& grouping) {
  const BoundQuery& query = plan.query();
  std::vector<std::uint32_t> constant;
  for (std::uint32_t item = 0; item < query.items.size(); ++item) {
    if (!query.items[item].is_key()) continue;
    const auto variable = only_variable(query.items[item].expression, query);
    if (!variable) return false;
    if (*variable == kNoVariable) {
      constant.push_back(item);
      continue;
    }
    const auto place = place_of(plan, *variable);
    if (!place || !in_chain(plan, *place)) return false;
    const auto known =
        std::find_if(grouping.keys.begin(), grouping.keys.end(), [&](const Grouping::Keys& keys) {
          return keys.place == *place;
        });
    if (known == grouping.keys.end()) {
      grouping.keys.push_back({*place, {item}});
    } else {
      known->items.push_back(item);
    }
  }
  if (!constant.empty()) {  // The same for every group: any place will do.
    if (grouping.keys.empty()) grouping.keys.push_back({});
    std::vector<std::uint32_t>& items = grouping.keys.front().items;
    items.insert(items.end(), constant.begin(), constant.end());
  }
  std::sort(grouping.keys.begin(),
            grouping.keys.end(),
            [](const Grouping::Keys& a, const Grouping::Keys& b) {
              return a.place.position() < b.place.position();
            });
  return true;
}

bool add_aggregates(const PhysicalPlan& plan, Grouping& grouping) {
  const BoundQuery& query = plan.query();
  for (std::uint32_t i = 0; i < query.aggregates.size(); ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    if (aggregate.counts_paths()) {
      if (!plan.linear) return false;
      grouping.path_counts.push_back(i);
      continue;
    }
    const auto variable = only_variable(aggregate.argument, query);
    if (!variable || *variable == kNoVariable) return false;
    const auto place = place_of(plan, *variable);
    if (!place || query.variables[*variable].negated) return false;
    // An optional that was not taken may still give a value.
    if (!in_chain(plan, *place) && !needs_its_variable(aggregate.argument)) return false;
    grouping.aggregated.push_back({i, *place});
  }
  return true;
}

// One hop of which most is wanted needs no semi-joins first: groups without a path are seen when
// they are walked.
bool stands_alone(const PhysicalPlan& plan, const Grouping& grouping) {
  const auto mostly_wanted = [](const PlanNode& node) {
    return node.access == Access::Scan && node.estimate * 3 >= node.rows;
  };
  if (plan.chain != 1 || plan.negation != kNone || grouping.counts_paths()) return false;
  if (grouping.keys.size() != 1 || grouping.aggregated.empty()) return false;
  if (!mostly_wanted(plan.nodes[0]) || !mostly_wanted(plan.nodes[1])) return false;
  // Optionals go on from all rows at the end of the chain, also from those without a path to them.
  const Place key = grouping.keys.front().place;
  const bool at_end = key == Place{false, plan.chain};
  return std::none_of(
      grouping.aggregated.begin(), grouping.aggregated.end(), [&](const Grouping::Aggregated& one) {
        return one.place == key || (at_end && !in_chain(plan, one.place));
      });
}

// The nodes between which sets have to be exact; rows that lead nowhere add no path to a count.
void choose_exact_nodes(PhysicalPlan& plan, const Grouping& grouping) {
  plan.first_exact = plan.chain;
  plan.exact_node = 0;
  const auto want = [&](Place place) {
    const std::uint32_t right = place.relationship ? place.index + 1 : place.index;
    plan.first_exact = std::min(plan.first_exact, place.index);
    plan.exact_node = std::max(plan.exact_node, std::min(right, plan.chain));
  };
  for (const Grouping::Keys& keys : grouping.keys) {
    want(keys.place);
  }
  for (const Grouping::Aggregated& one : grouping.aggregated) {
    want(one.place);
  }
}

// How far the program is of interest after the chain.
std::uint32_t last_step_wanted(const PhysicalPlan& plan, const Grouping& grouping) {
  std::uint32_t last = 0;
  for (std::uint32_t pc = plan.chain; pc < plan.program.size(); ++pc) {
    const Instruction& step = plan.program[pc];
    if (step.op != Instruction::Op::Expand) continue;
    for (const auto& [aggregate, place] : grouping.aggregated) {
      const std::uint32_t own = place.relationship ? step.index : plan.hops[step.index].node;
      if (place.index == own) last = pc + 1;
    }
  }
  return last;
}

}  // namespace

void choose_grouping(PhysicalPlan& plan) {
  const BoundQuery& query = plan.query();
  const bool groups = query.shape == ResultType::Table &&
                      (query.has_aggregates() || query.unique) && !query.unwinds();
  if (!groups || !plan.optimized || !has_simple_tail(plan) || !sets_are_exact(plan)) return;
  Grouping grouping;
  if (!add_keys(plan, grouping) || !add_aggregates(plan, grouping)) return;
  // Keys are fixed towards the side where the aggregates are.
  const bool all_left =
      grouping.keys.size() > 1 &&
      std::all_of(grouping.aggregated.begin(),
                  grouping.aggregated.end(),
                  [&](const Grouping::Aggregated& one) {
                    return one.place.position() <= grouping.keys.front().place.position();
                  });
  grouping.rightwards = !all_left || grouping.aggregated.empty();
  plan.reduces = plan.negation != kNone || (plan.chain > 0 && !stands_alone(plan, grouping));
  plan.by_sets = plan.reduces;
  choose_exact_nodes(plan, grouping);
  grouping.last_step = last_step_wanted(plan, grouping);
  plan.subject.reset();
  plan.grouping = std::move(grouping);
}

}  // namespace callisto::query
