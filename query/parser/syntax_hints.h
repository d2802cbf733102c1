// What a reader who wrote something else may have meant.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/parser/expectation.h"
#include "query/parser/token.h"

namespace callisto::query {

// A place where the grammar stopped, with what stands around it.
struct SyntaxContext {
  std::string_view text;
  const TokenList& list;
  std::size_t index;  // The token that did not fit.
  const ExpectSet& expected;

  // The kind of the token `offset` away; End outside of the text.
  [[nodiscard]] Kind kind(std::ptrdiff_t offset = 0) const;
  [[nodiscard]] std::string_view word(std::ptrdiff_t offset = 0) const;
  [[nodiscard]] bool word_is(std::string_view wanted, std::ptrdiff_t offset = 0) const;

  [[nodiscard]] bool wants(Expect expect) const { return has(expected, expect); }

  // Whether no blank stands between the token `offset` away and the one before it.
  [[nodiscard]] bool touches_previous(std::ptrdiff_t offset = 0) const;
  // The last word that opens a clause before this token (WITH, THAT, WHERE, RETURN, …), else End.
  [[nodiscard]] Kind clause() const;

  // What stands from one token to another, as written but on one line and not long.
  [[nodiscard]] std::string written(std::ptrdiff_t first, std::ptrdiff_t last) const;
  // The offset of the last token that follows the one `offset` away without a blank, up to a
  // parenthesis, comma, semicolon or comparison: `web-1` is one word to who wrote it.
  [[nodiscard]] std::ptrdiff_t run_on(std::ptrdiff_t offset = 0) const;
  // The property left of the comparison operator just before this token; empty without one.
  [[nodiscard]] std::string left_property() const;
  // How conditions name the first part of the query: its alias, else its class or type.
  [[nodiscard]] std::string first_selector() const;
  // Whether the text gives something this name: an alias, a class or a type.
  [[nodiscard]] bool is_selector(std::string_view name) const;
  // The innermost "(" that is open before this token, and whether the text closes it later.
  [[nodiscard]] std::optional<std::size_t> open_parenthesis() const;
  [[nodiscard]] bool is_closed(std::size_t open) const;
};

// Why a Bad token is no word of J1QL, as a sentence; empty for any other token, and where the list
// of what was expected says more.
[[nodiscard]] std::string flaw_sentence(const SyntaxContext& context);

// Most likely first; at most three.
[[nodiscard]] std::vector<std::string> hints_for(const SyntaxContext& context);

}  // namespace callisto::query
