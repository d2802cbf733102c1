// Guesses of selectivity from the columns of a chunk: cheap, and good enough to pick the end to
// start from.
#include <algorithm>
#include <cmath>

#include "query/optimizer/optimizer.h"

namespace callisto::query {

namespace {

struct Sample {
  const BoundQuery& query;
  const std::vector<PropertyId>& reads;
  const PropertyTable* table = nullptr;  // The node's largest.

  [[nodiscard]] const Column* column(ReadId read) const {
    if (table == nullptr || table->chunks().empty() || reads[read] == kNoProperty) return nullptr;
    const auto slot = table->slot(reads[read]);
    return slot ? table->chunks().front()->column(*slot) : nullptr;
  }
};

double equality(const Sample& sample, const Condition& condition) {
  const Column* column = sample.column(condition.left);
  if (column == nullptr || condition.right != kNone) return 0.1;
  const double rows = std::max(1U, column->rows());
  if (column->kind() != Column::Kind::Coded) return 1.0 / rows;
  const double distinct = std::max<double>(1, static_cast<double>(column->coded_values().size()));
  return 1.0 / distinct;
}

double selectivity(const Sample& sample, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::All: {
      double product = 1;
      for (const Condition& part : condition.parts) {
        product *= selectivity(sample, part);
      }
      return product;
    }
    case Condition::Kind::Any: {
      double sum = 0;
      for (const Condition& part : condition.parts) {
        sum += selectivity(sample, part);
      }
      return std::min(1.0, sum);
    }
    case Condition::Kind::Not:
      return 1 - selectivity(sample, condition.parts[0]);
    case Condition::Kind::Text:
      return 0.05;
    case Condition::Kind::Compare:
      break;
  }
  switch (condition.test) {
    case Test::Present:
      return 0.5;
    case Test::Equal:
      return equality(sample, condition);
    case Test::Less:
    case Test::LessEqual:
    case Test::Greater:
    case Test::GreaterEqual:
      return 0.3;
    case Test::Contains:
    case Test::StartsWith:
    case Test::EndsWith:
    case Test::Matches:
      break;
  }
  return 0.1;
}

}  // namespace

double estimate_rows(const PlanNode& node,
                     const BoundQuery& query,
                     const std::vector<PropertyId>& reads,
                     const Snapshot& snapshot) {
  if (node.access != Access::Scan) return static_cast<double>(node.sought.size());
  if (node.filter == nullptr) return node.rows;
  Sample sample{query, reads};
  for (const NodeTable& table : node.tables) {
    const EntityTable* other = snapshot.entity_table(table.type);
    if (sample.table == nullptr || other->live_rows() > sample.table->live_rows()) {
      sample.table = other;
    }
  }
  return node.rows * selectivity(sample, *node.filter);
}

}  // namespace callisto::query
