// Values of operands, in the form columns are tested with.
#include "query/executor/constants.h"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace callisto::query {

namespace {

// Above this many values a look-up beats trying each.
constexpr std::size_t kValuesTriedMax = 8;

class SetMatcher final : public StringMatcher {
 public:
  explicit SetMatcher(std::span<const ValueView> values) {
    for (const ValueView value : values) {
      texts_.emplace(value.as_string());
    }
  }

  [[nodiscard]] bool matches(std::string_view text) const override {
    return texts_.contains(std::string(text));
  }

 private:
  std::unordered_set<std::string> texts_;
};

}  // namespace

void Constants::add(const Value& value) {
  values_.push_back(std::make_unique<Value>(value));
  const ValueView view = view_of(*values_.back(), arena_);
  expression_values_.push_back(view);
  if (view.is_null()) {
    operands_.push_back({.null = true});
    return;
  }
  if (view.kind() == ValueKind::List) {
    operands_.push_back({.values = view.as_list()});
    return;
  }
  const std::span<ValueView> one = arena_.allocate_array<ValueView>(1);
  one[0] = view;
  operands_.push_back({.values = one});
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
  std::vector<ValueView> texts;
  std::vector<ValueView> others;
  for (const ValueView value : values) {
    (value.kind() == ValueKind::String ? texts : others).push_back(arena_.copy(value));
  }
  const auto stored = [this](const std::vector<ValueView>& from) {
    const std::span<ValueView> to = arena_.allocate_array<ValueView>(from.size());
    std::copy(from.begin(), from.end(), to.begin());
    return std::span<const ValueView>(to);
  };
  Operand operand;
  if (texts.size() > kValuesTriedMax) {
    matchers_.push_back(std::make_shared<SetMatcher>(texts));
    operand.matcher = matchers_.back().get();
    operand.texts = stored(texts);
  } else {
    others.insert(others.end(), texts.begin(), texts.end());
  }
  operand.values = stored(others);
  operands_.push_back(operand);
}

bool passes(ValueView value, Test test, const Operand& operand) {
  if (operand.null) return test == Test::Equal && value.is_null();
  if (operand.matcher != nullptr &&
      callisto::passes(value, {.test = Test::Matches, .matcher = operand.matcher})) {
    return true;
  }
  for (const ValueView other : operand.values) {
    if (callisto::passes(value, {.test = test, .operand = other})) return true;
  }
  return false;
}

}  // namespace callisto::query
