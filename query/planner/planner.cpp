// Splits WHERE into conjuncts and gives each to the lowest place that can answer it.
#include "query/planner/planner.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace callisto::query {

namespace {

// The one variable a condition is about; kNoVariable when there are none or several.
VariableId only_variable(const Condition& condition, const BoundQuery& query) {
  VariableId variable = kNoVariable;
  bool single = true;
  for_each_read(condition, [&](ReadId read) {
    const VariableId other = query.reads[read].variable;
    if (variable == kNoVariable) variable = other;
    single = single && variable == other;
  });
  return single ? variable : kNoVariable;
}

// The filter of the node or hop that binds a variable on every path; nullptr when none does.
Condition* filter_of(LogicalPlan& plan, VariableId variable) {
  if (plan.start.variable == variable) return &plan.start.filter;
  for (BoundStep& step : plan.steps) {
    auto* hop = std::get_if<BoundHop>(&step.node);
    if (hop == nullptr) continue;
    if (hop->relationship == variable) return &hop->filter;
    if (hop->node.variable == variable) return &hop->node.filter;
  }
  return nullptr;
}

bool searches_text(const Condition& condition) {
  return condition.kind == Condition::Kind::Text ||
         std::any_of(condition.parts.begin(), condition.parts.end(), searches_text);
}

// The filter at the first hop of the chain, before any optional or negation, with which all that a
// condition reads is bound; nullptr when there is none.
Condition* path_filter_of(LogicalPlan& plan, const Condition& condition) {
  if (searches_text(condition)) return nullptr;
  std::vector<VariableId> unbound;
  for_each_read(condition,
                [&](ReadId read) { unbound.push_back(plan.query->reads[read].variable); });
  const auto bind = [&](VariableId variable) {
    unbound.erase(std::remove(unbound.begin(), unbound.end(), variable), unbound.end());
  };
  bind(plan.start.variable);
  for (const BoundStep& step : plan.steps) {
    const auto* hop = std::get_if<BoundHop>(&step.node);
    if (hop == nullptr) return nullptr;
    bind(hop->relationship);
    bind(hop->node.variable);
    if (!unbound.empty()) continue;
    for (PathFilter& filter : plan.path_filters) {
      if (filter.variable == hop->node.variable) return &filter.condition;
    }
    return &plan.path_filters.emplace_back(PathFilter{hop->node.variable, {}}).condition;
  }
  return nullptr;
}

void push_down(LogicalPlan& plan, Condition where) {
  Condition all;
  add_conjunct(all, std::move(where));
  Condition rest;
  for (Condition& part : all.parts) {
    const VariableId variable = only_variable(part, *plan.query);
    Condition* filter = variable == kNoVariable ? nullptr : filter_of(plan, variable);
    if (filter == nullptr) filter = path_filter_of(plan, part);
    add_conjunct(filter == nullptr ? rest : *filter, std::move(part));
  }
  if (!rest.parts.empty()) plan.where = std::move(rest);
}

// A list is about the starting entities; with an order over other parts of the path, or with what
// optionals add to an ordered list, the paths decide.
Need need_of(const BoundQuery& query) {
  const bool pages = query.limit.has_value() || query.skip > 0;
  switch (query.shape) {
    case ResultType::List:
      for (const SortKey& key : query.order_by) {
        bool of_start = true;
        for_each_variable(query.items[key.column].expression, query, [&](VariableId variable) {
          of_start = of_start && variable == query.start.variable;
        });
        if (!of_start) return Need::Paths;
      }
      if (!query.order_by.empty() && !query.steps.empty() &&
          std::holds_alternative<BoundOptional>(query.steps.back().node)) {
        return Need::Paths;
      }
      return Need::Starts;
    case ResultType::Tree:
      return pages ? Need::Paths : Need::Members;
    case ResultType::Table:
      break;
  }
  return Need::Paths;
}

}  // namespace

LogicalPlan plan(const std::shared_ptr<const BoundQuery>& query, bool push_filters) {
  LogicalPlan plan{
      .query = query, .start = query->start, .steps = query->steps, .need = need_of(*query)};
  if (plan.query->where) {
    if (push_filters) {
      push_down(plan, *plan.query->where);
    } else {
      plan.where = plan.query->where;
    }
  }
  return plan;
}

}  // namespace callisto::query
