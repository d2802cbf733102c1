#include "repl/query_errors.h"

#include "repl/text_width.h"

namespace callisto::repl {
namespace {

// The message says where in the query, which is not where in the file: ` at line 1 column 2` or
// ` (line 1 column 2)`.
std::string without_place(std::string message) {
  std::size_t begin = message.find(" at line ");
  const bool in_parentheses = begin == std::string::npos;
  if (in_parentheses) begin = message.find(" (line ");
  if (begin == std::string::npos) return message;
  std::size_t end = message.find("line ", begin) + 5;
  const auto skip_digits = [&] {
    while (end < message.size() && message[end] >= '0' && message[end] <= '9')
      ++end;
  };
  skip_digits();
  if (message.compare(end, 8, " column ") != 0) return message;
  end += 8;
  skip_digits();
  if (in_parentheses && message.compare(end++, 1, ")") != 0) return message;
  return message.erase(begin, end - begin);
}

}  // namespace

std::string file_name(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

std::string error_at(const std::string& path, FilePlace place, const Error& error) {
  std::string text = visible(file_name(path)) + ":" + std::to_string(place.line) + ":" +
                     std::to_string(place.column) + ": " + visible(without_place(error.message)) +
                     "\n";
  for (const std::string& hint : error.hints)
    text += "  " + visible(hint) + "\n";
  return text;
}

}  // namespace callisto::repl
