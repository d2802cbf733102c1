// The message of a syntax error. What the reader may have meant is in syntax_hints.cpp.
#include "query/parser/syntax_error.h"

#include <algorithm>

#include "query/parser/error_excerpt.h"
#include "query/parser/syntax_hints.h"

namespace callisto::query {
namespace {

constexpr std::size_t kTokenBytesShown = 40;
constexpr std::size_t kHintsMax = 3;

// A token on one line and not too long; never cut inside a character.
std::string shown(std::string_view token) {
  std::string text;
  for (const char c : token.substr(0, kTokenBytesShown))
    text.push_back(c < ' ' && c >= 0 ? ' ' : c);
  if (token.size() <= kTokenBytesShown) return text;
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
    text.pop_back();
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U) text.pop_back();
  return text + "…";
}

std::string headline(std::string_view text, SourceSpan span) {
  const TextPlace place = place_of(text, span.begin);
  const std::string where =
      " at line " + std::to_string(place.line) + " column " + std::to_string(place.column) + ".";
  if (span.begin >= text.size()) return "Error parsing query. Unexpected end of query" + where;
  return "Error parsing query. Unexpected token \"" +
         shown(text.substr(span.begin, span.end - span.begin)) + "\"" + where;
}

}  // namespace

Error refusal(std::string_view text,
              SourceSpan span,
              std::string_view why,
              std::vector<std::string> hints) {
  if (hints.size() > kHintsMax) hints.resize(kHintsMax);
  std::string message = headline(text, span);
  if (!why.empty()) message.append(" ").append(why);
  return {.code = ErrorCode::ParseError,
          .message = std::move(message),
          .span = span,
          .hints = std::move(hints)};
}

Error limit_error(SourceSpan span, std::string message) {
  return {
      .code = ErrorCode::LimitExceeded, .message = std::move(message), .span = span, .hints = {}};
}

Error syntax_error(std::string_view text,
                   const TokenList& list,
                   std::size_t index,
                   const ExpectSet& expected) {
  const SyntaxContext context{text, list, index, expected};
  std::string why = flaw_sentence(context);
  if (why.empty()) {
    const std::string words = in_words(expected);
    if (!words.empty()) why = "Expected " + words + ".";
  }
  return refusal(text, list.tokens[index].span(), why, hints_for(context));
}

}  // namespace callisto::query
