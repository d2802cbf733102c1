// Values of operands, in the form columns are tested with.
#include "query/executor/constants.h"

#include <algorithm>
#include <utility>

#include "query/executor/metered.h"

namespace callisto::query {

namespace {

// Above this many values a look-up beats trying each.
constexpr std::size_t kValuesTriedMax = 8;

}  // namespace

void Constants::add(Value value) {
  values_.push_back(std::make_unique<Value>(std::move(value)));
  const ValueView view = view_of(*values_.back(), arena_);
  expression_values_.push_back(view);
  if (view.is_null()) {
    operands_.push_back({.null = true});
    return;
  }
  if (view.kind() == ValueKind::List) return add_operand(view.as_list());
  const std::span<ValueView> one = arena_.allocate_array<ValueView>(1);
  one[0] = view;
  operands_.push_back({.values = one});
}

void Constants::add_operand(std::span<const ValueView> values) {
  Operand operand{.values = values};
  if (values.size() > kValuesTriedMax) {
    sets_.push_back(std::make_unique<const ValueSet>(values));
    set_bytes_ += sets_.back()->bytes();
    operand.set = sets_.back().get();
  }
  operands_.push_back(operand);
}

void Constants::add(const StringMatcher* matcher) {
  expression_values_.emplace_back();
  operands_.push_back({.matcher = matcher});
}

void Constants::add_owned(std::shared_ptr<const StringMatcher> matcher) {
  add(matcher.get());
  matchers_.push_back(std::move(matcher));
}

void Constants::add_set(std::span<const ValueView> values) {
  expression_values_.emplace_back();
  const std::span<ValueView> stored = arena_.allocate_array<ValueView>(values.size());
  std::transform(values.begin(), values.end(), stored.begin(), [this](ValueView value) {
    return arena_.copy(value);
  });
  add_operand(stored);
}

bool passes(ValueView value, Test test, const Operand& operand, Guard& guard) {
  if (operand.null) return test == Test::Equal && value.is_null();
  if (operand.matcher != nullptr) {
    const MeteredMatcher metered(*operand.matcher, guard);
    if (callisto::passes(value, {.test = Test::Matches, .matcher = &metered})) return true;
  }
  if (operand.set != nullptr && test == Test::Equal) return operand.set->contains_any(value);
  const std::size_t weight = bytes_to_compare(value);
  for (const ValueView other : operand.values) {
    if (guard.work(weight)) return false;
    if (callisto::passes(value, {.test = test, .operand = other})) return true;
  }
  return false;
}

bool passes_any(ValueView left, Test test, ValueView right, Guard& guard) {
  if (right.is_null()) return false;
  if (right.kind() != ValueKind::List) {
    return callisto::passes(left, {.test = test, .operand = right});
  }
  const std::span<const ValueView> elements = right.as_list();
  const bool many = left.kind() == ValueKind::List && left.as_list().size() > kValuesTriedMax &&
                    elements.size() > kValuesTriedMax;
  if (many && test == Test::Equal) {
    if (guard.work(bytes_to_compare(left) + bytes_to_compare(right))) return false;
    return ValueSet(elements).contains_any(left);
  }
  const std::size_t weight = bytes_to_compare(left);
  for (const ValueView element : elements) {
    if (guard.work(weight)) return false;
    if (callisto::passes(left, {.test = test, .operand = element})) return true;
  }
  return false;
}

}  // namespace callisto::query
