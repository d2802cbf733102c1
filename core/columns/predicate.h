// Positive tests of values, a row at a time or a column at a time. A list passes when any element
// does (j1ql 4.4); absence never passes (j1ql 4.3). Negated operators are the complement, taken by
// the caller.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/columns/column.h"
#include "core/columns/row_mask.h"
#include "core/columns/value_set.h"
#include <callisto/value_view.h>

namespace callisto {

// A test on strings from outside core: a regular expression, a CIDR block. Must be thread-safe and
// never throw.
class StringMatcher {
 public:
  virtual ~StringMatcher() = default;
  [[nodiscard]] virtual bool matches(std::string_view text) const = 0;

  // Texts that every match contains; may be none. They narrow down a search over many texts.
  [[nodiscard]] virtual std::span<const std::string> required() const { return {}; }
};

enum class Test : std::uint8_t {
  Present,  // Any value.
  Equal,    // Strict: no coercion between kinds.
  AnyOf,    // Equal to a value of the set.
  Less,     // Less .. GreaterEqual: numbers with numbers only (strings with strings bytewise).
  LessEqual,
  Greater,
  GreaterEqual,
  Contains,  // Contains .. Matches: strings only.
  StartsWith,
  EndsWith,
  Matches,
};

struct Predicate {
  Test test = Test::Present;
  ValueView operand{};                     // Unused by Present, AnyOf and Matches.
  const StringMatcher* matcher = nullptr;  // Matches only.
  const ValueSet* set = nullptr;           // AnyOf only.
};

[[nodiscard]] bool passes(ValueView value, const Predicate& predicate);

// The rows of `column` that pass. A list operand never equals a scalar or an element; Equal with a
// list operand compares whole lists. Complexity: one test per distinct value plus a pass over the
// codes for Coded; vector compares for Integer; a pass over the heap for Text.
[[nodiscard]] RowMask select(const Column& column, const Predicate& predicate);

}  // namespace callisto
