// Conditions: WITH, WHERE and HAVING share one tree. Source: j1ql 2, 4, 6, 7.7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/ast/source.h"
#include <callisto/value.h>

namespace callisto::query::ast {

struct Query;
struct Expression;

enum class CompareOp : std::uint8_t {
  Equal,          // =
  NotEqual,       // !=
  Greater,        // >
  Less,           // <
  GreaterEqual,   // >=
  LessEqual,      // <=
  Contains,       // ~=
  NotContains,    // !~=
  StartsWith,     // ^=
  NotStartsWith,  // !^=
  EndsWith,       // $=
  NotEndsWith,    // !$=
};

enum class Connective : std::uint8_t { And, Or };

// A property. WITH: no selector, `property` is the whole flat name (`tag.Production`). WHERE:
// always a selector. RETURN and ORDER BY: no selector where the name begins with brackets; it is
// one of the first entity, or a column to sort by. HAVING: never a selector, the whole dotted text
// is the name of a column or of a property (`u.name`).
struct PropertyRef {
  std::optional<Name> selector{};
  Name property{};
  Span span{};

  bool operator==(const PropertyRef&) const = default;
};

// A string, number or boolean; Null for `undefined` and `null` (one value, j1ql 4.3). Never a List.
struct Literal {
  Value value{};

  bool operator==(const Literal&) const = default;
};

// Month and Year are steps of the calendar, the others are fixed lengths (j1ql 4.7).
enum class DateUnit : std::uint8_t { Minute, Hour, Day, Week, Month, Year };

struct DateStep {
  std::int64_t count = 0;  // Negative for `- 7 days`. |count| <= 1e9.
  DateUnit unit = DateUnit::Day;

  bool operator==(const DateStep&) const = default;
};

// `date.now - 1 month + 2 days`: the steps apply in the order written.
struct DateNow {
  std::vector<DateStep> steps{};

  bool operator==(const DateNow&) const = default;
};

// `date(2024-02-29T12:00+01:00)`, checked; UTC when no zone is given.
struct DateLiteral {
  std::int64_t epoch_ms = 0;

  bool operator==(const DateLiteral&) const = default;
};

// `/pattern/flags`. The pattern is the text between the slashes as written (RE2 takes `\/`); it is
// not compiled here. The only flag is `i`.
struct Regex {
  std::string pattern;
  std::string flags{};

  bool operator==(const Regex&) const = default;
};

// `${name}` is a variable of the request, `${param.name}` comes from the parameter store. `name` is
// without `param.`.
struct Parameter {
  enum class Source : std::uint8_t { Variable, Stored };

  Source source = Source::Variable;
  std::string name{};

  bool operator==(const Parameter&) const = default;
};

struct Operand;

// `('a' OR 'b')`. A list of one element has the connective Or. Elements are literals, dates,
// regular expressions, parameters, lists, and in WHERE also selector.prop; never a subquery.
struct OperandList {
  Connective connective = Connective::Or;
  std::vector<Operand> items;

  bool operator==(const OperandList&) const;
};

// `(FIND … RETURN x.prop)`: the parser has checked that exactly one property is returned and that
// the operator is = or !=.
struct Subquery {
  Box<Query> query;

  bool operator==(const Subquery&) const;
};

// `COUNT(u) / 2`: an aggregate or an expression over the columns, written out. Only in HAVING, and
// never what another kind of operand says.
struct Computed {
  Box<Expression> expression;

  bool operator==(const Computed&) const;
};

// The right side of a comparison. PropertyRef only in WHERE (with selector) and in HAVING
// (without).
struct Operand {
  using Node = std::variant<Literal,
                            DateNow,
                            DateLiteral,
                            Regex,
                            Parameter,
                            PropertyRef,
                            OperandList,
                            Subquery,
                            Computed>;

  Node node{};
  Span span{};

  bool operator==(const Operand&) const;
};

// `reversed`: written with the value first (`5 < u.age`). Left, operator and right are those of the
// comparison that it means, `u.age > 5` (j1ql 4.14).
struct Comparison {
  std::variant<PropertyRef, Computed> left{};
  CompareOp op = CompareOp::Equal;
  Span op_span{};
  Operand right{};
  bool reversed = false;

  bool operator==(const Comparison&) const;
};

// `cidr(ipAddress, '10.0.0.0/8')`, `!cidr(…)`, `cidr(ipAddress, ${office})`. The block's text is
// not checked here.
struct CidrTest {
  bool negated = false;
  PropertyRef property{};
  std::variant<std::string, Parameter> block{};
  Span block_span{};

  bool operator==(const CidrTest&) const = default;
};

struct Filter;

// Two or more parts, as grouped in the text: `(a AND b) AND c` has two.
struct Junction {
  Connective connective = Connective::And;
  std::vector<Filter> parts;

  bool operator==(const Junction&) const;
};

struct Filter {
  using Node = std::variant<Comparison, CidrTest, Junction>;

  Node node{};
  Span span{};

  bool operator==(const Filter&) const;
};

}  // namespace callisto::query::ast
