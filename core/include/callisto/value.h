// A property value: the JSON scalars and homogeneous lists of them.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace callisto {

// Absence. J1QL has one such value: `null` and `undefined` are the same (j1ql 4.3).
struct Null {
  Null() = default;

  // Not trivial, so that a variant with it may be valueless: libstdc++ 12 takes one of trivial
  // types, texts and vectors for never valueless, and its copy constructor destroys what it has not
  // made when there is no memory for a text.
  constexpr Null(const Null& /*other*/) noexcept {}

  constexpr Null& operator=(const Null& /*other*/) noexcept { return *this; }

  ~Null() = default;

  friend bool operator==(const Null& /*a*/, const Null& /*b*/) { return true; }
};

// Numbers are IEEE doubles: integers are exact to 2^53. Times are epoch milliseconds.
using Scalar = std::variant<Null, bool, double, std::string>;
using List = std::vector<Scalar>;
using Value = std::variant<Null, bool, double, std::string, List>;

[[nodiscard]] inline bool is_null(const Value& value) {
  return std::holds_alternative<Null>(value);
}

// Renders as compact JSON; a number that is a whole number below 2^53 has no decimal point, one
// that is not finite is written as null. Complexity: linear in the value.
[[nodiscard]] std::string to_json(const Value& value);

}  // namespace callisto
