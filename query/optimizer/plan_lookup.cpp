// Tables and comparisons of a plan, for warnings.
#include "query/optimizer/plan_lookup.h"

namespace callisto::query {

namespace {

void collect(const Condition* condition, std::vector<const Condition*>& found) {
  if (condition == nullptr) return;
  for (const Condition& part : condition->parts) {
    collect(&part, found);
  }
  if (condition->kind == Condition::Kind::Compare && condition->constant != kNone &&
      condition->left != kNone) {
    found.push_back(condition);
  }
}

}  // namespace

std::vector<const PropertyTable*> tables_of(const PhysicalPlan& plan,
                                            VariableId variable,
                                            const Snapshot& snapshot) {
  std::vector<const PropertyTable*> tables;
  if (variable == kNoVariable) return tables;
  for (const PlanNode& node : plan.nodes) {
    if (node.variable != variable) continue;
    for (const NodeTable& entry : node.tables) {
      tables.push_back(snapshot.entity_table(entry.type));
    }
  }
  for (const PlanHop& hop : plan.hops) {
    if (hop.relationship != variable) continue;
    for (const HopTable& entry : hop.tables) {
      tables.push_back(snapshot.relationship_tables()[entry.table].get());
    }
  }
  return tables;
}

std::vector<const Condition*> comparisons_of(const PhysicalPlan& plan) {
  std::vector<const Condition*> found;
  for (const PlanNode& node : plan.nodes) {
    collect(node.filter, found);
  }
  for (const PlanHop& hop : plan.hops) {
    collect(hop.filter, found);
    collect(hop.path, found);
  }
  if (plan.logical->where) collect(&*plan.logical->where, found);
  return found;
}

}  // namespace callisto::query
