// The syntax tree of a J1QL query: what the text says, before any name is looked up in a graph.
//
// Trees are values: they copy deeply, own all their text, and compare with == without regard to
// where in the text something stands and how it was spaced. A tree is at most a few hundred nodes
// deep (see parser.h), so recursion over it is safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/ast/expression.h"
#include "query/ast/filter.h"
#include "query/ast/source.h"

namespace callisto::query::ast {

// What a node may be: a class, a type, anything, a full-text search, or one of several.
struct Target {
  enum class Kind : std::uint8_t {
    Any,       // `*`, or smart classes alone
    Class,     // word with an upper-case first letter
    Type,      // any other word
    FullText,  // quoted text
    Union,     // `(A|b|#C)`: one of `alternatives`
  };

  Kind kind = Kind::Any;
  std::string text{};                 // Class, Type: the word. FullText: the text.
  std::vector<Target> alternatives;   // Union: two or more, none of them FullText.
  std::vector<Name> smart_classes{};  // `#X #Y` before the target: all must hold as well.
  Span span{};

  bool operator==(const Target&) const;
};

// `target WITH filter AS alias`.
struct Node {
  Target target{};
  std::optional<Filter> filter{};
  std::optional<Name> alias{};
  Span span{};

  bool operator==(const Node&) const = default;
};

// Forward `>>`: from the left entity to the right one. Backward `<<`: the other way.
enum class Direction : std::uint8_t { Either, Forward, Backward };

// A verb is the relationship's _class. Its default alias is matched without regard to case.
struct Verb {
  std::string name;  // Upper case, as stored.
  Name written{};    // As in the query.

  bool operator==(const Verb&) const = default;
};

// `THAT !(HAS|OWNS) >> AS r Node`. RELATES TO, alone or in a list: relates_to and no verbs.
struct Hop {
  bool negated = false;
  bool relates_to = false;
  std::vector<Verb> verbs{};  // In order as written; not empty unless relates_to.
  Direction direction = Direction::Either;
  std::optional<Name> alias{};                   // Of the relationship.
  std::optional<std::uint32_t> somehow_depth{};  // THAT SOMEHOW: intermediate nodes at most, 1..10.
  Node node{};
  Span span{};       // THAT to the end of the node.
  Span verb_span{};  // The verbs alone.

  bool operator==(const Hop&) const = default;
};

struct Step;

// `(THAT … THAT …)? AS alias`; the first step is a hop, groups nest.
struct OptionalGroup {
  std::vector<Step> steps;
  std::optional<Name> alias{};
  Span span{};

  bool operator==(const OptionalGroup&) const;
};

struct Step {
  std::variant<Hop, OptionalGroup> node{};

  bool operator==(const Step&) const;
};

// One item of RETURN. `column` is the alias if there is one; else `u.name` for a property (brackets
// removed), else the text of the expression with runs of blanks folded into one (j1ql 7.3). Items
// are equal when they compute the same under the same column name.
struct ReturnItem {
  Expression expression{};
  std::optional<Name> alias{};
  std::string column{};
  Span span{};

  bool operator==(const ReturnItem& other) const {
    return expression == other.expression && column == other.column;
  }
};

// RETURN TREE, or one or more items.
struct Return {
  bool tree = false;
  std::vector<ReturnItem> items{};
  Span span{};

  bool operator==(const Return&) const = default;
};

// `ORDER BY u.name DESC`: a column of RETURN by its name, or anything that an item could compute.
struct SortKey {
  Expression expression{};
  bool descending = false;
  Span span{};

  bool operator==(const SortKey&) const = default;
};

// A whole query. SKIP and LIMIT may be repeated in any order at the end: the last SKIP and the
// smallest LIMIT are kept, as clients append their own to the user's text.
struct Query {
  bool unique = false;
  Node start{};
  std::vector<Step> steps{};
  std::optional<Filter> where{};
  std::optional<Return> returns{};
  std::optional<Filter> having{};
  std::vector<SortKey> order_by{};
  std::optional<std::uint64_t> skip{};
  std::optional<std::uint64_t> limit{};  // At least 1.
  Span skip_span{};                      // The number kept.
  Span limit_span{};
  Span span{};

  bool operator==(const Query&) const = default;
};

}  // namespace callisto::query::ast
