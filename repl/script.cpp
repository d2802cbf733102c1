// A scanner that knows just enough of J1QL to see where a statement ends.
#include "repl/script.h"

#include <algorithm>

namespace callisto::repl {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::size_t end_of_line(std::string_view text, std::size_t offset) {
  return std::min(text.find('\n', offset), text.size());
}

// Past the closing `quote`, or the end of the text. A backslash hides what follows it.
std::size_t skip_quoted(std::string_view text, std::size_t offset, char quote) {
  for (++offset; offset < text.size(); ++offset) {
    if (text[offset] == '\\') {
      ++offset;
    } else if (text[offset] == quote) {
      return offset + 1;
    }
  }
  return text.size();
}

std::size_t skip_until(std::string_view text, std::size_t offset, std::string_view end) {
  const std::size_t found = text.find(end, offset);
  return found == std::string_view::npos ? text.size() : found + end.size();
}

// A slash starts a regex only where a value may stand: after an operator, a parenthesis, or one of
// the words that join values.
bool regex_may_start(std::string_view before) {
  const std::string_view text = trim(before);
  if (text.empty()) return false;
  if (std::string_view("=~(").find(text.back()) != std::string_view::npos) return true;
  // A look further back at every slash would cost the square of the length.
  const std::string_view end = text.substr(text.size() - std::min(text.size(), std::size_t{4}));
  const std::size_t blank = end.find_last_of(" \t\r\n)");
  std::string word(end.substr(blank == std::string_view::npos ? 0 : blank + 1));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return word == "OR" || word == "AND";
}

struct Scan {
  std::size_t end = 0;     // Of the statement, before its `;`.
  bool ended = false;      // By a `;`.
  bool has_words = false;  // Not only blanks and comments.
};

Scan scan_statement(std::string_view text, std::size_t start) {
  Scan scan;
  std::size_t offset = start;
  while (offset < text.size()) {
    const char c = text[offset];
    if (c == '/' && text.substr(offset, 2) == "/*") {
      offset = skip_until(text, offset + 2, "*/");
      continue;
    }
    if (c == ';') {
      scan.ended = true;
      break;
    }
    if (!is_blank(c)) scan.has_words = true;
    if (c == '\'' || c == '"') {
      offset = skip_quoted(text, offset, c);
    } else if (c == '[') {
      offset = skip_until(text, offset + 1, "]");
    } else if (c == '/' && regex_may_start(text.substr(start, offset - start))) {
      offset = skip_quoted(text, offset, '/');
    } else {
      ++offset;
    }
  }
  scan.end = std::min(offset, text.size());
  return scan;
}

// Past blanks and the lines that say nothing between two statements.
std::size_t skip_between(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (is_blank(text[offset]) || text[offset] == ';') {
      ++offset;
    } else if (text.substr(offset, 2) == "--" || text.substr(offset, 2) == "#!") {
      offset = end_of_line(text, offset);
    } else {
      break;
    }
  }
  return offset;
}

}  // namespace

std::vector<ScriptItem> split_script(std::string_view text) {
  std::vector<ScriptItem> items;
  std::size_t line = 1;
  std::size_t counted = 0;
  const auto line_at = [&](std::size_t offset) {
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                text.begin() + static_cast<std::ptrdiff_t>(offset),
                                                '\n'));
    counted = offset;
    return line;
  };
  for (std::size_t offset = skip_between(text, 0); offset < text.size();
       offset = skip_between(text, offset)) {
    if (text[offset] == '.') {
      const std::size_t end = end_of_line(text, offset);
      std::string_view command = trim(text.substr(offset, end - offset));
      items.push_back({true, std::string(command), line_at(offset)});
      offset = end;
      continue;
    }
    const Scan scan = scan_statement(text, offset);
    if (scan.has_words) {
      items.push_back(
          {false, std::string(trim(text.substr(offset, scan.end - offset))), line_at(offset)});
    }
    offset = scan.end + (scan.ended ? 1 : 0);
  }
  return items;
}

bool is_complete_input(std::string_view text) {
  const std::size_t start = skip_between(text, 0);
  if (start >= text.size()) return true;
  const std::size_t last_line = text.rfind('\n');
  if (last_line != std::string_view::npos && trim(text.substr(last_line)).empty()) return true;
  std::size_t offset = start;
  while (offset < text.size()) {
    if (text[offset] == '.') {
      offset = skip_between(text, end_of_line(text, offset));
      continue;
    }
    const Scan scan = scan_statement(text, offset);
    if (!scan.ended) return !scan.has_words;
    offset = skip_between(text, scan.end + 1);
  }
  return true;
}

}  // namespace callisto::repl
