#include "query/parser/error_excerpt.h"

#include <algorithm>

#include <callisto/utf8.h>

namespace callisto::query {
namespace {

constexpr std::size_t kCharactersAround = 60;  // Of a long line, on each side of the span.

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

// Moves `steps` characters from `at` towards `limit`.
std::size_t step_back(std::string_view text, std::size_t at, std::size_t limit, std::size_t steps) {
  while (at > limit && steps > 0) {
    --at;
    if (!is_continuation(text[at])) --steps;
  }
  return at;
}

std::size_t step_on(std::string_view text, std::size_t at, std::size_t limit, std::size_t steps) {
  while (at < limit && steps > 0) {
    ++at;
    while (at < limit && is_continuation(text[at]))
      ++at;
    --steps;
  }
  return at;
}

std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if ((c >= 0 && c < ' ') || c == '\x7F') c = ' ';
  }
  return result;
}

std::string excerpt(std::string_view text, SourceSpan span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t previous = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
  const std::size_t line_begin = previous == std::string_view::npos ? 0 : previous + 1;
  const std::size_t next = text.find('\n', begin);
  const std::size_t line_end = next == std::string_view::npos ? text.size() : next;
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, line_end);

  const std::size_t from = step_back(text, begin, line_begin, kCharactersAround);
  const std::size_t to = step_on(text, begin, line_end, kCharactersAround);
  const std::string left = from > line_begin ? "…" : "";
  const std::string right = to < line_end ? "…" : "";
  const std::string number = std::to_string(place_of(text, begin).line);
  const std::size_t carets =
      std::max<std::size_t>(1, characters(text.substr(begin, std::min(end, to) - begin)));

  std::string frame =
      "> " + number + " | " + left + printable(text.substr(from, to - from)) + right;
  while (frame.back() == ' ')
    frame.pop_back();
  frame.append("\n").append(number.size() + 2, ' ').append(" | ");
  frame.append(characters(left) + characters(text.substr(from, begin - from)), ' ');
  frame.append(carets, '^');
  return frame;
}

}  // namespace

TextPlace place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t newline = before.rfind('\n');
  const std::string_view line =
      newline == std::string_view::npos ? before : before.substr(newline + 1);
  return {.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
          .column = 1 + characters(line)};
}

Error with_place(std::string_view text, Error error) {
  if (!error.span || error.message.find(" at line ") != std::string::npos) return error;
  const TextPlace place = place_of(text, error.span->begin);
  const bool stop = !error.message.empty() && error.message.back() == '.';
  if (stop) error.message.pop_back();
  error.message += " (line " + std::to_string(place.line) + " column " +
                   std::to_string(place.column) + ")" + (stop ? "." : "");
  return error;
}

std::string render_error(std::string_view text, const Error& error) {
  std::string report = error.message;
  if (error.span && !text.empty()) report.append("\n\n").append(excerpt(text, *error.span));
  for (const std::string& hint : error.hints)
    report.append("\n").append(hint);
  return repaired_utf8(report);
}

}  // namespace callisto::query
