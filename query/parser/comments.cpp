#include "query/parser/comments.h"

#include <algorithm>
#include <utility>

#include "query/parser/lexer.h"
#include "query/parser/token_twins.h"

namespace callisto::query {
namespace {

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
  const TokenTwins twins(text, printed);
  if (!twins.fits()) return {};
  const std::vector<std::size_t> twin = twins.find().next;
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
