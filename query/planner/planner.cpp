// Splits WHERE into conjuncts and gives each to the lowest place that can answer it.
#include "query/planner/planner.h"

#include <utility>

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

void push_down(LogicalPlan& plan, Condition where) {
  Condition all;
  add_conjunct(all, std::move(where));
  Condition rest;
  for (Condition& part : all.parts) {
    const VariableId variable = only_variable(part, *plan.query);
    Condition* filter = variable == kNoVariable ? nullptr : filter_of(plan, variable);
    add_conjunct(filter == nullptr ? rest : *filter, std::move(part));
  }
  if (!rest.parts.empty()) plan.where = std::move(rest);
}

// A list is about the starting entities; with an order over other parts of the path, the paths
// decide.
Need need_of(const BoundQuery& query) {
  const bool pages = query.limit.has_value() || query.skip > 0;
  switch (query.shape) {
    case ResultType::List:
      for (const SortKey& key : query.order_by) {
        if (query.reads[key.read].variable != query.start.variable) return Need::Paths;
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

LogicalPlan plan(std::shared_ptr<const BoundQuery> query, bool push_filters) {
  LogicalPlan plan{.query = std::move(query)};
  plan.start = plan.query->start;
  plan.steps = plan.query->steps;
  plan.need = need_of(*plan.query);
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
