// The words of J1QL: what the lexer hands to the grammar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast/source.h"

namespace callisto::query {

// One byte per kind: the grammar (grammar.h) is a PEGTL grammar over the string of these bytes.
enum class Kind : char {
  End = 0,
  // Reserved words: never an alias, a target or a verb.
  Find,
  Unique,
  With,
  That,
  As,
  Where,
  Return,
  Having,
  Order,
  By,
  Skip,
  Limit,
  And,
  Or,
  True,
  False,
  Undefined,  // and null
  // Words with a meaning in one place, and free elsewhere.
  Relates,
  To,
  Somehow,
  Tree,
  Asc,
  Desc,
  Cidr,
  Word,
  // Literals.
  Bracket,      // [any property name]
  String,       // 'x' or "x"
  Integer,      // digits
  Decimal,      // digits.digits, either with an exponent
  Regex,        // /x/i
  Parameter,    // ${x}
  DateNow,      // date.now
  DateLiteral,  // date(2024-01-31)
  SmartClass,   // #X
  // Punctuation.
  LeftParen,
  RightParen,
  Pipe,
  Comma,
  Dot,
  Star,
  Slash,
  Plus,
  Minus,
  Caret,
  Bang,
  Question,
  Semicolon,
  Compare,   // = != > < >= <= ~= !~= ^= !^= $= !$=
  Forward,   // >>
  Backward,  // <<
  Bad,       // no word of J1QL; see Flaw
};

// Why a Bad token is none.
enum class Flaw : std::uint8_t {
  None,
  UnknownCharacter,
  InvalidUtf8,
  UnterminatedString,
  UnterminatedComment,
  UnterminatedBracket,
  EmptyBracket,
  UnterminatedRegex,
  RegexFlag,
  UnterminatedDate,
  BadParameter,
  LineComment,
  TypographicQuote,
  TemplateBraces,  // {{x}}
  DollarName,      // $x
  LoneHash,
  ForeignOperator,  // == => <> && || …
};

struct Token {
  Kind kind = Kind::End;
  Flaw flaw = Flaw::None;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] ast::Span span() const { return {begin, end}; }

  [[nodiscard]] std::string_view text(std::string_view source) const {
    return source.substr(begin, end - begin);
  }
};

// Tokens and, byte for byte beside them, their kinds. Always ends with End, placed at the end of
// the text.
struct TokenList {
  std::vector<Token> tokens;
  std::string kinds;
};

[[nodiscard]] constexpr bool is_reserved(Kind kind) {
  return kind >= Kind::Find && kind <= Kind::Undefined;
}

[[nodiscard]] constexpr bool is_word(Kind kind) {
  return kind >= Kind::Find && kind <= Kind::Word;
}

}  // namespace callisto::query
