#include "core/columns/predicate.h"

namespace callisto {

namespace {

template <class T>
bool compare(Test test, const T& value, const T& operand) {
  switch (test) {
    case Test::Less:
      return value < operand;
    case Test::LessEqual:
      return value <= operand;
    case Test::Greater:
      return value > operand;
    default:
      return value >= operand;
  }
}

bool passes_order(ValueView value, const Predicate& predicate) {
  const ValueView operand = predicate.operand;
  if (value.kind() != operand.kind()) return false;
  if (value.kind() == ValueKind::Number) {
    return compare(predicate.test, value.as_number(), operand.as_number());
  }
  if (value.kind() == ValueKind::String) {
    return compare(predicate.test, value.as_string(), operand.as_string());
  }
  return false;
}

bool passes_text(std::string_view text, const Predicate& predicate) {
  if (predicate.test == Test::Matches) {
    return predicate.matcher != nullptr && predicate.matcher->matches(text);
  }
  if (predicate.operand.kind() != ValueKind::String) return false;
  const std::string_view operand = predicate.operand.as_string();
  switch (predicate.test) {
    case Test::StartsWith:
      return text.starts_with(operand);
    case Test::EndsWith:
      return text.ends_with(operand);
    default:
      return text.find(operand) != std::string_view::npos;
  }
}

// `value` is not a list.
bool passes_scalar(ValueView value, const Predicate& predicate) {
  if (value.is_null()) return false;
  switch (predicate.test) {
    case Test::Present:
      return true;
    case Test::Equal:
      return value == predicate.operand;
    case Test::AnyOf:
      return predicate.set->contains(value);
    case Test::Less:
    case Test::LessEqual:
    case Test::Greater:
    case Test::GreaterEqual:
      return passes_order(value, predicate);
    case Test::Contains:
    case Test::StartsWith:
    case Test::EndsWith:
    case Test::Matches:
      break;
  }
  return value.kind() == ValueKind::String && passes_text(value.as_string(), predicate);
}

}  // namespace

bool passes(ValueView value, const Predicate& predicate) {
  if (value.kind() != ValueKind::List) return passes_scalar(value, predicate);
  if (predicate.test == Test::Present) return true;
  if (predicate.test == Test::AnyOf) return predicate.set->contains_any(value);
  if (predicate.operand.kind() == ValueKind::List && predicate.test != Test::Matches) {
    return predicate.test == Test::Equal && value == predicate.operand;
  }
  for (const ValueView element : value.as_list()) {
    if (element.kind() != ValueKind::List && passes_scalar(element, predicate)) return true;
  }
  return false;
}

}  // namespace callisto
