// Tests on strings that come from the query's text: regular expressions, CIDR blocks, full-text
// words.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/columns/predicate.h"
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

// Texts that have a token starting with a word, without regard to case. Tokens are cut at capital
// letters and at everything that is not alphanumeric (j1ql 3.10).
class TokenMatcher final : public StringMatcher {
 public:
  explicit TokenMatcher(std::string_view word);  // Requires token bytes only, one at least.

  [[nodiscard]] bool matches(std::string_view text) const override;

  [[nodiscard]] std::string_view word() const { return word_; }  // In lower case.

 private:
  [[nodiscard]] bool continues(std::string_view text, std::size_t at) const;

  std::string word_;
};

[[nodiscard]] MatcherPtr token_matcher(std::string_view word);

// The words of a full-text search: runs of alphanumerics.
[[nodiscard]] std::vector<std::string_view> search_words(std::string_view text);

}  // namespace callisto::query
