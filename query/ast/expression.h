// What RETURN, HAVING and ORDER BY compute. Source: j1ql 2, 7.3 to 7.7, 8.2.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "query/ast/filter.h"
#include "query/ast/source.h"

namespace callisto::query::ast {

// `u`: the whole entity or relationship; where nothing has that name, a property of the first
// entity (j1ql 7.3a) or, in HAVING and ORDER BY, a column.
struct SelectorRef {
  Name selector{};

  bool operator==(const SelectorRef&) const = default;
};

// `u.*`: all its properties as columns.
struct AllProperties {
  Name selector{};

  bool operator==(const AllProperties&) const = default;
};

// The `*` of COUNT(*): the rows themselves. Only as the one argument of a call.
struct AllPaths {
  bool operator==(const AllPaths&) const = default;
};

enum class ArithmeticOp : std::uint8_t { Add, Subtract, Multiply, Divide, Power };

struct Expression;

// `count(u)`. The name as written; functions are known case-insensitively to the binder.
struct Call {
  Name function{};
  std::vector<Expression> arguments;

  bool operator==(const Call&) const;
};

// `-x`.
struct Negation {
  Box<Expression> operand;

  bool operator==(const Negation&) const;
};

// + - * / group to the left, ^ to the right; ^ binds tighter than the sign before it.
struct Arithmetic {
  ArithmeticOp op = ArithmeticOp::Add;
  Box<Expression> left;
  Box<Expression> right;

  bool operator==(const Arithmetic&) const;
};

// The selector of a PropertyRef may be the beginning of a dotted name (`tag.Env`): the binder
// knows. AllProperties stands only as a whole RETURN item.
struct Expression {
  using Node = std::variant<Literal,
                            Parameter,
                            SelectorRef,
                            PropertyRef,
                            AllProperties,
                            AllPaths,
                            Call,
                            Negation,
                            Arithmetic>;

  Node node{};
  Span span{};

  bool operator==(const Expression&) const;
};

}  // namespace callisto::query::ast
