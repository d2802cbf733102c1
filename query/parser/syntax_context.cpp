// What stands around the place where the grammar stopped.
#include <algorithm>

#include "query/parser/error_excerpt.h"
#include "query/parser/hint_families.h"
#include "query/parser/spelling.h"

namespace callisto::query {
namespace {

constexpr std::size_t kWrittenBytesMax = 60;

bool ends_word(Kind kind) {
  return kind == Kind::LeftParen || kind == Kind::RightParen || kind == Kind::Comma ||
         kind == Kind::Semicolon || kind == Kind::Compare || kind == Kind::End;
}

bool ends_node(Kind kind) {
  return kind == Kind::That || kind == Kind::Where || kind == Kind::Return || kind == Kind::Order ||
         kind == Kind::End;
}

}  // namespace

Kind SyntaxContext::kind(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return Kind::End;
  return list.tokens[static_cast<std::size_t>(at)].kind;
}

std::string_view SyntaxContext::word(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return {};
  return list.tokens[static_cast<std::size_t>(at)].text(text);
}

bool SyntaxContext::word_is(std::string_view wanted, std::ptrdiff_t offset) const {
  return same_ignoring_case(word(offset), wanted);
}

bool SyntaxContext::touches_previous(std::ptrdiff_t offset) const {
  const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(index) + offset;
  if (at < 1 || at >= static_cast<std::ptrdiff_t>(list.tokens.size())) return false;
  const auto place = static_cast<std::size_t>(at);
  return list.tokens[place - 1].end == list.tokens[place].begin;
}

Kind SyntaxContext::clause() const {
  for (std::size_t i = index; i-- > 0;) {
    const Kind found = list.tokens[i].kind;
    switch (found) {
      case Kind::Find:
      case Kind::With:
      case Kind::That:
      case Kind::Where:
      case Kind::Return:
      case Kind::Having:
      case Kind::Order:
      case Kind::Skip:
      case Kind::Limit:
        return found;
      default:
        break;
    }
  }
  return Kind::End;
}

std::string SyntaxContext::written(std::ptrdiff_t first, std::ptrdiff_t last) const {
  const auto at = static_cast<std::ptrdiff_t>(index);
  const auto end = static_cast<std::ptrdiff_t>(list.tokens.size()) - 1;
  const auto from = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + first, 0, end));
  const auto to = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + last, 0, end));
  if (from > to) return {};
  const std::size_t begin = list.tokens[from].begin;
  std::string words(text.substr(begin, list.tokens[to].end - begin));
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  return words.size() <= kWrittenBytesMax ? words : "…";
}

std::ptrdiff_t SyntaxContext::run_on(std::ptrdiff_t offset) const {
  while (touches_previous(offset + 1) && !ends_word(kind(offset + 1)))
    ++offset;
  return offset;
}

std::string SyntaxContext::left_property() const {
  if (kind(-1) != Kind::Compare) return {};
  std::ptrdiff_t first = -2;
  while (touches_previous(first) && !ends_word(kind(first - 1)))
    --first;
  return written(first, -2);
}

std::string SyntaxContext::first_selector() const {
  const auto& tokens = list.tokens;
  std::size_t at = 0;
  if (const auto open = open_parenthesis(); open && tokens[*open + 1].kind == Kind::Find) {
    at = *open + 1;  // Inside a subquery.
  }
  std::string_view target;
  for (std::size_t i = at; !ends_node(tokens[i].kind); ++i) {
    const Token& next = tokens[i + 1];
    const bool name = is_word(next.kind) && !is_reserved(next.kind);
    if (tokens[i].kind == Kind::As && name) return std::string(next.text(text));
    const bool opens = tokens[i].kind == Kind::Find || tokens[i].kind == Kind::Unique ||
                       tokens[i].kind == Kind::SmartClass;
    if (opens && name && target.empty()) target = next.text(text);
  }
  return target.empty() ? "alias" : std::string(target);
}

bool SyntaxContext::is_selector(std::string_view name) const {
  for (std::size_t i = 1; i < list.tokens.size(); ++i) {
    if (list.tokens[i].text(text) != name) continue;
    const Kind before = list.tokens[i - 1].kind;
    if (before == Kind::As || before == Kind::Find || before == Kind::Unique) return true;
    // THAT HAS Device: two words on from THAT.
    if (i >= 2 && list.tokens[i - 2].kind == Kind::That) return true;
  }
  return false;
}

std::optional<std::size_t> SyntaxContext::open_parenthesis() const {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < index; ++i) {
    if (list.tokens[i].kind == Kind::LeftParen) open.push_back(i);
    if (list.tokens[i].kind == Kind::RightParen && !open.empty()) open.pop_back();
  }
  if (open.empty()) return std::nullopt;
  return open.back();
}

bool SyntaxContext::is_closed(std::size_t open) const {
  std::size_t depth = 0;
  for (std::size_t i = open; i < list.tokens.size(); ++i) {
    if (list.tokens[i].kind == Kind::LeftParen) ++depth;
    if (list.tokens[i].kind == Kind::RightParen && --depth == 0) return true;
  }
  return false;
}

void parenthesis_hints(const SyntaxContext& c, Hints& hints) {
  const auto open = c.open_parenthesis();
  if (!open) {
    if (c.kind() == Kind::RightParen) hints.emplace_back("There is no \"(\" for this \")\".");
    return;
  }
  const bool misses_it = c.kind() == Kind::End || c.wants(Expect::Close);
  if (!misses_it || c.is_closed(*open)) return;
  const TextPlace place = place_of(c.text, c.list.tokens[*open].begin);
  const std::string where = "The \"(\" at line " + std::to_string(place.line) + " column " +
                            std::to_string(place.column) + " is not closed";
  const bool optional = c.list.tokens[*open + 1].kind == Kind::That;
  const std::string hint =
      where + (optional ? ": an optional traversal is written (THAT …)?." : ".");
  // First where another word than the ")" would lead astray.
  hints.insert(c.kind() == Kind::End ? hints.end() : hints.begin(), hint);
}

}  // namespace callisto::query
