// Lowers the pattern: nodes to tables, hops to relationship tables, steps to a walk.
#include "query/optimizer/optimizer.h"

#include <algorithm>
#include <utility>

namespace callisto::query {

std::optional<std::uint32_t> PlanNode::table_of(TypeId type) const {
  const auto found = std::lower_bound(
      tables.begin(), tables.end(), type, [](const NodeTable& table, TypeId wanted) {
        return table.type < wanted;
      });
  if (found == tables.end() || found->type != type) return std::nullopt;
  return static_cast<std::uint32_t>(found - tables.begin());
}

const HopSource* PlanHop::source_of(TypeId type) const {
  const auto found = std::lower_bound(
      sources.begin(), sources.end(), type, [](const HopSource& source, TypeId wanted) {
        return source.type < wanted;
      });
  return found == sources.end() || found->type != type ? nullptr : &*found;
}

namespace {

using Types = std::vector<TypeId>;  // Sorted.

Types types_of(const PlanNode& node) {
  Types types;
  for (const NodeTable& table : node.tables) {
    types.push_back(table.type);
  }
  return types;
}

Types union_of(const Types& a, const Types& b) {
  Types both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

bool overlap(const Types& a, const PlanNode& node) {
  return std::any_of(a.begin(), a.end(), [&](TypeId type) { return node.table_of(type); });
}

class Lowering {
 public:
  Lowering(PhysicalPlan& plan, const Snapshot& snapshot) : plan_(plan), snapshot_(snapshot) {}

  void run();

 private:
  std::uint32_t add_node(const BoundNode& bound);
  void add_tables(const BoundTarget& target, PlanNode& node);
  void add_table(const EntityTable& table, PlanNode& node, const Types& named) const;
  std::uint32_t add_hop(const BoundHop& bound, const Types& sources);
  // A condition on nothing but the hop and its two ends.
  [[nodiscard]] bool of_this_hop(const Condition& condition, const BoundHop& bound) const;
  // The variable `a` of a part `a._id = b._id` where b is what a hop leads to.
  [[nodiscard]] VariableId same_entity(VariableId reached, const Condition& condition) const;
  void add_hop_tables(const BoundHop& bound, const Types& sources, PlanHop& hop);
  // Returns the types where a walk through the steps can stand at its end.
  Types add_steps(const std::vector<BoundStep>& steps, Types current);
  void add_optional(const BoundOptional& optional, Types& current);
  void note_bindings(std::size_t at, std::size_t first_node, std::size_t first_hop);

  PhysicalPlan& plan_;
  const Snapshot& snapshot_;
  std::vector<std::uint32_t> in_scope_;  // Nodes bound before this place.
  std::uint32_t left_ = 0;               // The node to the left, where there is just one.
};

void Lowering::run() {
  const LogicalPlan& logical = *plan_.logical;
  for (const Read& read : logical.query->reads) {
    const auto id = snapshot_.names().properties.find(read.property);
    plan_.reads.push_back(id ? PropertyId{*id} : kNoProperty);
  }
  const std::uint32_t start = add_node(logical.start);
  in_scope_.push_back(start);
  add_steps(logical.steps, types_of(plan_.nodes[start]));
  plan_.program.push_back({});
  plan_.linear = true;
  for (const BoundStep& step : logical.steps) {
    if (std::holds_alternative<BoundHop>(step.node)) {
      if (plan_.linear) ++plan_.chain;
    } else if (std::holds_alternative<BoundOptional>(step.node)) {
      plan_.linear = false;
    }
  }
}

std::uint32_t Lowering::add_node(const BoundNode& bound) {
  PlanNode node{.variable = bound.variable, .label = bound.label};
  if (!bound.filter.parts.empty()) node.filter = &bound.filter;
  add_tables(bound.target, node);
  plan_.nodes.push_back(std::move(node));
  return static_cast<std::uint32_t>(plan_.nodes.size() - 1);
}

void Lowering::add_tables(const BoundTarget& target, PlanNode& node) {
  Types named;
  const Names& names = snapshot_.names();
  for (const TargetWord& word : target.words) {
    if (word.is_class) {
      if (const auto id = names.classes.find(word.text)) node.classes.push_back({*id});
    } else if (const auto id = names.types.find(word.text)) {
      named.push_back({*id});
    }
  }
  std::sort(named.begin(), named.end());
  if (!target.any && node.classes.empty()) {  // Types alone: no look at all tables.
    named.erase(std::unique(named.begin(), named.end()), named.end());
    for (const TypeId type : named) {
      if (const EntityTable* table = snapshot_.entity_table(type)) add_table(*table, node, named);
    }
    return;
  }
  for (const auto& table : snapshot_.entity_tables()) {
    if (!table) continue;
    if (target.any) {
      node.tables.push_back({table->type(), false});
      node.rows += table->live_rows();
    } else {
      add_table(*table, node, named);
    }
  }
}

void Lowering::add_table(const EntityTable& table, PlanNode& node, const Types& named) const {
  if (std::binary_search(named.begin(), named.end(), table.type())) {
    node.tables.push_back({table.type(), false});
    node.rows += table.live_rows();
    return;
  }
  std::uint32_t rows = 0;
  for (const ClassSet& set : table.class_sets()) {
    const bool member = std::any_of(
        node.classes.begin(), node.classes.end(), [&](ClassId id) { return set.contains(id); });
    if (member) rows += set.live_rows;
  }
  // Soft-deleted rows are not in the statistics.
  if (rows == 0 && !plan_.include_deleted) return;
  const bool all = rows == table.live_rows() && !plan_.include_deleted;
  node.tables.push_back({table.type(), !all});
  node.rows += rows;
}

std::uint32_t Lowering::add_hop(const BoundHop& bound, const Types& sources) {
  const std::uint32_t node = add_node(bound.node);
  PlanHop hop{.node = node, .relationship = bound.relationship, .label = bound.label};
  if (!bound.filter.parts.empty()) hop.filter = &bound.filter;
  for (const PathFilter& filter : plan_.logical->path_filters) {
    if (filter.variable != bound.node.variable) continue;
    if (of_this_hop(filter.condition, bound)) {
      hop.between = &filter.condition;
      continue;
    }
    hop.path = &filter.condition;
    hop.same_as = same_entity(bound.node.variable, filter.condition);
  }
  add_hop_tables(bound, sources, hop);
  if (!plan_.revisits) {
    const Types targets = types_of(plan_.nodes[node]);
    for (const std::uint32_t earlier : in_scope_) {
      if (!overlap(targets, plan_.nodes[earlier])) continue;
      hop.distinct_from.push_back(plan_.nodes[earlier].variable);
      hop.excludes_self = hop.excludes_self || earlier == left_;
    }
  }
  plan_.hops.push_back(std::move(hop));
  in_scope_.push_back(node);
  left_ = node;
  return static_cast<std::uint32_t>(plan_.hops.size() - 1);
}

bool Lowering::of_this_hop(const Condition& condition, const BoundHop& bound) const {
  const VariableId left = plan_.nodes[left_].variable;
  bool own = true;
  for_each_read(condition, [&](ReadId read) {
    const VariableId variable = plan_.query().reads[read].variable;
    own = own &&
          (variable == left || variable == bound.relationship || variable == bound.node.variable);
  });
  return own;
}

VariableId Lowering::same_entity(VariableId reached, const Condition& condition) const {
  const BoundQuery& query = *plan_.logical->query;
  for (const Condition& part : condition.parts) {
    if (part.kind != Condition::Kind::Compare || part.test != Test::Equal) continue;
    if (part.left == kNone || part.right == kNone) continue;
    if (plan_.reads[part.left] != metadata::kId || plan_.reads[part.right] != metadata::kId) {
      continue;
    }
    const VariableId left = query.reads[part.left].variable;
    const VariableId right = query.reads[part.right].variable;
    if (left == right || (left != reached && right != reached)) continue;
    const VariableId other = left == reached ? right : left;
    if (!query.variables[other].relationship) return other;
  }
  return kNoVariable;
}

void Lowering::add_hop_tables(const BoundHop& bound, const Types& sources, PlanHop& hop) {
  std::vector<VerbId> verbs;
  for (const std::string& verb : bound.verbs) {
    if (const auto id = snapshot_.names().verbs.find(verb)) verbs.push_back({*id});
  }
  const auto wanted = [&](const RelationshipTable& table) {
    return (plan_.include_deleted ? table.rows() : table.live_rows()) > 0 &&
           (bound.verbs.empty() ||
            std::find(verbs.begin(), verbs.end(), table.verb()) != verbs.end());
  };
  const PlanNode& left = plan_.nodes[left_];
  const PlanNode& right = plan_.nodes[hop.node];
  const auto add = [&](std::uint32_t index, bool forward, TypeId source) {
    const RelationshipTable& table = *snapshot_.relationship_tables()[index];
    if (!wanted(table)) return;
    const TypeId target = forward ? table.to_type() : table.from_type();
    const std::optional<std::uint32_t> at = right.table_of(target);
    if (!at) return;
    hop.tables.push_back({index, forward, left.table_of(source).value_or(0), *at, source, target});
    hop.relationships += table.live_rows();
  };
  for (const TypeId source : sources) {
    const auto begin = static_cast<std::uint32_t>(hop.tables.size());
    if (bound.direction != ast::Direction::Backward) {
      for (const std::uint32_t index : snapshot_.tables_from(source)) {
        add(index, true, source);
      }
    }
    if (bound.direction != ast::Direction::Forward) {
      for (const std::uint32_t index : snapshot_.tables_to(source)) {
        add(index, false, source);
      }
    }
    const auto end = static_cast<std::uint32_t>(hop.tables.size());
    if (end > begin) hop.sources.push_back({source, begin, end});
  }
}

Types Lowering::add_steps(const std::vector<BoundStep>& steps, Types current) {
  for (const BoundStep& step : steps) {
    if (const auto* hop = std::get_if<BoundHop>(&step.node)) {
      const std::uint32_t index = add_hop(*hop, current);
      plan_.program.push_back({.op = Instruction::Op::Expand, .index = index});
      current = types_of(plan_.nodes[plan_.hops[index].node]);
    } else if (const auto* optional = std::get_if<BoundOptional>(&step.node)) {
      add_optional(*optional, current);
    } else {
      const auto at = plan_.program.size();
      plan_.program.push_back({.op = Instruction::Op::Absent});
      const auto scope = in_scope_.size();
      const auto first_node = plan_.nodes.size();
      const auto first_hop = plan_.hops.size();
      add_steps(std::get<BoundNegation>(step.node).steps, current);
      in_scope_.resize(scope);
      plan_.program.push_back({});
      note_bindings(at, first_node, first_hop);
      plan_.program[at].jump = static_cast<std::uint32_t>(plan_.program.size());
    }
  }
  return current;
}

void Lowering::add_optional(const BoundOptional& optional, Types& current) {
  const auto at = plan_.program.size();
  const auto first = plan_.nodes.size();
  const auto first_hop = plan_.hops.size();
  plan_.program.push_back({.op = Instruction::Op::Optional, .every_path = optional.every_path});
  const Types ends = add_steps(optional.steps, current);
  const auto leave = static_cast<std::uint32_t>(plan_.program.size());
  plan_.program.push_back({.op = Instruction::Op::Leave, .variable = optional.alias});
  plan_.program[at].jump = leave;
  note_bindings(at, first, first_hop);
  current = union_of(current, ends);
}

// The variables that the part of the program from `at` on binds.
void Lowering::note_bindings(std::size_t at, std::size_t first_node, std::size_t first_hop) {
  std::vector<VariableId> binds;
  for (auto i = first_node; i < plan_.nodes.size(); ++i) {
    binds.push_back(plan_.nodes[i].variable);
  }
  for (auto i = first_hop; i < plan_.hops.size(); ++i) {
    binds.push_back(plan_.hops[i].relationship);
  }
  const std::size_t own = plan_.program.size() - 1;  // An optional's own alias is always bound.
  for (std::size_t pc = at; pc < own; ++pc) {
    if (plan_.program[pc].variable != kNoVariable) binds.push_back(plan_.program[pc].variable);
  }
  plan_.program[at].binds = std::move(binds);
}

}  // namespace

std::shared_ptr<const PhysicalPlan> optimize(std::shared_ptr<const LogicalPlan> logical,
                                             const Snapshot& snapshot,
                                             const QueryOptions& options) {
  auto plan = std::make_shared<PhysicalPlan>();
  plan->logical = std::move(logical);
  plan->version = snapshot.version();
  plan->optimized = options.optimize;
  plan->include_deleted = options.include_deleted;
  plan->revisits = options.revisit_vertices;
  plan->layer = options.layer;
  Lowering(*plan, snapshot).run();
  choose_form(*plan, snapshot);
  warn_of_unknown_names(*plan, snapshot);
  warn_of_kinds(*plan, snapshot);
  return plan;
}

}  // namespace callisto::query
