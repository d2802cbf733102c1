// Walks through expressions.
#pragma once

#include <algorithm>

#include "query/ast/expression.h"

namespace callisto::query::ast {

// Whether a predicate holds for an expression or for anything inside of it.
template <class Predicate>
bool any_part(const Expression& expression, const Predicate& predicate) {
  if (predicate(expression)) return true;
  const auto inside = [&](const Expression& part) { return any_part(part, predicate); };
  if (const auto* call = std::get_if<Call>(&expression.node)) {
    return std::any_of(call->arguments.begin(), call->arguments.end(), inside);
  }
  if (const auto* negation = std::get_if<Negation>(&expression.node)) {
    return inside(*negation->operand);
  }
  if (const auto* arithmetic = std::get_if<Arithmetic>(&expression.node)) {
    return inside(*arithmetic->left) || inside(*arithmetic->right);
  }
  return false;
}

// Whether rows can differ in it: something in it is named or called.
[[nodiscard]] inline bool depends_on_rows(const Expression& expression) {
  return any_part(expression, [](const Expression& part) {
    return std::holds_alternative<SelectorRef>(part.node) ||
           std::holds_alternative<PropertyRef>(part.node) ||
           std::holds_alternative<Call>(part.node);
  });
}

}  // namespace callisto::query::ast
