// Tests on strings that come from the query's text: regular expressions, CIDR blocks, full-text
// words.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/columns/predicate.h"
#include "core/columns/text_tokens.h"
#include "query/ast/ast.h"
#include <callisto/error.h>

namespace callisto::query {

using MatcherPtr = std::shared_ptr<const StringMatcher>;

// Where in the text a pattern has to match.
enum class RegexAnchor : std::uint8_t { None, Start, End };

inline constexpr std::size_t kRegexBytesMax = 1024;

// Errors: BindError for a pattern RE2 refuses (look-around, back-references, bad syntax) or one
// over kRegexBytesMax.
[[nodiscard]] Result<MatcherPtr> regex_matcher(const ast::Regex& regex,
                                               RegexAnchor anchor,
                                               SourceSpan span);

// IPv4 addresses inside `block` ("10.0.0.0/8"). Errors: BindError when it is no IPv4 block.
[[nodiscard]] Result<MatcherPtr> cidr_matcher(std::string_view block, SourceSpan span);

// The same of a variable's value: one block, or a list of them, any of which may hold the address.
[[nodiscard]] Result<MatcherPtr> block_matcher(const Value& blocks, SourceSpan span);

// Texts that have one word of a full-text search (j1ql 3.10).
class TokenMatcher final : public StringMatcher {
 public:
  explicit TokenMatcher(TokenPattern pattern) : pattern_(std::move(pattern)) {}

  [[nodiscard]] bool matches(std::string_view text) const override {
    return pattern_.matches(text);
  }

  [[nodiscard]] const TokenPattern& pattern() const { return pattern_; }

 private:
  TokenPattern pattern_;
};

inline constexpr std::size_t kSearchWordsMax = 64;
inline constexpr std::size_t kSearchWordBytesMax = 256;

// The different words of a full-text search, which blanks separate. Errors: BindError when there is
// none, LimitExceeded for more than kSearchWordsMax or a longer one than kSearchWordBytesMax.
[[nodiscard]] Result<std::vector<MatcherPtr>> search_words(std::string_view text, SourceSpan span);

}  // namespace callisto::query
