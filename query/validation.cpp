// Placeholders are tried out from left to right: what takes the parser furthest is what they mean.
#include "query/validation.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "query/binder/binder.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/lexer.h"
#include "query/parser/parser.h"
#include "query/portability.h"

namespace callisto::query {
namespace {

constexpr std::size_t kPlaceholdersMax = 64;
constexpr std::size_t kTemplateBytesMax = 65'536;

// What a placeholder may stand for. The first glues to the characters beside it (`aws_{{kind}}`).
constexpr std::array<std::string_view, 8> kFillings = {
    "x", "1", "''", " x ", " days ", " ", " x = 1 ", " x.x = 1 "};

struct Filling {
  SourceSpan span{};  // In the text of the caller.
  std::string_view text{};
};

std::vector<Filling> placeholders(std::string_view text) {
  std::vector<Filling> found;
  for (const Token& token : tokenize(text).tokens) {
    const bool stands_open = token.kind == Kind::Parameter ||
                             (token.kind == Kind::Bad && (token.flaw == Flaw::TemplateBraces ||
                                                          token.flaw == Flaw::BadParameter));
    if (stands_open) {
      const SourceSpan span = token.span();
      found.push_back({span, text.substr(span.begin, span.end - span.begin)});
    }
  }
  return found;
}

std::string fill(std::string_view text, const std::vector<Filling>& fillings) {
  std::string filled;
  std::uint32_t done = 0;
  for (const Filling& filling : fillings) {
    filled.append(text.substr(done, filling.span.begin - done)).append(filling.text);
    done = filling.span.end;
  }
  return filled.append(text.substr(done));
}

// Where an offset of the filled text lies in the caller's; inside a filling: at its placeholder.
std::uint32_t original_offset(std::uint32_t offset, const std::vector<Filling>& fillings) {
  std::int64_t shift = 0;
  for (const Filling& filling : fillings) {
    const std::int64_t begin = std::int64_t{filling.span.begin} + shift;
    const auto size = static_cast<std::int64_t>(filling.text.size());
    if (offset < begin) break;
    if (offset < begin + size) return filling.span.begin;
    shift += size - (filling.span.end - filling.span.begin);
  }
  return static_cast<std::uint32_t>(offset - shift);
}

bool touches_placeholder(SourceSpan span, const std::vector<Filling>& fillings) {
  for (const Filling& filling : fillings) {
    if (span.begin < filling.span.end && filling.span.begin < span.end) return true;
  }
  return false;
}

Error at_original(Error error, const std::vector<Filling>& fillings) {
  if (!error.span) return error;
  const std::uint32_t begin = original_offset(error.span->begin, fillings);
  std::uint32_t end = original_offset(error.span->end, fillings);
  for (const Filling& filling : fillings) {
    const bool inside = begin >= filling.span.begin && begin < filling.span.end;
    if (inside || end == filling.span.begin) end = std::max(end, filling.span.end);
  }
  error.span = SourceSpan{begin, std::max(begin, end)};
  return error;
}

// How far the parser comes with this filling; past the end when it is content.
std::size_t reach(std::string_view text, const std::vector<Filling>& fillings) {
  const Result<ast::Query> tree = parse(fill(text, fillings));
  if (tree) return text.size() + 1;
  return tree.error().span ? original_offset(tree.error().span->begin, fillings) : 0;
}

void choose(std::string_view text, std::vector<Filling>& fillings) {
  for (Filling& filling : fillings) {
    std::string_view best = filling.text;  // As it is: a parameter where one may stand.
    std::size_t furthest = reach(text, fillings);
    for (const std::string_view candidate : kFillings) {
      if (furthest > text.size()) break;
      filling.text = candidate;
      const std::size_t now = reach(text, fillings);
      if (now > furthest) {
        furthest = now;
        best = candidate;
      }
    }
    filling.text = best;
    if (furthest <= filling.span.begin) return;  // Wrong before this one: nothing will help.
  }
}

Status bind_only(const ast::Query& tree, const std::shared_ptr<const Definitions>& definitions) {
  const Result<BoundQuery> bound = bind(tree, definitions);
  if (!bound) return tl::make_unexpected(bound.error());
  return {};
}

}  // namespace

std::vector<Warning> portability_warnings(std::string_view text) {
  std::vector<Filling> fillings;
  Result<ast::Query> tree = parse(text);
  if (!tree && text.size() <= kTemplateBytesMax) {
    fillings = placeholders(text);
    if (fillings.size() > kPlaceholdersMax) return {};
    choose(text, fillings);
    tree = parse(fill(text, fillings));
  }
  if (!tree) return {};
  std::vector<Warning> warnings = portability_of(*tree);
  for (Warning& warning : warnings) {
    warning.span = SourceSpan{original_offset(warning.span->begin, fillings),
                              original_offset(warning.span->end, fillings)};
  }
  return warnings;
}

Status validate(std::string_view text, const std::shared_ptr<const Definitions>& definitions) {
  const Result<ast::Query> tree = parse(text);
  if (tree) {
    const Status bound = bind_only(*tree, definitions);
    if (!bound) return tl::make_unexpected(with_place(text, bound.error()));
    return {};
  }
  if (text.size() > kTemplateBytesMax) return tl::make_unexpected(tree.error());
  std::vector<Filling> fillings = placeholders(text);
  if (fillings.empty() || fillings.size() > kPlaceholdersMax) {
    return tl::make_unexpected(tree.error());
  }
  choose(text, fillings);
  const std::string filled = fill(text, fillings);
  const Result<ast::Query> filled_tree = parse(filled);
  if (!filled_tree) return tl::make_unexpected(at_original(filled_tree.error(), fillings));
  const Status bound = bind_only(*filled_tree, definitions);
  if (bound) return {};
  Error error = at_original(bound.error(), fillings);
  if (!error.span || touches_placeholder(*error.span, fillings)) return {};
  return tl::make_unexpected(with_place(text, std::move(error)));
}

}  // namespace callisto::query
