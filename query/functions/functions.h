// Scalar functions of RETURN. Source: j1ql 7.5, 7.6.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/values/arena.h"
#include "query/ast/ast.h"
#include <callisto/value_view.h>

namespace callisto::query {

enum class ScalarFunction : std::uint8_t { Abs, Sqrt, Ceil, Floor, Round, Coalesce, Concat, Merge };

struct FunctionInfo {
  std::string_view name;
  ScalarFunction function{};
  std::size_t arguments_min = 0;
  std::size_t arguments_max = 0;
};

// Looks a function up without regard to case; nullptr: no such scalar function.
[[nodiscard]] const FunctionInfo* find_function(std::string_view name);
// All scalar functions, for hints.
[[nodiscard]] std::span<const FunctionInfo> scalar_functions();

// A text or list that a function makes has at most so many bytes (j1ql 7.5); a list has 16 for each
// element.
inline constexpr std::size_t kMadeValueBytesMax = std::size_t{16} << 20;

// Null for arguments outside the function's domain; nullopt when the value would be larger than
// kMadeValueBytesMax. What is made lives in `arena`.
[[nodiscard]] std::optional<ValueView> apply(ScalarFunction function,
                                             std::span<const ValueView> arguments,
                                             Arena& arena);

// Null unless both operands are numbers and the result is finite (division by zero).
[[nodiscard]] ValueView apply(ast::ArithmeticOp op, ValueView left, ValueView right);

}  // namespace callisto::query
