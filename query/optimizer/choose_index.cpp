// Which equality of a filter goes through an equality index, where a table is worth one.
#include <algorithm>
#include <memory>
#include <variant>

#include "core/indexes/value_index.h"
#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

// One scalar, as far as can be told before the run.
bool may_be_scalar(const Constant& constant) {
  if (const auto* value = std::get_if<Value>(&constant)) {
    return !is_null(*value) && !std::holds_alternative<List>(*value);
  }
  return std::holds_alternative<ast::DateNow>(constant) ||
         std::holds_alternative<ast::Parameter>(constant);
}

// An equality of one property with one scalar.
bool can_seek(const Condition& condition, const PhysicalPlan& plan) {
  if (condition.kind != Condition::Kind::Compare || condition.test != Test::Equal) return false;
  if (condition.constant == kNone || condition.right != kNone) return false;
  const PropertyId property = plan.reads[condition.left];
  const bool stored = property == metadata::kKey || !metadata::is_metadata(property);
  return property != kNoProperty && stored &&
         may_be_scalar(plan.query().constants[condition.constant]);
}

bool is_worth_it(const PropertyTable& table, PropertyId property) {
  const auto slot = table.slot(property);
  return slot && TableIndexes::worth_indexing(table, *slot);
}

// The best of a filter and of its conjuncts: the lowest `rank(equality)`; nullptr: none.
template <class Rank>
const Condition* best_equality(const Condition* filter, const PhysicalPlan& plan, Rank&& rank) {
  const Condition* best = nullptr;
  double best_rank = 0;
  const auto consider = [&](const Condition& condition) {
    if (!can_seek(condition, plan)) return;
    const std::optional<double> ranked = rank(condition);
    if (!ranked || (best != nullptr && *ranked >= best_rank)) return;
    best = &condition;
    best_rank = *ranked;
  };
  if (filter == nullptr) return nullptr;
  consider(*filter);
  if (filter->kind == Condition::Kind::All) {
    for (const Condition& part : filter->parts) {
      consider(part);
    }
  }
  return best;
}

}  // namespace

void choose_indexes(PhysicalPlan& plan, const Snapshot& snapshot) {
  if (!plan.optimized || plan.layer != LayerView::Effective) return;
  for (PlanNode& node : plan.nodes) {
    if (node.access != Access::Scan) continue;
    node.seek =
        best_equality(node.filter, plan, [&](const Condition& equality) -> std::optional<double> {
          const PropertyId property = plan.reads[equality.left];
          const bool worth =
              std::any_of(node.tables.begin(), node.tables.end(), [&](const NodeTable& table) {
                return is_worth_it(*snapshot.entity_table(table.type), property);
              });
          if (!worth) return std::nullopt;
          return estimate_selectivity(node, equality, plan, snapshot);
        });
  }
  for (PlanHop& hop : plan.hops) {
    hop.seek =
        best_equality(hop.filter, plan, [&](const Condition& equality) -> std::optional<double> {
          const PropertyId property = plan.reads[equality.left];
          const bool worth =
              std::any_of(hop.tables.begin(), hop.tables.end(), [&](const HopTable& table) {
                return is_worth_it(*snapshot.relationship_tables()[table.table], property);
              });
          return worth ? std::optional(0.0) : std::nullopt;
        });
  }
}

}  // namespace callisto::query
