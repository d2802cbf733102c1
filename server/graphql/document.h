// A GraphQL document as a tree: operations, fragments, selections (September 2025, section 2).
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <callisto/error.h>

#include "server/json/json.h"

namespace callisto::server::graphql {

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

// A value as written; variables are put in when it is read.
struct Input {
  enum class Kind : unsigned char { Plain, Variable, List, Object };

  Kind kind = Kind::Plain;
  Json plain{};        // Plain: null, boolean, number, string; an enum value as its name.
  bool word = false;   // Plain: an enum value.
  std::string name{};  // Variable.
  std::vector<std::pair<std::string, Input>> members{};  // List (names empty), Object.
};

struct Argument {
  std::string name;
  Input value;
};

struct Directive {
  std::string name;
  std::vector<Argument> arguments;
};

struct Selection;
using SelectionSet = std::vector<Selection>;

struct Selection {
  enum class Kind : unsigned char { Field, Spread, Inline };

  Kind kind = Kind::Field;
  std::string alias{};  // Field: the name in the answer.
  std::string name{};   // Field or fragment; the type condition of an inline fragment, or "".
  std::vector<Argument> arguments{};
  std::vector<Directive> directives{};
  SelectionSet selections{};
  Place place{};
};

// A type as written: `[String!]!`.
struct TypeName {
  std::string name;       // The innermost one.
  std::string text;       // Whole.
  bool list = false;      // Outermost, without its `!`.
  bool required = false;  // Ends with `!`.
};

struct VariableDefinition {
  std::string name;
  TypeName type;
  std::optional<Input> initial{};
};

struct Operation {
  std::string kind = "query";
  std::string name{};
  std::vector<VariableDefinition> variables{};
  SelectionSet selections{};
  Place place{};
};

struct Fragment {
  std::string name;
  std::string type;
  SelectionSet selections;
};

struct Document {
  std::vector<Operation> operations;
  std::vector<Fragment> fragments;
};

// One field or argument of a schema.
struct FieldDefinition {
  std::string name;
  TypeName type{};
  std::vector<FieldDefinition> arguments{};
  std::optional<Input> initial{};
};

struct TypeDefinition {
  std::string kind;  // "type", "input", "enum", "scalar", "union".
  std::string name;
  std::vector<FieldDefinition> fields{};  // Of an enum or a union: names only.
};

inline constexpr std::size_t kBracketDepthMax = 32;
inline constexpr std::size_t kTokensMax = 20'000;

// The executable part of the language; a document of fragments only is one too.
//
// Errors: ParseError "Syntax Error: ..." with line and column; LimitExceeded for depth or tokens.
// `span` is the place. Complexity: linear; recursion is bounded.
[[nodiscard]] Result<Document> parse_document(std::string_view text);
// The type definitions of a schema document: what schema_text.h needs. Errors: as above.
[[nodiscard]] Result<std::vector<TypeDefinition>> parse_schema(std::string_view text);
// Where an offset is, in lines and bytes. Complexity: linear.
[[nodiscard]] Place place_of(std::string_view text, std::size_t offset);

}  // namespace callisto::server::graphql
