#include "query/binder/bound_query.h"

#include <algorithm>

namespace callisto::query {

namespace {

bool same_constant(const Constant& a, const Constant& b) {
  if (const auto* value = std::get_if<Value>(&a)) {
    const auto* other = std::get_if<Value>(&b);
    return other != nullptr && *value == *other;
  }
  const auto* parameter = std::get_if<ast::Parameter>(&a);
  const auto* other = std::get_if<ast::Parameter>(&b);
  return parameter != nullptr && other != nullptr && *parameter == *other;
}

}  // namespace

bool BoundQuery::unwinds() const {
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.unwinds; });
}

bool BoundQuery::same(const Expression& a, const Expression& b) const {
  if (a.kind != b.kind || a.function != b.function || a.op != b.op) return false;
  if (a.kind == Expression::Kind::Literal) {
    return same_constant(constants[a.index], constants[b.index]);
  }
  return a.index == b.index && std::equal(a.arguments.begin(),
                                          a.arguments.end(),
                                          b.arguments.begin(),
                                          b.arguments.end(),
                                          [this](const Expression& one, const Expression& other) {
                                            return same(one, other);
                                          });
}

std::optional<VariableId> only_variable(const Expression& expression, const BoundQuery& query) {
  VariableId only = kNoVariable;
  bool single = true;
  for_each_variable(expression, query, [&](VariableId variable) {
    if (only == kNoVariable) only = variable;
    single = single && only == variable;
  });
  if (!single) return std::nullopt;
  return only;
}

}  // namespace callisto::query
