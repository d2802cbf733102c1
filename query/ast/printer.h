// Syntax tree -> text.
#pragma once

#include <string>
#include <string_view>

#include "query/ast/ast.h"

namespace callisto::query {

// The query on one line in canonical form: keywords upper case, one blank between words, strings in
// single quotes, only the parentheses that the tree has. For a tree that parse() can make,
// parse(print(tree)) == tree.
// Complexity: linear in the tree.
[[nodiscard]] std::string print(const ast::Query& query);

// The same over several lines: one for each hop and optional, indented, and for each clause.
[[nodiscard]] std::string print_lines(const ast::Query& query);

[[nodiscard]] std::string print(const ast::Filter& filter);
[[nodiscard]] std::string print(const ast::Operand& operand);
[[nodiscard]] std::string print(const ast::Expression& expression);
[[nodiscard]] std::string print(const ast::Comparison& comparison);
[[nodiscard]] std::string print(const ast::Target& target);
[[nodiscard]] std::string print(const ast::Parameter& parameter);

// The same comparison seen from its other side: `>` for `<`. Requires one that has another side: no
// text operator (j1ql 4.14).
[[nodiscard]] ast::CompareOp mirrored(ast::CompareOp op);

// `=`, `!~=` …
[[nodiscard]] std::string_view text_of(ast::CompareOp op);

// A string as J1QL writes it: in single quotes, or in double ones where that saves an escape.
[[nodiscard]] std::string quoted(std::string_view text);

// The column name of an item without alias (j1ql 7.3).
[[nodiscard]] std::string default_column(const ast::Expression& expression);

}  // namespace callisto::query
