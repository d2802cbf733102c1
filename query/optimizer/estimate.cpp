// Guesses of selectivity from samples of the columns: cheap, and good enough to pick the end to
// start from. What a sample cannot tell (patterns, subqueries, variables) is a fixed share.
#include <algorithm>
#include <cmath>
#include <variant>
#include <vector>

#include "core/values/arena.h"
#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

constexpr std::size_t kSampledChunks = 4;
constexpr std::size_t kPartsSampledMax = 64;                   // Of a condition.
constexpr std::size_t kTextSampledMax = std::size_t{4} << 20;  // Bytes searched in a chunk.

// Some chunks of a table, evenly spread.
struct Sample {
  const BoundQuery& query;
  const std::vector<PropertyId>& reads;
  const PropertyTable* table = nullptr;  // The node's largest.
  std::vector<const PropertyChunk*> chunks{};
  double rows = 0;  // Live ones of the chunks.

  void take() {
    if (table == nullptr) return;
    const auto all = table->chunks();
    const std::size_t count = std::min(all.size(), kSampledChunks);
    for (std::size_t i = 0; i < count; ++i) {
      chunks.push_back(all[i * all.size() / count].get());
      rows += chunks.back()->live().count();
    }
  }

  [[nodiscard]] std::optional<Slot> slot(ReadId read) const {
    if (table == nullptr || reads[read] == kNoProperty) return std::nullopt;
    return table->slot(reads[read]);
  }

  [[nodiscard]] bool has_long_texts(Slot slot) const {
    return std::any_of(chunks.begin(), chunks.end(), [slot](const PropertyChunk* chunk) {
      const Column* const column = chunk->column(slot);
      return column != nullptr && column->text_heap().size() > kTextSampledMax;
    });
  }
};

// The share of the sampled rows that `select_rows(column)` gives. Requires rows > 0.
template <class Select>
double share(const Sample& sample, Slot slot, Select&& select_rows) {
  double passing = 0;
  for (const PropertyChunk* const chunk : sample.chunks) {
    const Column* const column = chunk->column(slot);
    if (column == nullptr) continue;
    RowMask mask = select_rows(*column);
    passing += (mask &= chunk->live()).count();
  }
  return passing / sample.rows;
}

double presence(const Sample& sample, Slot slot) {
  return share(sample, slot, [](const Column& column) { return column.presence(); });
}

// The share of one value that the sample does not have, from the number of distinct ones it has.
double share_of_any(const Sample& sample, Slot slot) {
  double most = 1;
  bool distinct = false;
  for (const PropertyChunk* const chunk : sample.chunks) {
    const Column* const column = chunk->column(slot);
    if (column == nullptr) continue;
    if (column->kind() == Column::Kind::Coded) {
      most = std::max(most, static_cast<double>(column->coded_values().size()));
    } else {
      distinct = true;
    }
  }
  // Mostly distinct values are so in the whole table.
  if (distinct) most = std::max(most, static_cast<double>(sample.table->live_rows()));
  return presence(sample, slot) / most;
}

// With a value that the query spells out, the sample is asked itself.
double compared(const Sample& sample, const Condition& condition, Slot slot, double otherwise) {
  if (condition.test == Test::Contains && sample.has_long_texts(slot)) return otherwise;
  const Constant& constant = sample.query.constants[condition.constant];
  const auto* const value = std::get_if<Value>(&constant);
  const bool equal = condition.test == Test::Equal;
  if (value == nullptr) return equal ? share_of_any(sample, slot) : otherwise;
  if (is_null(*value)) return equal ? 1 - presence(sample, slot) : 0;
  Arena scratch;
  const ValueView operand = view_of(*value, scratch);
  std::optional<ValueSet> set;
  if (operand.kind() == ValueKind::List) {
    if (!equal) return otherwise;
    set.emplace(operand.as_list());
  }
  const Predicate predicate{
      .test = set ? Test::AnyOf : condition.test, .operand = operand, .set = set ? &*set : nullptr};
  const double found =
      share(sample, slot, [&](const Column& column) { return select(column, predicate); });
  const bool whole = sample.chunks.size() == sample.table->chunks().size();
  return found == 0 && !whole && equal ? share_of_any(sample, slot) : found;
}

// `= undefined`, in so many words.
bool is_absence(const BoundQuery& query, const Condition& condition) {
  if (condition.test != Test::Equal || condition.constant == kNone) return false;
  const auto* const value = std::get_if<Value>(&query.constants[condition.constant]);
  return value != nullptr && is_null(*value);
}

double comparison(const Sample& sample, const Condition& condition) {
  double otherwise = 0.1;
  if (condition.test == Test::Present) otherwise = 0.5;
  if (condition.test >= Test::Less && condition.test <= Test::GreaterEqual) otherwise = 0.3;
  const bool metadata = sample.reads[condition.left] != kNoProperty &&
                        metadata::is_metadata(sample.reads[condition.left]);
  if (condition.right != kNone || metadata || sample.rows == 0) return otherwise;
  const std::optional<Slot> slot = sample.slot(condition.left);
  if (!slot) return is_absence(sample.query, condition) ? 1 : 0;
  if (condition.constant == kNone) return presence(sample, *slot);
  if (condition.test == Test::Matches) return otherwise;
  return compared(sample, condition, *slot, otherwise);
}

double selectivity(const Sample& sample, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::All: {
      double product = 1;
      const std::size_t sampled = std::min(condition.parts.size(), kPartsSampledMax);
      for (std::size_t i = 0; i < sampled; ++i) {
        product *= selectivity(sample, condition.parts[i]);
      }
      return product;
    }
    case Condition::Kind::Any: {
      double sum = 0;
      const std::size_t sampled = std::min(condition.parts.size(), kPartsSampledMax);
      for (std::size_t i = 0; i < sampled; ++i) {
        sum += selectivity(sample, condition.parts[i]);
      }
      const auto parts = static_cast<double>(condition.parts.size());
      return sampled == 0 ? 0 : std::min(1.0, sum * parts / static_cast<double>(sampled));
    }
    case Condition::Kind::Not:
      return 1 - selectivity(sample, condition.parts[0]);
    case Condition::Kind::Text:
      return 0.05;
    case Condition::Kind::Compare:
      break;
  }
  return comparison(sample, condition);
}

}  // namespace

double estimate_selectivity(const PlanNode& node,
                            const Condition& condition,
                            const PhysicalPlan& plan,
                            const Snapshot& snapshot) {
  Sample sample{plan.query(), plan.reads};
  for (const NodeTable& table : node.tables) {
    const EntityTable* other = snapshot.entity_table(table.type);
    if (sample.table == nullptr || other->live_rows() > sample.table->live_rows()) {
      sample.table = other;
    }
  }
  sample.take();
  return selectivity(sample, condition);
}

double estimate_rows(const PlanNode& node, const PhysicalPlan& plan, const Snapshot& snapshot) {
  if (node.access != Access::Scan) return static_cast<double>(node.sought.size());
  if (node.filter == nullptr) return node.rows;
  return node.rows * estimate_selectivity(node, *node.filter, plan, snapshot);
}

void estimate_joins(PhysicalPlan& plan) {
  // Rows of `to` that relationships from `from` reach, each once, and that pass its filter.
  const auto reached = [&](const PlanHop& hop, const PlanNode& from, const PlanNode& to) {
    const double share = to.rows > 0 ? to.estimate / to.rows : 0;
    const double arrivals = from.joined * hop.relationships / std::max(1.0, from.rows);
    return to.rows > 0 ? to.rows * -std::expm1(-arrivals / to.rows) * share : 0;
  };
  plan.nodes[plan.pivot].joined = plan.nodes[plan.pivot].estimate;
  for (std::uint32_t node = plan.pivot + 1; node <= plan.chain; ++node) {
    plan.nodes[node].joined = reached(plan.hops[node - 1], plan.nodes[node - 1], plan.nodes[node]);
  }
  for (std::uint32_t node = plan.pivot; node-- > 0;) {
    plan.nodes[node].joined = reached(plan.hops[node], plan.nodes[node + 1], plan.nodes[node]);
  }
  // Paths of the walk: from each, all relationships of the next hop.
  double paths = plan.reduces ? plan.nodes[0].joined : plan.nodes[0].estimate;
  const PlanNode* left = &plan.nodes[0];
  for (const Instruction& step : plan.program) {
    if (step.op != Instruction::Op::Expand) continue;
    PlanHop& hop = plan.hops[step.index];
    const PlanNode& right = plan.nodes[hop.node];
    const double share = right.rows > 0 ? right.estimate / right.rows : 0;
    paths *= hop.relationships / std::max(1.0, left->rows) * share;
    hop.paths = paths;
    left = &right;
  }
}

}  // namespace callisto::query
