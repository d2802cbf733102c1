// == of the recursive nodes. Written out: clang 14 does not survive defaulting it for types that
// contain themselves through vector and variant.
#include "query/ast/ast.h"

namespace callisto::query::ast {

bool Target::operator==(const Target& other) const {
  return kind == other.kind && text == other.text && smart_classes == other.smart_classes &&
         alternatives == other.alternatives;
}

bool Step::operator==(const Step& other) const {
  return node == other.node;
}

bool OptionalGroup::operator==(const OptionalGroup& other) const {
  return alias == other.alias && steps == other.steps;
}

bool OperandList::operator==(const OperandList& other) const {
  return items == other.items && connective == other.connective;
}

bool Subquery::operator==(const Subquery& other) const {
  return query == other.query;
}

bool Computed::operator==(const Computed& other) const {
  return expression == other.expression;
}

bool Operand::operator==(const Operand& other) const {
  return node == other.node;
}

bool Comparison::operator==(const Comparison& other) const {
  return op == other.op && reversed == other.reversed && left == other.left && right == other.right;
}

bool Junction::operator==(const Junction& other) const {
  return connective == other.connective && parts == other.parts;
}

bool Filter::operator==(const Filter& other) const {
  return node == other.node;
}

bool Call::operator==(const Call& other) const {
  return function == other.function && arguments == other.arguments;
}

bool Negation::operator==(const Negation& other) const {
  return operand == other.operand;
}

bool Arithmetic::operator==(const Arithmetic& other) const {
  return op == other.op && left == other.left && right == other.right;
}

bool Expression::operator==(const Expression& other) const {
  return node == other.node;
}

}  // namespace callisto::query::ast
