// What the grammar would have taken at a place: the source of "expected …" and of completion.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace callisto::query {

// In the order in which an error message lists them.
enum class Expect : std::uint8_t {
  Find,
  Unique,
  FullText,  // A quoted search in place of a target.
  ClassOrType,
  AnyTarget,
  TargetList,
  SmartClass,
  Verb,
  VerbList,
  RelatesTo,
  RelatesToTo,  // The TO of RELATES TO.
  Somehow,
  SomehowDepth,
  Negation,
  FillerTo,
  Arrow,
  Property,
  Cidr,
  FilterGroup,
  CompareOperator,
  Value,
  True,
  False,
  Undefined,
  DateNow,
  ValueList,
  Subquery,
  SelectorValue,
  Column,
  Number,
  WholeNumber,
  DateUnit,
  DateStep,
  CidrBlock,
  NodeAlias,
  HopAlias,
  GroupAlias,
  ColumnName,
  Selector,
  SelectorProperty,
  SortKey,
  Function,
  Expression,
  Arithmetic,
  CallOpen,
  AllProperties,
  Dot,
  Comma,
  Pipe,
  Close,
  QuestionMark,
  And,
  Or,
  With,
  As,
  That,
  OptionalGroup,
  Where,
  Return,
  Tree,
  Having,
  OrderBy,
  By,
  Asc,
  Desc,
  Skip,
  Limit,
  Semicolon,
  End,
  Count  // How many there are.
};

using ExpectSet = std::bitset<static_cast<std::size_t>(Expect::Count)>;

[[nodiscard]] inline bool has(const ExpectSet& set, Expect expect) {
  return set[static_cast<std::size_t>(expect)];
}

// The word of the language behind an expectation (`WITH`, `ORDER BY`), or empty.
[[nodiscard]] std::string_view keyword_of(Expect expect);

// "WITH, AS, THAT or the end of the query"; empty for an empty set.
[[nodiscard]] std::string in_words(const ExpectSet& set);

}  // namespace callisto::query
