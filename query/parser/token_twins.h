// Which token of a query's text became which token of the query as the printer writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "query/parser/token.h"

namespace callisto::query {

struct Twins {
  // For every token of the text and its end: its twin, or that of the next token that has one.
  std::vector<std::size_t> next;
  std::vector<bool> has;  // It has a twin of its own.
};

class TokenTwins {
 public:
  TokenTwins(std::string_view text, std::string_view printed);

  // Not too many tokens to compare.
  [[nodiscard]] bool fits() const;

  // The longest common sequence decides. Complexity: the product of the numbers of tokens.
  [[nodiscard]] Twins find() const;

  [[nodiscard]] const std::vector<Token>& tokens() const { return old_.tokens; }

  [[nodiscard]] const std::vector<Token>& printed_tokens() const { return new_.tokens; }

 private:
  [[nodiscard]] bool same(std::size_t i, std::size_t j) const;

  std::string_view text_;
  std::string_view printed_;
  TokenList old_;
  TokenList new_;
};

}  // namespace callisto::query
