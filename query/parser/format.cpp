// Text -> tree -> text, and the comments that the tree does not keep.
#include <algorithm>

#include "query/ast/printer.h"
#include "query/parser/comments.h"
#include "query/parser/layout.h"
#include "query/parser/lexer.h"
#include "query/parser/parser.h"

namespace callisto::query {
namespace {

constexpr std::size_t kLineCharactersMax = 120;
constexpr std::string_view kBlanks = " \t\r\n\f\v";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The end of what stands behind a `;` on its line, when that is nothing but comments.
std::size_t past_comments_of_line(std::string_view text, std::size_t at) {
  std::size_t end = at;
  for (;;) {
    at = std::min(text.find_first_not_of(" \t\r", at), text.size());
    if (at == text.size() || text[at] == '\n') return end;
    if (text.substr(at, 2) != "/*") return std::string_view::npos;
    const std::size_t close = text.find("*/", at + 2);
    if (close == std::string_view::npos) return std::string_view::npos;
    end = at = close + 2;
  }
}

// A column is called as its expression is written. Where the expression is written otherwise, AS
// keeps the name; only then.
ast::Query with_names_as_needed(std::string_view text, const ast::Query& tree) {
  if (!tree.returns || tree.returns->tree) return tree;
  ast::Query bare = tree;
  for (ast::ReturnItem& item : bare.returns->items) {
    if (!item.alias) item.column = default_column(item.expression);
  }
  const Result<ast::Query> again = parse(weave_parentheses(text, print_lines(bare)));
  if (!again || !again->returns || again->returns->items.size() != bare.returns->items.size()) {
    return tree;
  }
  for (std::size_t i = 0; i < bare.returns->items.size(); ++i) {
    const std::string& wanted = tree.returns->items[i].column;
    if (again->returns->items[i].column != wanted) bare.returns->items[i].column = wanted;
  }
  return bare;
}

// The tree over several lines, with the parentheses of the text where it means the same with them.
std::string laid_out(std::string_view text, const ast::Query& tree) {
  const std::string woven = weave_parentheses(text, print_lines(with_names_as_needed(text, tree)));
  const Result<ast::Query> again = parse(woven);
  return break_lines(again && *again == tree ? woven : print_lines(tree), kLineCharactersMax);
}

}  // namespace

Result<std::string> format(std::string_view text) {
  CALLISTO_TRY(const ast::Query tree, parse(text));
  std::string printed = laid_out(text, tree);
  const std::vector<Comment> comments = comments_of(text);
  if (comments.empty()) return printed;
  std::string woven = weave_comments(text, comments, printed);
  const Result<ast::Query> again = parse(woven);
  if (again && *again == tree) return woven;
  const auto at = static_cast<std::uint32_t>(comments.front().text.data() - text.data());
  return tl::make_unexpected(
      Error{.code = ErrorCode::InvalidInput,
            .message = "A comment would be lost; take it out and put it back afterwards.",
            .span = SourceSpan{at, at + 2}});
}

Result<std::string> format_script(std::string_view text) {
  std::string out;
  std::size_t begin = 0;
  const auto add = [&](std::string_view part) {
    if (!out.empty()) out.append("\n\n");
    out.append(part);
  };
  const TokenList list = tokenize(text);
  std::size_t tokens = 0;  // Since the last `;`.
  for (const Token& token : list.tokens) {
    const bool end = token.kind == Kind::End;
    if (token.kind != Kind::Semicolon && !end) {
      ++tokens;
      continue;
    }
    const std::string_view part = text.substr(begin, token.begin - begin);
    if (tokens > 0) {
      Result<std::string> formatted = format(part);
      if (!formatted) {
        Error error = std::move(formatted).error();
        const auto shift = static_cast<std::uint32_t>(part.data() - text.data());
        if (error.span) error.span = SourceSpan{error.span->begin + shift, error.span->end + shift};
        return tl::make_unexpected(std::move(error));
      }
      add(*formatted);
      if (!end) out.append(";");
    } else if (!trim(part).empty()) {
      add(trim(part));  // Comments alone.
    }
    begin = token.end;
    const std::size_t behind = tokens > 0 && !end ? past_comments_of_line(text, begin) : begin;
    if (behind != std::string_view::npos && behind > begin) {
      out.append(" ").append(trim(text.substr(begin, behind - begin)));
      begin = behind;
    }
    tokens = 0;
  }
  return out.empty() ? out : out.append("\n");
}

}  // namespace callisto::query
