// GraphQL text as tokens.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/graphql/document.h"

namespace callisto::server::graphql {

// A token's kind is one letter, so that the grammar can be run over a text of kinds: a punctuator
// is itself (`...` is '.'), and names that mean something to the grammar have letters of their own.
namespace kind {
inline constexpr char kName = 'n';
inline constexpr char kOn = 'o';
inline constexpr char kFragment = 'f';
inline constexpr char kOperation = 'q';  // query, mutation, subscription
inline constexpr char kBoolean = 'b';
inline constexpr char kNull = '0';
inline constexpr char kType = 't';
inline constexpr char kEnum = 'e';
inline constexpr char kInput = 'i';
inline constexpr char kScalar = 's';
inline constexpr char kUnion = 'u';
inline constexpr char kNumber = '#';
inline constexpr char kString = '"';
}  // namespace kind

struct Lexeme {
  char kind = '\0';
  std::string text{};  // A string without quotes, its escapes resolved.
  std::size_t begin = 0;
  std::size_t end = 0;
  Place place{};
};

// Errors: as parse_document().
[[nodiscard]] Result<std::vector<Lexeme>> lex(std::string_view text);

// "Syntax Error: <what> at line 1 column 2.", `span` at the offset.
[[nodiscard]] Error syntax_error(ErrorCode code,
                                 std::string_view text,
                                 std::size_t offset,
                                 std::string_view what);

}  // namespace callisto::server::graphql
