#include "query/parser/look_ahead.h"

namespace callisto::query {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

Kind kind_at(const TokenList& list, std::size_t index) {
  return index < list.tokens.size() ? list.tokens[index].kind : Kind::End;
}

// The ")" of a "(".
std::size_t closing(const TokenList& list, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < list.tokens.size(); ++i) {
    if (list.tokens[i].kind == Kind::LeftParen) ++depth;
    if (list.tokens[i].kind == Kind::RightParen && --depth == 0) return i;
  }
  return kNowhere;
}

bool is_number(Kind kind) {
  return kind == Kind::Integer || kind == Kind::Decimal;
}

bool is_arithmetic(Kind kind) {
  return kind == Kind::Plus || kind == Kind::Minus || kind == Kind::Star || kind == Kind::Slash ||
         kind == Kind::Caret;
}

// A value of one token.
bool is_value(Kind kind) {
  switch (kind) {
    case Kind::String:
    case Kind::Integer:
    case Kind::Decimal:
    case Kind::Regex:
    case Kind::Parameter:
    case Kind::True:
    case Kind::False:
    case Kind::Undefined:
    case Kind::DateNow:
    case Kind::DateLiteral:
      return true;
    default:
      return false;
  }
}

// The token behind `word.word.[word]`; `index` itself where no name begins.
std::size_t past_name(const TokenList& list, std::size_t index) {
  const auto part = [&](std::size_t at) {
    return is_word(kind_at(list, at)) || kind_at(list, at) == Kind::Bracket;
  };
  const bool literal =
      kind_at(list, index) >= Kind::True && kind_at(list, index) <= Kind::Undefined;
  if (literal || !part(index)) return index;
  ++index;
  while (kind_at(list, index) == Kind::Dot && part(index + 1))
    index += 2;
  return index;
}

// Whether what stands between `open` and `close` are values, and no conditions.
bool holds_values(const TokenList& list, std::size_t open, std::size_t close) {
  std::size_t first = open + 1;
  while (kind_at(list, first) == Kind::LeftParen)
    ++first;
  if (!value_ahead(list, first)) return false;
  for (std::size_t i = first; i < close; ++i) {
    if (kind_at(list, i) == Kind::Compare) return false;
  }
  return true;
}

// Whether AND or OR stands between `open` and `close`, in no other parenthesis.
bool holds_connective(const TokenList& list, std::size_t open, std::size_t close) {
  for (std::size_t i = open + 1; i < close; ++i) {
    const Kind kind = kind_at(list, i);
    if (kind == Kind::LeftParen) i = closing(list, i);
    if (kind == Kind::And || kind == Kind::Or) return true;
  }
  return false;
}

}  // namespace

bool value_ahead(const TokenList& list, std::size_t index) {
  const Kind kind = kind_at(list, index);
  return is_value(kind) || kind == Kind::LeftParen ||
         (kind == Kind::Minus && is_number(kind_at(list, index + 1)));
}

bool left_value_ahead(const TokenList& list, std::size_t index) {
  const Kind kind = kind_at(list, index);
  if (kind == Kind::DateNow || kind == Kind::DateLiteral) return true;
  if (kind == Kind::Minus) {
    return is_number(kind_at(list, index + 1)) && kind_at(list, index + 2) == Kind::Compare;
  }
  if (is_value(kind)) return kind_at(list, index + 1) == Kind::Compare;
  if (kind != Kind::LeftParen) return false;
  const std::size_t close = closing(list, index);
  if (close == kNowhere || kind_at(list, close + 1) != Kind::Compare) return false;
  const Kind second = kind_at(list, index + 2);
  const bool subquery =
      kind_at(list, index + 1) == Kind::Find && second != Kind::Compare && second != Kind::Dot;
  return subquery || holds_values(list, index, close);
}

bool group_ahead(const TokenList& list, std::size_t index) {
  if (kind_at(list, index) != Kind::LeftParen) return false;
  const std::size_t close = closing(list, index);
  if (close == kNowhere) return true;
  const Kind next = kind_at(list, close + 1);
  return next != Kind::Compare && !is_arithmetic(next);
}

bool list_ahead(const TokenList& list, std::size_t index) {
  if (kind_at(list, index) != Kind::LeftParen) return false;
  const std::size_t close = closing(list, index);
  if (close == kNowhere) return value_ahead(list, index + 1);
  if (is_arithmetic(kind_at(list, close + 1))) return false;
  const std::size_t first = index + 1;
  switch (kind_at(list, first)) {
    case Kind::Regex:
    case Kind::DateNow:
    case Kind::DateLiteral:
      return true;
    case Kind::LeftParen:
      if (closing(list, first) + 1 == close) return list_ahead(list, first);
      break;
    case Kind::Minus:
      if (is_number(kind_at(list, first + 1)) && first + 2 == close) return true;
      break;
    default:
      if (is_value(kind_at(list, first)) && first + 1 == close) return true;
      if (past_name(list, first) == close) return true;
      break;
  }
  return holds_connective(list, index, close);
}

bool name_in_parens_ahead(const TokenList& list, std::size_t index) {
  if (kind_at(list, index) != Kind::LeftParen) return false;
  std::size_t first = index;
  while (kind_at(list, first) == Kind::LeftParen)
    ++first;
  const std::size_t end = past_name(list, first);
  return end > first && kind_at(list, end) == Kind::RightParen;
}

}  // namespace callisto::query
