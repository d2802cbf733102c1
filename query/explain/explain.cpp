// Names of operators as in the style guide; one thing, one name.
#include "query/explain/explain.h"

#include <algorithm>
#include <string>
#include <utility>

namespace callisto::query {

namespace {

std::string named(const PhysicalPlan& plan, VariableId variable, const std::string& label) {
  const std::string& alias = plan.query().variables[variable].label;
  return alias == label ? label : label + " AS " + alias;
}

std::string property_names(const PhysicalPlan& plan, const Condition& condition) {
  std::vector<std::string> names;
  for_each_read(condition, [&](ReadId read) {
    const std::string& name = plan.query().reads[read].property;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  });
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text.empty() ? "full text" : text;
}

class Describer {
 public:
  Describer(const PhysicalPlan& plan, const Measured* measured)
      : plan_(plan), measured_(measured) {}

  std::vector<PlanLine> run();

 private:
  void add(std::string text, std::optional<double> estimate = std::nullopt);
  void add_output();
  void add_sets();
  void add_walk();
  void add_step(std::uint32_t pc);
  void add_scan(std::uint32_t node);
  void add_filter(std::uint32_t node);

  const PhysicalPlan& plan_;
  const Measured* measured_;
  std::vector<PlanLine> lines_;
  int depth_ = 0;
};

void Describer::add(std::string text, std::optional<double> estimate) {
  lines_.push_back({.depth = depth_, .text = std::move(text), .estimated_rows = estimate});
  ++depth_;
}

void Describer::add_output() {
  const BoundQuery& query = plan_.query();
  std::string columns;
  bool keys = false;
  for (const Item& item : query.items) {
    if (item.hidden) continue;
    columns +=
        (columns.empty() ? "" : ", ") + (item.all_properties ? item.selector + ".*" : item.column);
    keys = keys || !item.aggregates;
  }
  const bool held = query.shape == ResultType::Table &&
                    (query.has_aggregates() || query.unique || query.having || query.unwinds());
  const std::string limit = query.limit ? " " + std::to_string(*query.limit) : "";
  if (query.shape == ResultType::List) add("List");
  if (query.shape == ResultType::Table && !held) add("Project " + columns);
  if (query.limit && query.order_by.empty()) add("Limit" + limit);
  if (query.skip > 0) add("Skip " + std::to_string(query.skip));
  if (!query.order_by.empty()) add(query.limit && !held ? "TopK" + limit : "Sort");
  if (held && query.having) add("Filter HAVING");
  if (query.unwinds()) add("Unwind");
  if (query.has_aggregates()) {
    add((keys ? "HashAggregate " : "Aggregate ") + columns);
  } else if (held) {
    add((query.unique ? "Distinct " : "Hold ") + columns);
  }
  if (query.shape == ResultType::Tree) add("Tree");
  if (plan_.logical->where) add("Filter " + property_names(plan_, *plan_.logical->where));
}

void Describer::add_filter(std::uint32_t node) {
  if (const Condition* filter = plan_.nodes[node].filter) {
    add("Filter " + property_names(plan_, *filter));
  }
}

void Describer::add_scan(std::uint32_t node_index) {
  const PlanNode& node = plan_.nodes[node_index];
  const std::string name = named(plan_, node.variable, node.label);
  add_filter(node_index);
  switch (node.access) {
    case Access::IdLookup:
      add("KeyLookup " + name + " by _id", node.estimate);
      break;
    case Access::KeyLookup:
      add("KeyLookup " + name + " by _key", node.estimate);
      break;
    case Access::Scan: {
      const std::string tables = std::to_string(node.tables.size());
      add("TypeScan " + name + (node.tables.size() == 1 ? "" : " (" + tables + " types)"),
          node.filter == nullptr ? node.rows : node.estimate);
      break;
    }
  }
}

// The set form: semi-joins from the pivot to both ends; shown as the order in which they run.
void Describer::add_sets() {
  for (std::uint32_t node = 0; node < plan_.pivot; ++node) {
    const PlanNode& left = plan_.nodes[node];
    add("SemiJoin " + plan_.hops[node].label + " from " + plan_.nodes[node + 1].label + " to " +
            named(plan_, left.variable, left.label),
        left.estimate);
    add_filter(node);
  }
  if (plan_.negation != kNone && plan_.negation_free) {
    add("AntiExpand " + plan_.hops[plan_.chain].label + " " +
        plan_.nodes[plan_.hops[plan_.chain].node].label);
  }
  for (std::uint32_t node = plan_.chain; node > plan_.pivot; --node) {
    const PlanNode& right = plan_.nodes[node];
    add("SemiJoin " + plan_.hops[node - 1].label + " from " + plan_.nodes[node - 1].label + " to " +
            named(plan_, right.variable, right.label),
        right.estimate);
    add_filter(node);
  }
  add_scan(plan_.pivot);
}

void Describer::add_step(std::uint32_t pc) {
  const Instruction& step = plan_.program[pc];
  switch (step.op) {
    case Instruction::Op::Expand: {
      const PlanHop& hop = plan_.hops[step.index];
      const PlanNode& node = plan_.nodes[hop.node];
      if (hop.path != nullptr) add("Filter " + property_names(plan_, *hop.path));
      add("Expand " + hop.label + " " + named(plan_, node.variable, node.label), node.estimate);
      break;
    }
    case Instruction::Op::Optional:
      add("Optional");
      break;
    case Instruction::Op::Absent:
      add("AntiExpand");
      break;
    case Instruction::Op::Leave:
    case Instruction::Op::End:
      break;
  }
}

void Describer::add_walk() {
  for (auto pc = static_cast<std::uint32_t>(plan_.program.size()); pc-- > 0;) {
    add_step(pc);
  }
}

std::vector<PlanLine> Describer::run() {
  add_output();
  const bool sets_alone =
      plan_.by_sets && (plan_.logical->need != Need::Paths || plan_.subject || plan_.pair_count);
  if (!sets_alone) add_walk();
  if (plan_.reduces) {
    add_sets();
  } else {
    add_scan(0);
  }
  if (measured_ == nullptr) return std::move(lines_);
  lines_.front().actual_rows = measured_->rows;
  lines_.front().time_us = measured_->time_us;
  for (PlanLine& line : lines_) {
    for (std::size_t node = 0; node < measured_->set_rows.size(); ++node) {
      const std::string name = named(plan_, plan_.nodes[node].variable, plan_.nodes[node].label);
      const bool scan = node == plan_.pivot && (line.text.starts_with("TypeScan " + name) ||
                                                line.text.starts_with("KeyLookup " + name));
      if (scan || (line.text.starts_with("SemiJoin") && line.text.ends_with(" to " + name))) {
        line.actual_rows = measured_->set_rows[node];
      }
    }
  }
  return std::move(lines_);
}

}  // namespace

std::vector<PlanLine> describe(const PhysicalPlan& plan, const Measured* measured) {
  return Describer(plan, measured).run();
}

}  // namespace callisto::query
