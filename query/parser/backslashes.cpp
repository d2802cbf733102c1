#include "query/parser/backslashes.h"

#include <algorithm>

#include "query/parser/hint_families.h"
#include "query/parser/lexer.h"

namespace callisto::query {
namespace {

constexpr std::size_t kShownBytesMax = 80;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// How the backslashes of a text are read.
struct Backslashes {
  std::size_t doubled = 0;  // \\ is one.
  std::size_t kept = 0;     // \U stays as it is.
  std::size_t control = 0;  // \n and \t are others.
};

Backslashes count(std::string_view written) {
  Backslashes counts;
  for (std::size_t i = 0; i + 1 < written.size(); ++i) {
    if (written[i] != '\\') continue;
    const char next = written[++i];
    if (next == '\\') {
      ++counts.doubled;
    } else if (next == 'n' || next == 't') {
      ++counts.control;
    } else if (next != '\'' && next != '"') {
      ++counts.kept;
    }
  }
  return counts;
}

bool starts_with_drive(std::string_view written) {
  return written.size() > 2 && is_letter(written[0]) && written[1] == ':' && written[2] == '\\';
}

// \\server
bool starts_with_host(std::string_view written) {
  return written.size() > 2 && written.starts_with("\\\\") && is_word_character(written[2]);
}

// CORP\nina: a name in capitals, one backslash, another name.
bool is_domain_name(std::string_view written) {
  const std::size_t at = written.find('\\');
  if (at == 0 || at == std::string_view::npos || at + 2 >= written.size()) return false;
  const std::string_view domain = written.substr(0, at);
  const std::string_view name = written.substr(at + 1);
  const auto is_capital = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return std::all_of(domain.begin(), domain.end(), is_capital) &&
         std::all_of(
             name.begin(), name.end(), [](char c) { return is_word_character(c) || c == '.'; });
}

// What a regular expression has and a path has not.
bool has_pattern(std::string_view written) {
  return written.find_first_of("+*?^|[]{}") != std::string_view::npos;
}

// The end of a text that a backslash keeps open: just before the quote that it escapes and nothing
// follows. npos: there is none.
std::size_t escaped_end(std::string_view rest) {
  const char quote = rest.front();
  for (std::size_t i = 1; i + 1 < rest.size(); ++i) {
    if (rest[i] != '\\') continue;
    ++i;
    if (rest[i] != quote) continue;
    const char next = i + 1 < rest.size() ? rest[i + 1] : ' ';
    if (next == ' ' || next == ')' || next == ',' || next == ';' || next == '\n') return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool is_unescaped_path(std::string_view written) {
  const Backslashes counts = count(written);
  if (starts_with_host(written)) return counts.control + counts.kept > 0 && !has_pattern(written);
  if (counts.control == 0) return false;
  return starts_with_drive(written) || is_domain_name(written) ||
         (counts.kept > 0 && !has_pattern(written));
}

std::string doubled_backslashes(std::string_view written) {
  std::string doubled;
  for (const char c : written) {
    doubled.append(c == '\\' ? 2 : 1, c);
  }
  return doubled;
}

std::vector<Warning> path_warnings(std::string_view text) {
  std::vector<Warning> warnings;
  if (text.find('\\') == std::string_view::npos) return warnings;
  for (const Token& token : tokenize(text).tokens) {
    if (token.kind != Kind::String) continue;
    const std::string_view quoted = token.text(text);
    const std::string_view written = quoted.substr(1, quoted.size() - 2);
    if (!is_unescaped_path(written)) continue;
    const Backslashes counts = count(written);
    std::string message = "A backslash begins an escape: ";
    message += counts.control > 0 ? "\\n is a line break here and \\t a tab."
                                  : "the two at the beginning are one here.";
    Warning warning{.message = std::move(message), .span = token.span()};
    const std::string form = quoted.size() <= kShownBytesMax
                                 ? quoted.front() + doubled_backslashes(written) + quoted.front()
                                 : std::string("\\\\");
    warning.hints.push_back("Double the backslashes of a path: " + form + ".");
    warnings.push_back(std::move(warning));
  }
  return warnings;
}

// 'C:\' is not closed, or closes where the next text should begin.
void backslash_hints(const SyntaxContext& c, Hints& hints) {
  const Token& token = c.list.tokens[c.index];
  const bool open = token.flaw == Flaw::UnterminatedString;
  const bool behind = c.kind(-1) == Kind::String && c.touches_previous();
  if (!open && !behind) return;
  const std::size_t begin = open ? token.begin : c.list.tokens[c.index - 1].begin;
  const std::string_view rest = c.text.substr(begin);
  const std::size_t end = escaped_end(rest);
  if (end == std::string_view::npos || end > kShownBytesMax) return;
  const std::string_view written = rest.substr(1, end - 1);
  hints.push_back(
      "A backslash before a quote keeps the text open: write \\\\ for \\ and \\\\\\\\ for \\\\, "
      "here " +
      std::string(1, rest.front()) + doubled_backslashes(written) + rest.front() + ".");
}

}  // namespace callisto::query
