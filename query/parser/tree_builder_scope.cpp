// What is in scope where a text ends.
#include "query/parser/tree_builder.h"

namespace callisto::query {
namespace {

void add_steps(const std::vector<ast::Step>& steps, std::size_t first, TreeBuilder::Scope& scope) {
  for (std::size_t i = first; i < steps.size(); ++i) {
    if (const auto* hop = std::get_if<ast::Hop>(&steps[i].node)) {
      scope.hops.push_back(hop);
      scope.nodes.push_back(&hop->node);
    } else {
      add_steps(std::get<ast::OptionalGroup>(steps[i].node).steps, 0, scope);
    }
  }
}

}  // namespace

TreeBuilder::Scope TreeBuilder::scope() const {
  Scope scope;
  if (queries_.empty()) return scope;
  const OpenQuery& open = queries_.back();
  scope.query = &open.query;
  scope.nodes.push_back(&open.query.start);
  add_steps(open.query.steps, 0, scope);
  add_steps(steps_, open.steps_before, scope);
  if (!nodes_.empty()) scope.open_node = &nodes_.back();
  if (!properties_.empty()) scope.property = &properties_.back();
  return scope;
}

}  // namespace callisto::query
