#include "tests/unit/query_operators/operator_run.h"

#include <stdexcept>

#include "query/binder/binder.h"
#include "query/optimizer/optimizer.h"
#include "query/parser/parser.h"
#include "query/planner/planner.h"
#include "tests/queries/graph_loader.h"

namespace callisto::test {

namespace {

std::shared_ptr<const query::Executable> executable_of(const std::string& text,
                                                       const SnapshotPtr& snapshot) {
  const auto tree = query::parse(text);
  if (!tree) throw std::runtime_error(tree.error().message);
  auto bound = query::bind(
      *tree, std::make_shared<const Definitions>(default_definitions()), &snapshot->names());
  if (!bound) throw std::runtime_error(bound.error().message);
  const auto query = std::make_shared<const query::BoundQuery>(std::move(*bound));
  const auto logical = std::make_shared<const query::LogicalPlan>(query::plan(query, true));
  return query::make_executable(query::optimize(logical, *snapshot, QueryOptions{}), snapshot);
}

}  // namespace

OperatorRun::OperatorRun(const std::string& text, SnapshotPtr snapshot)
    : guard_(std::make_shared<query::Guard>(QueryOptions{})),
      executable_(executable_of(text, snapshot)),
      run{.snapshot = std::move(snapshot),
          .plan = executable_->plan,
          .constants = &executable_->constants.value(),
          .guard = *guard_} {}

std::vector<const query::Expression*> OperatorRun::items() const {
  std::vector<const query::Expression*> expressions;
  for (const query::Item& item : run.query().items) {
    expressions.push_back(&item.expression);
  }
  return expressions;
}

std::string OperatorRun::stored(const query::Expression& read, query::PackedRef row) const {
  Arena scratch;
  return to_json(run.value(false, row, run.plan->reads[read.index], scratch));
}

std::string OperatorRun::key(query::PackedRef row) const {
  Arena scratch;
  return std::string(run.value(false, row, metadata::kKey, scratch).as_string());
}

SnapshotPtr nodes(std::size_t count, const std::function<std::string(std::size_t)>& properties) {
  std::string entities;
  for (std::size_t i = 0; i < count; ++i) {
    entities += (entities.empty() ? "" : ",") + std::string(R"({"_key":"n)") + std::to_string(i) +
                R"(","_type":"node","_class":["Node"])" + properties(i) + '}';
  }
  return load_graph_text(R"({"entities":[)" + entities + R"(],"relationships":[]})");
}

}  // namespace callisto::test
