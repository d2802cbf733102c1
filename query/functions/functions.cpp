// Scalar functions and arithmetic of RETURN.
#include "query/functions/functions.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "query/parser/spelling.h"

namespace callisto::query {

namespace {

constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

constexpr std::array kFunctions{
    FunctionInfo{"ABS", ScalarFunction::Abs, 1, 1},
    FunctionInfo{"SQRT", ScalarFunction::Sqrt, 1, 1},
    FunctionInfo{"CEIL", ScalarFunction::Ceil, 1, 1},
    FunctionInfo{"FLOOR", ScalarFunction::Floor, 1, 1},
    FunctionInfo{"ROUND", ScalarFunction::Round, 1, 1},
    FunctionInfo{"COALESCE", ScalarFunction::Coalesce, 1, kAnyNumber},
    FunctionInfo{"CONCAT", ScalarFunction::Concat, 1, kAnyNumber},
    FunctionInfo{"MERGE", ScalarFunction::Merge, 1, kAnyNumber},
};

// Minus zero becomes zero: nobody wants to read "-0".
ValueView finite(double number) {
  return std::isfinite(number) ? ValueView::number(number + 0.0) : ValueView{};
}

// Strings as they are, other scalars as JSON, lists comma-joined. False when it gets too long.
bool append_text(std::string& out, ValueView value) {
  switch (value.kind()) {
    case ValueKind::Null:
      return true;
    case ValueKind::String:
      if (value.as_string().size() > kMadeValueBytesMax - out.size()) return false;
      out += value.as_string();
      return true;
    case ValueKind::List: {
      bool first = true;
      for (const ValueView element : value.as_list()) {
        if (!first) out += ',';
        first = false;
        if (out.size() > kMadeValueBytesMax || !append_text(out, element)) return false;
      }
      return true;
    }
    case ValueKind::Bool:
    case ValueKind::Number:
      append_json(out, value);
      break;
  }
  return out.size() <= kMadeValueBytesMax;
}

std::optional<ValueView> concat(std::span<const ValueView> arguments, Arena& arena) {
  std::string text;
  for (const ValueView argument : arguments) {
    if (!append_text(text, argument)) return std::nullopt;
  }
  return ValueView::string(arena.copy(text));
}

std::optional<ValueView> merge(std::span<const ValueView> arguments, Arena& arena) {
  std::size_t count = 0;
  for (const ValueView argument : arguments) {
    count += argument.kind() == ValueKind::List ? argument.as_list().size() : 1;
    if (count > kMadeValueBytesMax / sizeof(ValueView)) return std::nullopt;
  }
  std::vector<ValueView> elements;
  for (const ValueView argument : arguments) {
    if (argument.is_null()) continue;
    if (argument.kind() == ValueKind::List) {
      elements.insert(elements.end(), argument.as_list().begin(), argument.as_list().end());
    } else {
      elements.push_back(argument);
    }
  }
  const std::span<ValueView> stored = arena.allocate_array<ValueView>(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    stored[i] = elements[i];
  }
  return ValueView::list(stored);
}

ValueView of_number(ScalarFunction function, ValueView argument) {
  if (argument.kind() != ValueKind::Number) return {};
  const double number = argument.as_number();
  switch (function) {
    case ScalarFunction::Abs:
      return finite(std::fabs(number));
    case ScalarFunction::Sqrt:
      return number < 0 ? ValueView{} : finite(std::sqrt(number));
    case ScalarFunction::Ceil:
      return finite(std::ceil(number));
    case ScalarFunction::Floor:
      return finite(std::floor(number));
    case ScalarFunction::Round:
      return finite(std::round(number));
    case ScalarFunction::Coalesce:
    case ScalarFunction::Concat:
    case ScalarFunction::Merge:
      break;
  }
  return {};
}

}  // namespace

std::span<const FunctionInfo> scalar_functions() {
  return kFunctions;
}

const FunctionInfo* find_function(std::string_view name) {
  for (const FunctionInfo& function : kFunctions) {
    if (same_ignoring_case(function.name, name)) return &function;
  }
  return nullptr;
}

std::optional<ValueView> apply(ScalarFunction function,
                               std::span<const ValueView> arguments,
                               Arena& arena) {
  if (function == ScalarFunction::Coalesce) {
    for (const ValueView argument : arguments) {
      if (!argument.is_null()) return argument;
    }
    return ValueView();
  }
  if (function == ScalarFunction::Concat) return concat(arguments, arena);
  if (function == ScalarFunction::Merge) return merge(arguments, arena);
  return of_number(function, arguments[0]);
}

ValueView apply(ast::ArithmeticOp op, ValueView left, ValueView right) {
  if (left.kind() != ValueKind::Number || right.kind() != ValueKind::Number) return {};
  const double a = left.as_number();
  const double b = right.as_number();
  switch (op) {
    case ast::ArithmeticOp::Add:
      return finite(a + b);
    case ast::ArithmeticOp::Subtract:
      return finite(a - b);
    case ast::ArithmeticOp::Multiply:
      return finite(a * b);
    case ast::ArithmeticOp::Divide:
      return finite(a / b);  // Not finite, so undefined, when b is zero.
    case ast::ArithmeticOp::Power:
      return finite(std::pow(a, b));
  }
  return {};
}

}  // namespace callisto::query
