// Names of operators as in the style guide; one thing, one name.
#include "query/explain/explain.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/indexes/value_index.h"

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

std::string sort_keys(const BoundQuery& query) {
  std::string text;
  for (const SortKey& key : query.order_by) {
    text += (text.empty() ? " by " : ", ") + query.items[key.column].column;
    if (key.descending) text += " DESC";
  }
  return text;
}

// The columns of the answer; of rows that are held, last what only HAVING and ORDER BY ask for.
std::string columns_of(const BoundQuery& query, bool held) {
  std::string columns;
  std::string hidden;
  for (const Item& item : query.items) {
    std::string& list = item.hidden ? hidden : columns;
    if (!list.empty()) list += ", ";
    list += item.all_properties ? item.selector + ".*" : item.column;
  }
  return hidden.empty() || !held ? columns : columns + " (not shown: " + hidden + ")";
}

class Describer {
 public:
  Describer(const PhysicalPlan& plan, const std::vector<IndexUse>& use, const Measured* measured)
      : plan_(plan), use_(use), measured_(measured) {}

  std::vector<PlanLine> run();

 private:
  PlanLine& add(std::string text);
  // An operator with an estimate, and figures when the run was measured.
  void add(std::string text, double estimate, const Figures* figures);
  // One that holds rows: its time is what no other operator took.
  void add_holding(std::string text);
  void add_output();
  void add_sets();
  void add_walk();
  void add_grouping();
  void add_step(std::uint32_t pc);
  void add_scan(std::uint32_t node);
  void add_filter(std::uint32_t node);
  void add_comparison(const PlanHop& hop);
  void add_totals();
  [[nodiscard]] std::string scan_text(std::uint32_t node) const;
  [[nodiscard]] bool stopped_early() const;

  [[nodiscard]] const Figures* node_figures(std::size_t node) const {
    return measured_ == nullptr ? nullptr : &measured_->profile.nodes[node];
  }

  const PhysicalPlan& plan_;
  const std::vector<IndexUse>& use_;
  const Measured* measured_;
  std::vector<PlanLine> lines_;
  std::optional<std::size_t> holding_;  // The lowest such line.
  int depth_ = 0;
};

PlanLine& Describer::add(std::string text) {
  lines_.push_back({.depth = depth_, .text = std::move(text)});
  ++depth_;
  return lines_.back();
}

void Describer::add(std::string text, double estimate, const Figures* figures) {
  PlanLine& line = add(std::move(text));
  // A walk that a LIMIT ends early cannot be compared with what there is.
  if (figures == nullptr || !stopped_early()) line.estimated_rows = estimate;
  if (figures == nullptr) return;
  line.actual_rows = figures->rows;
  line.time_us = figures->time_us;
}

void Describer::add_holding(std::string text) {
  add(std::move(text));
  holding_ = lines_.size() - 1;
}

bool Describer::stopped_early() const {
  const BoundQuery& query = plan_.query();
  return !plan_.reduces && query.limit && query.order_by.empty() && !holding_ &&
         measured_ != nullptr && measured_->rows == *query.limit;
}

void Describer::add_output() {
  const BoundQuery& query = plan_.query();
  const bool held = query.shape == ResultType::Table &&
                    (query.has_aggregates() || query.unique || query.having || query.unwinds());
  const std::string columns = columns_of(query, held);
  const bool keys = std::any_of(
      query.items.begin(), query.items.end(), [](const Item& item) { return item.is_key(); });
  const std::string limit = query.limit ? " " + std::to_string(*query.limit) : "";
  if (query.shape == ResultType::List) add("List");
  if (query.shape == ResultType::Table && !held) add("Project " + columns);
  if (query.limit && query.order_by.empty()) add("Limit" + limit);
  if (query.skip > 0) add("Skip " + std::to_string(query.skip));
  if (!query.order_by.empty()) {
    add_holding((query.limit && !held ? "TopK" + limit : "Sort") + sort_keys(query));
  }
  if (held && query.having) add("Filter HAVING " + property_names(plan_, *query.having));
  if (query.unwinds()) add("Unwind");
  if (query.has_aggregates()) {
    add_holding((keys ? "HashAggregate " : "Aggregate ") + columns);
  } else if (held) {
    add_holding((query.unique ? "Distinct " : "Hold ") + columns);
  }
  if (query.shape == ResultType::Tree) add_holding("Tree");
  if (plan_.logical->where) add("Filter " + property_names(plan_, *plan_.logical->where));
}

void Describer::add_filter(std::uint32_t node) {
  if (const Condition* filter = plan_.nodes[node].filter) {
    add("Filter " + property_names(plan_, *filter));
  }
}

// Of the two ends of a hop.
void Describer::add_comparison(const PlanHop& hop) {
  if (hop.between != nullptr) add("Filter " + property_names(plan_, *hop.between));
}

std::string Describer::scan_text(std::uint32_t node_index) const {
  const PlanNode& node = plan_.nodes[node_index];
  const std::string name = named(plan_, node.variable, node.label);
  if (node.access == Access::IdLookup) return "KeyLookup " + name + " by _id";
  if (node.access == Access::KeyLookup) return "KeyLookup " + name + " by _key";
  const std::string types = std::to_string(node.tables.size()) + " types)";
  const std::string of_types = node.tables.size() == 1 ? "" : " (" + types;
  if (node.seek == nullptr) return "TypeScan " + name + of_types;
  const std::string& property = plan_.query().reads[node.seek->left].property;
  const IndexUse& use = use_[node_index];
  if (use.ready == 0) {
    return "TypeScan " + name + of_types + ", from the next look-up on IndexSeek by " + property;
  }
  const std::string some = use.ready == node.tables.size()
                               ? of_types
                               : " (" + std::to_string(use.ready) + " of " + types;
  return "IndexSeek " + name + " by " + property + some;
}

void Describer::add_scan(std::uint32_t node_index) {
  add_filter(node_index);
  add(scan_text(node_index), plan_.nodes[node_index].estimate, node_figures(node_index));
}

// The set form: semi-joins from the pivot to both ends; shown as the order in which they run.
void Describer::add_sets() {
  for (std::uint32_t node = 0; node < plan_.pivot; ++node) {
    const PlanNode& left = plan_.nodes[node];
    add("SemiJoin " + plan_.hops[node].label + " from " + plan_.nodes[node + 1].label + " to " +
            named(plan_, left.variable, left.label),
        left.joined,
        node_figures(node));
    add_comparison(plan_.hops[node]);
    add_filter(node);
  }
  if (plan_.negation != kNone && plan_.negation_free) {
    PlanLine& line = add("AntiExpand " + plan_.hops[plan_.chain].label + " " +
                         plan_.nodes[plan_.hops[plan_.chain].node].label);
    if (measured_ != nullptr) line.time_us = measured_->profile.negation.time_us;
  }
  for (std::uint32_t node = plan_.chain; node > plan_.pivot; --node) {
    const PlanNode& right = plan_.nodes[node];
    add("SemiJoin " + plan_.hops[node - 1].label + " from " + plan_.nodes[node - 1].label + " to " +
            named(plan_, right.variable, right.label),
        right.joined,
        node_figures(node));
    add_comparison(plan_.hops[node - 1]);
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
      add_comparison(hop);
      add("Expand " + hop.label + " " + named(plan_, node.variable, node.label),
          hop.paths,
          measured_ == nullptr ? nullptr : &measured_->profile.hops[step.index]);
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

// From the rows of each group to those of the places that its aggregates are about.
void Describer::add_grouping() {
  const Grouping& grouping = *plan_.grouping;
  const auto add_reach = [&](const PlanHop& hop) {
    const PlanNode& node = plan_.nodes[hop.node];
    if (!plan_.reduces || hop.node > plan_.chain) add_filter(hop.node);
    add_comparison(hop);
    add("GroupExpand " + hop.label + " " + named(plan_, node.variable, node.label));
  };
  for (auto pc = static_cast<std::uint32_t>(plan_.program.size()); pc-- > plan_.chain;) {
    const Instruction& step = plan_.program[pc];
    if (step.op == Instruction::Op::Expand && !plan_.linear) add_reach(plan_.hops[step.index]);
    if (step.op == Instruction::Op::Optional) add("Optional");
  }
  if (grouping.keys.empty()) return;
  std::uint32_t first = grouping.keys.front().place.position();
  std::uint32_t last = grouping.keys.back().place.position();
  for (const auto& [aggregate, place] : grouping.aggregated) {
    first = std::min(first, place.position());
    last = std::max(last, std::min(place.position(), 2 * plan_.chain));
  }
  for (std::uint32_t hop = plan_.chain; hop-- > 0;) {
    if (2 * hop + 1 > first && 2 * hop < last) add_reach(plan_.hops[hop]);
  }
}

void Describer::add_walk() {
  for (auto pc = static_cast<std::uint32_t>(plan_.program.size()); pc-- > 0;) {
    add_step(pc);
  }
}

std::vector<PlanLine> Describer::run() {
  add_output();
  const bool sets_alone = plan_.by_sets && (plan_.logical->need != Need::Paths || plan_.subject);
  if (plan_.grouping) {
    add_grouping();
  } else if (!sets_alone) {
    add_walk();
  }
  if (plan_.reduces) {
    add_sets();
  } else {
    add_scan(0);
  }
  add_totals();
  return std::move(lines_);
}

void Describer::add_totals() {
  if (measured_ == nullptr) return;
  double rest = measured_->time_us;
  for (const PlanLine& line : lines_) {
    rest -= line.time_us.value_or(0);
  }
  if (holding_) lines_[*holding_].time_us = std::max(0.0, rest);
  lines_.front().actual_rows = measured_->rows;
  lines_.front().time_us = measured_->time_us;
}

}  // namespace

std::vector<IndexUse> index_use(const PhysicalPlan& plan, const Snapshot& snapshot) {
  std::vector<IndexUse> all(plan.nodes.size());
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const PlanNode& node = plan.nodes[i];
    if (node.seek == nullptr) continue;
    for (const NodeTable& table : node.tables) {
      const EntityTable& rows = *snapshot.entity_table(table.type);
      const auto slot = rows.slot(plan.reads[node.seek->left]);
      if (!slot || !TableIndexes::worth_indexing(rows, *slot)) continue;
      ++all[i].worth;
      if (rows.indexes().is_ready(rows, *slot)) ++all[i].ready;
    }
  }
  return all;
}

std::vector<PlanLine> describe(const PhysicalPlan& plan,
                               const std::vector<IndexUse>& use,
                               const Measured* measured) {
  return Describer(plan, use, measured).run();
}

}  // namespace callisto::query
