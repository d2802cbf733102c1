#include "query/parser/token_twins.h"

#include <algorithm>
#include <cctype>

#include "query/parser/lexer.h"
#include <callisto/number_text.h>

namespace callisto::query {
namespace {

constexpr std::size_t kTokensMax = 4'000;

bool is_number(Kind kind) {
  return kind == Kind::Integer || kind == Kind::Decimal;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::toupper(static_cast<unsigned char>(x)) ==
           std::toupper(static_cast<unsigned char>(y));
  });
}

}  // namespace

TokenTwins::TokenTwins(std::string_view text, std::string_view printed)
    : text_(text), printed_(printed), old_(tokenize(text)), new_(tokenize(printed)) {}

bool TokenTwins::fits() const {
  return old_.tokens.size() <= kTokensMax && new_.tokens.size() <= kTokensMax;
}

Twins TokenTwins::find() const {
  const std::size_t olds = old_.tokens.size() - 1;
  const std::size_t news = new_.tokens.size() - 1;
  const std::size_t width = news + 1;
  std::vector<std::uint16_t> length((olds + 1) * width, 0);
  for (std::size_t i = olds; i-- > 0;) {
    for (std::size_t j = news; j-- > 0;) {
      length[i * width + j] =
          same(i, j) ? static_cast<std::uint16_t>(length[(i + 1) * width + j + 1] + 1)
                     : std::max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  Twins twins{.next = std::vector<std::size_t>(olds + 1, news),
              .has = std::vector<bool>(olds + 1, false)};
  for (std::size_t i = 0, j = 0; i < olds && j < news;) {
    if (same(i, j)) {
      twins.next[i] = j++;
      twins.has[i++] = true;
    } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  for (std::size_t i = olds; i-- > 0;) {
    if (!twins.has[i]) twins.next[i] = twins.next[i + 1];
  }
  return twins;
}

bool TokenTwins::same(std::size_t i, std::size_t j) const {
  const Token& a = old_.tokens[i];
  const Token& b = new_.tokens[j];
  const std::string_view old_text = a.text(text_);
  const std::string_view new_text = b.text(printed_);
  if (is_number(a.kind) && is_number(b.kind)) {
    return number_from<double>(old_text) == number_from<double>(new_text);
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::String:
      return unquote(old_text) == unquote(new_text);
    case Kind::Undefined:  // And `null`.
    case Kind::DateNow:
    case Kind::DateLiteral:
      return true;
    default:
      return same_word(old_text, new_text);
  }
}

}  // namespace callisto::query
