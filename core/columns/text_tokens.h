// Where the tokens of full-text search begin (j1ql 3.10): at capital letters and after everything
// that is no letter or digit. Bytes of UTF-8 sequences count as letters.
#pragma once

#include <cstddef>
#include <string_view>

namespace callisto {

[[nodiscard]] inline bool is_token_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

[[nodiscard]] inline bool is_token_byte(char c) {
  return (c >= 'a' && c <= 'z') || is_token_capital(c) || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

[[nodiscard]] inline char token_lower(char c) {
  return is_token_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

// Requires that text[at] is a token byte.
[[nodiscard]] inline bool starts_token(std::string_view text, std::size_t at) {
  return at == 0 || !is_token_byte(text[at - 1]) ||
         (is_token_capital(text[at]) && !is_token_capital(text[at - 1]));
}

}  // namespace callisto
