#include "query/parser/layout.h"

#include <algorithm>
#include <optional>

#include "query/parser/lexer.h"
#include "query/parser/token_twins.h"

namespace callisto::query {
namespace {

constexpr std::string_view kIndent = "    ";
constexpr std::size_t kAnyBlank = static_cast<std::size_t>(-1);  // As a depth: the last resort.

bool is_parenthesis(Kind kind) {
  return kind == Kind::LeftParen || kind == Kind::RightParen;
}

std::size_t parentheses_of(const std::vector<Token>& tokens) {
  return static_cast<std::size_t>(std::count_if(
      tokens.begin(), tokens.end(), [](const Token& token) { return is_parenthesis(token.kind); }));
}

struct Insertion {
  std::size_t at = 0;
  char text = ' ';
};

// The nearest token before or after `at` that is no parenthesis that the printer left out.
std::size_t neighbour(const TokenTwins& texts, const Twins& twins, std::size_t at, int step) {
  const std::vector<Token>& tokens = texts.tokens();
  do {
    at = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + step);
  } while (at > 0 && at + 1 < tokens.size() && is_parenthesis(tokens[at].kind) && !twins.has[at]);
  return at;
}

// An opening one stands before what follows it, a closing one behind what comes before it. Where
// that is written otherwise now, all of it stands between the twins on both sides.
std::vector<Insertion> missing_parentheses(const TokenTwins& texts, const Twins& twins) {
  const std::vector<Token>& tokens = texts.tokens();
  const std::vector<Token>& printed = texts.printed_tokens();
  std::vector<Insertion> insertions;
  std::size_t first_free = 0;  // Behind the last twin.
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (twins.has[i]) {
      first_free = twins.next[i] + 1;
    } else if (tokens[i].kind == Kind::LeftParen) {
      const bool followed = twins.has[neighbour(texts, twins, i, 1)];
      insertions.push_back({printed[followed ? twins.next[i] : first_free].begin, '('});
    } else if (tokens[i].kind == Kind::RightParen) {
      const bool follows = twins.has[neighbour(texts, twins, i, -1)];
      const std::size_t behind = follows ? first_free : twins.next[i];
      insertions.push_back({behind == 0 ? 0 : printed[behind - 1].end, ')'});
    }
  }
  std::stable_sort(insertions.begin(),
                   insertions.end(),
                   [](const Insertion& a, const Insertion& b) { return a.at < b.at; });
  return insertions;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// A place where a line may end: before the token at `at`.
struct Break {
  std::size_t end = 0;  // Of what stays.
  std::size_t at = 0;
  std::size_t depth = 0;
};

// Whether a line may end between two tokens.
bool may_break(Kind before, Kind after) {
  return before == Kind::Comma || before == Kind::Pipe || after == Kind::And || after == Kind::Or ||
         after == Kind::With;
}

std::vector<Break> breaks_of(std::string_view line) {
  std::vector<Break> breaks;
  const TokenList list = tokenize(line);
  std::size_t depth = 0;
  for (std::size_t i = 0; i + 1 < list.tokens.size(); ++i) {
    const Token& token = list.tokens[i];
    if (i > 0) {
      const Token& before = list.tokens[i - 1];
      const bool good = may_break(before.kind, token.kind);
      // Any blank is better than a long line.
      if (good || before.end < token.begin) {
        breaks.push_back({before.end, token.begin, good ? depth : kAnyBlank});
      }
    }
    if (token.kind == Kind::LeftParen) ++depth;
    if (token.kind == Kind::RightParen && depth > 0) --depth;
  }
  return breaks;
}

// The last of the outermost places that fit; else the first that there is.
std::optional<Break> best_break(const std::vector<Break>& breaks,
                                std::string_view line,
                                std::size_t begin,
                                std::size_t width) {
  std::optional<Break> best;
  for (const Break& place : breaks) {
    if (place.end <= begin) continue;
    const bool fits = characters_in(line.substr(begin, place.end - begin)) <= width;
    if (!fits) return best ? best : std::optional(place);
    if (!best || place.depth <= best->depth) best = place;
  }
  return best;
}

// One line of the printed query.
void append_broken(std::string& out, std::string_view line, std::size_t width) {
  if (characters_in(line) <= width) {
    out += line;
    return;
  }
  const std::size_t margin = std::min(line.find_first_not_of(' '), line.size());
  const std::string indent = std::string(margin, ' ').append(kIndent);
  const std::vector<Break> breaks = breaks_of(line);
  std::size_t begin = 0;
  std::size_t room = width;
  while (characters_in(line.substr(begin)) > room) {
    const std::optional<Break> place = best_break(breaks, line, begin, room);
    if (!place) break;
    out.append(line.substr(begin, place->end - begin)).append("\n").append(indent);
    begin = place->at;
    room = width - std::min(width - 1, indent.size());
  }
  out += line.substr(begin);
}

}  // namespace

std::string weave_parentheses(std::string_view text, std::string_view printed) {
  const TokenTwins texts(text, printed);
  if (parentheses_of(texts.tokens()) <= parentheses_of(texts.printed_tokens()) || !texts.fits()) {
    return std::string(printed);
  }
  std::string woven;
  std::size_t done = 0;
  for (const Insertion& part : missing_parentheses(texts, texts.find())) {
    woven.append(printed.substr(done, part.at - done));
    woven += part.text;
    done = part.at;
  }
  return woven.append(printed.substr(done));
}

std::string break_lines(std::string_view printed, std::size_t width) {
  std::string out;
  while (!printed.empty()) {
    const std::size_t end = std::min(printed.find('\n'), printed.size());
    append_broken(out, printed.substr(0, end), width);
    printed.remove_prefix(end);
    if (printed.empty()) break;
    out += '\n';
    printed.remove_prefix(1);
  }
  return out;
}

}  // namespace callisto::query
