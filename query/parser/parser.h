// J1QL text -> syntax tree. Knows the grammar and nothing about the graph.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/ast/ast.h"
#include <callisto/error.h>

namespace callisto::query {

// Parses one query; a `;` at its end is allowed. The tree owns its strings.
//
// Errors: ParseError with the span of the offending token, a message of the form `Error parsing
// query. Unexpected token "X" at line L column C. Expected …`, and hints; LimitExceeded past a
// limit of limits.h (bytes, nesting, list items, hops, operators). render_error() draws them.
// Complexity: linear in the text; bounded recursion. Thread safety: no shared state.
// Source: j1ql 1 to 9.
[[nodiscard]] Result<ast::Query> parse(std::string_view text);

// A query in the form of print_lines(), with its comments where they were. Errors: as parse();
// InvalidInput when a comment cannot be kept.
[[nodiscard]] Result<std::string> format(std::string_view text);

// The same for all statements of a script, an empty line between each two. Statements keep their
// `;` and the comments before and after it. Errors: as format(), with spans into `text`.
[[nodiscard]] Result<std::string> format_script(std::string_view text);

// One statement of a script, without its `;` and the blanks around it.
struct Statement {
  std::string_view text;  // Into the text passed.
  SourceSpan span{};      // Where in that text.
};

// Cuts a script at every `;` outside strings, brackets, regular expressions and comments.
// Statements that hold nothing but blanks and comments are left out; text after the last `;` is a
// statement. Never fails: an unterminated string takes the rest with it, and parse() will say so.
// Complexity: linear.
[[nodiscard]] std::vector<Statement> split_statements(std::string_view text);

// Whether a text typed so far can be run: it ends with a `;` outside strings, brackets, regular
// expressions and comments, or it is empty.
[[nodiscard]] bool is_complete(std::string_view text);

}  // namespace callisto::query
