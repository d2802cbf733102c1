// Operands of comparisons with their values: dates against the run's clock, variables from its
// options, subqueries run.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/columns/predicate.h"
#include "core/values/arena.h"
#include "query/binder/bound_query.h"
#include "query/executor/guard.h"
#include <callisto/query_result.h>
#include <callisto/value_view.h>

namespace callisto::query {

// A comparison holds when any of `values`, or the matcher, passes.
struct Operand {
  std::span<const ValueView> values{};
  const ValueSet* set = nullptr;  // The same values, when they are many, to look one up.
  const StringMatcher* matcher = nullptr;
  bool null = false;  // `undefined` at run time: equal to absence only.
};

class Constants {
 public:
  Constants() = default;
  Constants(Constants&&) noexcept = default;
  Constants& operator=(Constants&&) noexcept = default;
  Constants(const Constants&) = delete;
  Constants& operator=(const Constants&) = delete;

  [[nodiscard]] const Operand& operator[](ConstantId id) const { return operands_[id]; }

  // The value in an expression: a variable that holds a list is a list there.
  [[nodiscard]] ValueView value(ConstantId id) const { return expression_values_[id]; }

  void add(Value value);
  void add(const StringMatcher* matcher);  // Must outlive this.
  void add_owned(std::shared_ptr<const StringMatcher> matcher);

  // What a subquery has to say.
  void warn(std::span<const Warning> warnings) {
    warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  }

  [[nodiscard]] const std::vector<Warning>& warnings() const { return warnings_; }

  // The distinct values that a subquery returned, as an OR list.
  void add_set(std::span<const ValueView> values);

  [[nodiscard]] std::size_t bytes() const { return arena_.bytes() + set_bytes_; }

 private:
  void add_operand(std::span<const ValueView> values);

  // std::vector moves keep the heap in place, so spans into the arena stay valid.
  std::vector<Operand> operands_;
  std::vector<ValueView> expression_values_;
  Arena arena_;
  std::vector<std::unique_ptr<Value>> values_;
  std::vector<std::shared_ptr<const StringMatcher>> matchers_;
  std::vector<Warning> warnings_;
  std::vector<std::unique_ptr<const ValueSet>> sets_;
  std::size_t set_bytes_ = 0;
};

// Of a stopped run the answer means nothing.
[[nodiscard]] bool passes(ValueView value, Test test, const Operand& operand, Guard& guard);

// Value sets intersect (j1ql 4.4); absence passes nothing (j1ql 6).
[[nodiscard]] bool passes_any(ValueView left, Test test, ValueView right, Guard& guard);

}  // namespace callisto::query
