#include "query/parser/comments.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "query/parser/lexer.h"

namespace callisto::query {
namespace {

constexpr std::size_t kTokensMax = 4'000;

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::toupper(static_cast<unsigned char>(x)) ==
           std::toupper(static_cast<unsigned char>(y));
  });
}

// For every token of `text` and the end, the token of `printed` that it became; of those that have
// no twin, the twin of the next that has one. The longest common sequence decides.
class Twins {
 public:
  Twins(std::string_view text, std::string_view printed)
      : text_(text), printed_(printed), old_(tokenize(text)), new_(tokenize(printed)) {}

  [[nodiscard]] bool fits() const {
    return old_.tokens.size() <= kTokensMax && new_.tokens.size() <= kTokensMax;
  }

  [[nodiscard]] std::vector<std::size_t> find() const {
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
    std::vector<std::size_t> twins(olds + 1, news);
    std::vector<bool> has(olds + 1, false);
    for (std::size_t i = 0, j = 0; i < olds && j < news;) {
      if (same(i, j)) {
        twins[i] = j++;
        has[i++] = true;
      } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
        ++i;
      } else {
        ++j;
      }
    }
    for (std::size_t i = olds; i-- > 0;) {
      if (!has[i]) twins[i] = twins[i + 1];
    }
    return twins;
  }

  [[nodiscard]] const std::vector<Token>& printed_tokens() const { return new_.tokens; }

 private:
  [[nodiscard]] bool same(std::size_t i, std::size_t j) const {
    const Token& a = old_.tokens[i];
    const Token& b = new_.tokens[j];
    if (a.kind != b.kind) return false;
    if (a.kind == Kind::String) return unquote(a.text(text_)) == unquote(b.text(printed_));
    return same_word(a.text(text_), b.text(printed_));
  }

  std::string_view text_;
  std::string_view printed_;
  TokenList old_;
  TokenList new_;
};

struct Insertion {
  std::size_t offset = 0;
  std::string text;
};

Insertion insertion(const Comment& comment,
                    std::string_view printed,
                    const std::vector<Token>& tokens,
                    std::size_t twin) {
  const std::size_t at = tokens[twin].begin;
  const std::string text(comment.text);
  const std::size_t before = twin == 0 ? 0 : tokens[twin - 1].end;
  const std::string_view gap = printed.substr(before, at - before);
  const std::size_t line_end = gap.find('\n');
  const bool first_of_line = twin == 0 || line_end != std::string_view::npos;
  const bool at_end = at >= printed.size();
  if (comment.own_line && at_end) return {at, "\n" + text};
  if (comment.own_line && first_of_line) {
    const std::size_t line = line_end == std::string_view::npos ? 0 : before + line_end + 1;
    return {line, std::string(printed.substr(line, at - line)) + text + "\n"};
  }
  if (comment.ends_line && twin > 0 && first_of_line) return {before, " " + text};
  if (at_end) return {at, " " + text};
  const bool glued = at == before && at > 0;
  return {at, (glued ? " " : "") + text + " "};
}

}  // namespace

std::vector<Comment> comments_of(std::string_view text) {
  std::vector<Comment> comments;
  const TokenList list = tokenize(text);
  const auto skip_blanks = [&](std::size_t at) {
    return std::min(text.find_first_not_of(" \t\r", at), text.size());
  };
  std::size_t at = 0;
  for (std::size_t i = 0; i < list.tokens.size(); ++i) {
    const std::string_view before = text.substr(0, list.tokens[i].begin);
    std::size_t begin = before.find("/*", at);
    while (begin != std::string_view::npos) {
      // Several in a row are one.
      std::size_t end = text.find("*/", begin + 2) + 2;
      while (text.substr(skip_blanks(end), 2) == "/*")
        end = text.find("*/", skip_blanks(end) + 2) + 2;
      const std::size_t line = text.find_last_not_of(" \t\r", begin == 0 ? 0 : begin - 1);
      const bool starts_line = begin == 0 || line == std::string_view::npos || text[line] == '\n';
      const std::size_t behind = skip_blanks(end);
      const bool ends_line = behind == text.size() || text[behind] == '\n';
      comments.push_back({text.substr(begin, end - begin), i, starts_line && ends_line, ends_line});
      begin = before.find("/*", end);
    }
    at = list.tokens[i].end;
  }
  return comments;
}

std::string weave_comments(std::string_view text,
                           const std::vector<Comment>& comments,
                           std::string_view printed) {
  const Twins twins(text, printed);
  if (!twins.fits()) return {};
  const std::vector<std::size_t> twin = twins.find();
  std::vector<Insertion> insertions;
  insertions.reserve(comments.size());
  for (const Comment& comment : comments)
    insertions.push_back(insertion(comment, printed, twins.printed_tokens(), twin[comment.next]));
  std::stable_sort(insertions.begin(),
                   insertions.end(),
                   [](const Insertion& a, const Insertion& b) { return a.offset < b.offset; });
  std::string woven;
  std::size_t done = 0;
  for (const Insertion& part : insertions) {
    woven.append(printed.substr(done, part.offset - done)).append(part.text);
    done = part.offset;
  }
  return woven.append(printed.substr(done));
}

}  // namespace callisto::query
