// What a reader who wrote something else may have meant.
#pragma once

#include <cstddef>
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
};

// Why a Bad token is no word of J1QL, as a sentence; empty for any other token, and where the list
// of what was expected says more.
[[nodiscard]] std::string flaw_sentence(const SyntaxContext& context);

// Most likely first; at most three.
[[nodiscard]] std::vector<std::string> hints_for(const SyntaxContext& context);

}  // namespace callisto::query
