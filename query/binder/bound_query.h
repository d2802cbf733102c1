// A query after binding: selectors are variables, functions are known, every condition is in its
// positive form. It names classes, types, verbs and properties by text and does not depend on a
// graph version or on the store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/ast/ast.h"
#include "query/binder/condition.h"
#include "query/functions/functions.h"
#include <callisto/definitions.h>
#include <callisto/query_result.h>

namespace callisto::query {

using DefinitionsPtr = std::shared_ptr<const Definitions>;

struct Variable {
  bool relationship = false;
  bool negated = false;    // In a negated part: never bound (j1ql 5.15).
  bool optional = false;   // In an optional traversal: may be unbound.
  std::string label{};     // Alias, or the words of the target, for messages and plans.
  std::string selector{};  // Alias, or the word that names it by default; empty: none.
};

// Classes and types of a target; `any` for `*`.
struct TargetWord {
  bool is_class = false;
  std::string text;
  SourceSpan span{};
};

struct BoundTarget {
  bool any = false;
  std::vector<TargetWord> words{};
};

struct BoundNode {
  VariableId variable = kNoVariable;
  BoundTarget target{};
  Condition filter{};  // All of nothing: no filter.
  std::string label{};
};

struct BoundHop {
  std::vector<std::string> verbs{};  // Empty: any. Upper case.
  std::vector<SourceSpan> verb_spans{};
  ast::Direction direction = ast::Direction::Either;
  VariableId relationship = kNoVariable;
  Condition filter{};  // On the relationship, from WHERE.
  BoundNode node{};
  std::string label{};  // "HAS >>", "RELATES TO".
};

struct BoundStep;

struct BoundOptional {
  std::vector<BoundStep> steps;
  VariableId alias = kNoVariable;
  bool every_path = false;  // Skipped as well where it could be taken (THAT SOMEHOW, j1ql 5.12).
};

// No path through the steps exists (j1ql 5.15); always the last step of its chain.
struct BoundNegation {
  std::vector<BoundStep> steps;
};

struct BoundStep {
  std::variant<BoundHop, BoundOptional, BoundNegation> node;
};

// What RETURN computes.
struct Expression {
  enum class Kind : std::uint8_t { Literal, Read, Object, Call, Arithmetic, Negate, Aggregate };

  Kind kind = Kind::Literal;
  std::uint32_t index =
      kNone;  // Literal (a constant), Read, Object (a variable) or Aggregate: which.
  ScalarFunction function{};  // Call.
  ast::ArithmeticOp op{};     // Arithmetic.
  std::vector<Expression> arguments{};
};

enum class AggregateFunction : std::uint8_t { Count, Sum, Avg, Min, Max };

struct Aggregate {
  AggregateFunction function{};
  VariableId variable = kNoVariable;
  ReadId read = kNone;  // kNone: COUNT of the variable itself.
};

struct Item {
  Expression expression{};
  std::string column{};
  bool aggregates = false;      // Contains an aggregate.
  bool unwinds = false;         // The expression is UNWIND(argument): a row per element.
  bool all_properties = false;  // `a.*`: expression is the object.
  bool hidden = false;          // A property to sort held rows by, no column of the answer.
  std::string selector{};       // As written, for the columns of `a.*`.
};

struct SortKey {
  std::uint32_t column = kNone;  // A RETURN column (an item), or
  ReadId read = kNone;           // a property.
  bool descending = false;
};

struct BoundQuery {
  std::vector<Variable> variables{};
  BoundNode start{};
  std::vector<BoundStep> steps{};
  std::optional<Condition> where{};
  ResultType shape = ResultType::List;
  bool unique = false;
  std::vector<Item> items{};
  std::vector<Aggregate> aggregates{};
  std::optional<Condition> having{};  // Reads RETURN columns.
  std::vector<SortKey> order_by{};
  std::uint64_t skip = 0;
  std::optional<std::uint64_t> limit{};

  std::vector<Read> reads{};
  std::vector<Constant> constants{};
  std::vector<SourceSpan> constant_spans{};
  std::vector<ConstantId> dates{};  // Constants that were written date(…).
  std::vector<Warning> warnings{};
  DefinitionsPtr definitions{};              // Never null.
  std::vector<std::string> smart_classes{};  // That this query helps to define.
  std::vector<ast::Name> tag_classes{};      // Smart classes nobody defined: tags alone.

  [[nodiscard]] bool has_aggregates() const { return !aggregates.empty(); }

  [[nodiscard]] bool unwinds() const;
};

}  // namespace callisto::query
