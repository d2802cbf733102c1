// The tokens of full-text search (j1ql 3.10), by Unicode. A token is made of letters, marks and
// digits; it begins after anything else and at a capital letter that follows no capital.
//
//   "Prod-accessLogs"  ->  <apart>prod<apart>access<capital>logs
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace callisto {

// What stands before a token in a folded text. Neither is a byte of a token.
inline constexpr char kApart = '\x01';    // Something that is no letter or digit, or the begin.
inline constexpr char kCapital = '\x02';  // A capital letter within a word.

[[nodiscard]] inline bool is_token_mark(char c) {
  return c == kApart || c == kCapital;
}

// Replaces `out` by the tokens of `text`, case-folded and composed, a mark before each. Bytes that
// are no UTF-8 separate tokens. Complexity: linear.
void fold_tokens(std::string_view text, std::string& out);

// The parts of a text between blanks of any kind. Lifetime: that of `text`. Complexity: linear.
[[nodiscard]] std::vector<std::string_view> blank_free_words(std::string_view text);

// One blank-free word of a search. A text has it where its tokens stand next to each other in that
// order; the last one may be the beginning of a token. A capital letter of the text or of the word
// may begin a token there, and need not: "prodAccess" finds "prod access" and "prodaccess".
//
// Immutable; thread-safe.
class TokenPattern {
 public:
  explicit TokenPattern(std::string_view word);

  // Nothing in the word is a letter or digit. No text has such a word.
  [[nodiscard]] bool empty() const { return form_.empty(); }

  // The folded word without its first mark. Words of one form find the same.
  [[nodiscard]] const std::string& form() const { return form_; }

  // Complexity: linear in the text, for each place where the word may begin in the word, too.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  [[nodiscard]] bool in_ascii(std::string_view text) const;
  [[nodiscard]] bool in_folded(std::string_view folded) const;

  std::string form_;
};

}  // namespace callisto
