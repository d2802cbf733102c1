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

// What RETURN, HAVING and ORDER BY compute.
struct Expression {
  enum class Kind : std::uint8_t {
    Literal,
    Read,
    Object,
    Call,
    Arithmetic,
    Negate,
    Aggregate,
    Column,    // The value of an item, once the row has it.
    AllPaths,  // `*`: only as the argument of COUNT.
  };

  Kind kind = Kind::Literal;
  // Literal (a constant), Read, Object (a variable), Aggregate or Column (an item): which.
  std::uint32_t index = kNone;
  ScalarFunction function{};  // Call.
  ast::ArithmeticOp op{};     // Arithmetic.
  std::vector<Expression> arguments{};
};

enum class AggregateFunction : std::uint8_t { Count, Sum, Avg, Min, Max };

// COUNT of objects (the argument is an Object), of paths (AllPaths), or a function of the values
// that the argument has.
struct Aggregate {
  AggregateFunction function{};
  Expression argument{};
  // What the argument reads, each once: SUM and AVG take it once for each tuple of these.
  std::vector<VariableId> variables{};

  // COUNT(u): the variable; else kNoVariable.
  [[nodiscard]] VariableId counted() const {
    return argument.kind == Expression::Kind::Object ? argument.index : kNoVariable;
  }

  [[nodiscard]] bool counts_paths() const { return argument.kind == Expression::Kind::AllPaths; }
};

struct Item {
  // When it can be computed.
  enum class Stage : std::uint8_t {
    Path,   // Of the path alone.
    Row,    // Of a row of the path, for UNWIND makes several: it reads columns.
    Group,  // Once rows are groups or distinct: it reads aggregates or columns.
  };

  Expression expression{};
  std::string column{};
  Stage stage = Stage::Path;
  bool unwinds = false;         // The expression is UNWIND(argument): a row per element.
  bool all_properties = false;  // `a.*`: expression is the object.
  bool hidden = false;          // What HAVING or ORDER BY asks for, no column of the answer.
  std::string selector{};       // As written, for the columns of `a.*`.

  // Of a query whose rows are groups or distinct: a part of what tells them apart.
  [[nodiscard]] bool is_key() const { return stage != Stage::Group; }
};

struct SortKey {
  std::uint32_t column = kNone;  // An item; hidden where no column of the answer is meant.
  bool descending = false;
};

struct BoundQuery {
  std::vector<Variable> variables{};
  BoundNode start{};
  std::vector<BoundStep> steps{};
  std::optional<Condition> where{};
  ResultType shape = ResultType::List;
  bool unique = false;
  std::vector<Item> items{};  // Of a list or a tree: hidden ones, to sort by.
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

  // The same, constants by their values.
  [[nodiscard]] bool same(const Expression& a, const Expression& b) const;
};

// Calls visit(VariableId) for each variable that an expression is about; aggregates and columns are
// about others.
template <class Visit>
void for_each_variable(const Expression& expression, const BoundQuery& query, Visit&& visit) {
  if (expression.kind == Expression::Kind::Read) visit(query.reads[expression.index].variable);
  if (expression.kind == Expression::Kind::Object) visit(expression.index);
  for (const Expression& argument : expression.arguments) {
    for_each_variable(argument, query, visit);
  }
}

// The one variable that an expression is about; kNoVariable: it is about none; nullopt: about
// several.
[[nodiscard]] std::optional<VariableId> only_variable(const Expression& expression,
                                                      const BoundQuery& query);

}  // namespace callisto::query
