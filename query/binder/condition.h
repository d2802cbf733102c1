// Conditions after binding: operators in positive form under Not, lists spelt out, operands as
// constants. WITH, WHERE and HAVING share it. Source: j1ql 4.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/columns/predicate.h"
#include "query/ast/ast.h"
#include <callisto/error.h>
#include <callisto/value.h>

namespace callisto::query {

// A place of a path that holds an entity or a relationship.
using VariableId = std::uint32_t;
inline constexpr VariableId kNoVariable = 0xFFFFFFFFU;

// One property of one variable, or (variable == kNoVariable) a RETURN column in HAVING.
struct Read {
  VariableId variable = kNoVariable;
  std::string property{};
  std::uint32_t column = 0;
  SourceSpan span{};
  bool implied = false;  // By a definition, not by the text of the query: no warnings about it.
  bool bare = false;     // Written without selector outside of WITH (j1ql 7.3a).
};

using ReadId = std::uint32_t;
using ConstantId = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

struct BoundQuery;

// The block of a cidr test, or a list of blocks.
struct CidrParameter {
  ast::Parameter parameter;
};

// What a property is compared with. Dates, variables and subqueries get their value when a run
// starts.
using Constant = std::variant<Value,
                              ast::DateNow,
                              ast::Parameter,
                              CidrParameter,
                              std::shared_ptr<const StringMatcher>,
                              std::shared_ptr<const BoundQuery>>;

struct Condition {
  enum class Kind : std::uint8_t {
    All,      // Every part; true when there is none.
    Any,      // At least one part.
    Not,      // parts[0] does not hold.
    Compare,  // `left test constant` or `left test right`.
    Text,     // Any property passes the matcher `constant` (full-text search).
  };

  Kind kind = Kind::All;
  std::vector<Condition> parts{};
  ReadId left = kNone;
  Test test = Test::Present;
  ConstantId constant = kNone;  // kNone with right == kNone: Present.
  ReadId right = kNone;
  VariableId subject = kNoVariable;  // Text only.
};

[[nodiscard]] inline Condition negation(Condition inner) {
  Condition result{.kind = Condition::Kind::Not};
  result.parts.push_back(std::move(inner));
  return result;
}

// Joins two conditions with AND; flattens.
void add_conjunct(Condition& all, Condition part);

// Calls visit(ReadId) for each property that a condition reads.
template <class Visit>
void for_each_read(const Condition& condition, Visit&& visit) {
  if (condition.left != kNone) visit(condition.left);
  if (condition.right != kNone) visit(condition.right);
  for (const Condition& part : condition.parts) {
    for_each_read(part, visit);
  }
}

}  // namespace callisto::query
