// Lookup, help and dispatch of the dot commands; the table is in dot_table.cpp.
#include "repl/dot_commands.h"

#include <algorithm>

#include "repl/text_width.h"

namespace callisto::repl {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kNameWidth = 12;  // Of a command in .help, whose lines fit 80 columns.

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

const DotCommand* find_dot_command(std::string_view name) {
  const DotCommand* found = nullptr;
  for (const DotCommand& command : dot_commands()) {
    if (command.name == name) return &command;
    if (name.size() > 1 && std::string_view(command.name).starts_with(name)) {
      if (found != nullptr) return nullptr;
      found = &command;
    }
  }
  return found;
}

Arguments split_arguments(std::string_view rest) {
  Arguments arguments;
  rest = trim(rest);
  while (rest.ends_with(';'))
    rest = trim(rest.substr(0, rest.size() - 1));
  arguments.rest = rest;
  std::size_t offset = 0;
  while (offset < rest.size()) {
    if (kBlanks.find(rest[offset]) != std::string_view::npos) {
      ++offset;
      continue;
    }
    std::string word;
    char quote = '\0';
    for (; offset < rest.size(); ++offset) {
      const char c = rest[offset];
      if (quote == '\0' && kBlanks.find(c) != std::string_view::npos) break;
      if (quote == '\0' && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    }
    arguments.words.push_back(std::move(word));
  }
  return arguments;
}

ExitCode run_dot_command(Console& console, std::string_view line) {
  const std::size_t blank = std::min(line.find_first_of(kBlanks), line.size());
  std::string_view name = line.substr(0, blank);
  while (name.ends_with(';'))
    name.remove_suffix(1);
  const DotCommand* command = find_dot_command(name);
  if (command == nullptr) return no_command(console, name);
  return command->run(console, split_arguments(line.substr(blank)));
}

ExitCode no_command(Console& console, std::string_view name) {
  say(console.colors.error("error: ") + "no command " + visible(name) +
      ", or several start so; .help lists them\n");
  return ExitCode::Usage;
}

ExitCode usage(Console& console, const char* name) {
  const DotCommand* command = find_dot_command(name);
  if (command == nullptr) return ExitCode::Usage;
  say(console.colors.error("usage: ") + command->name + " " + command->arguments +
      "\n  example: " + command->example + "\n");
  return ExitCode::Usage;
}

std::string help_text() {
  std::string out =
      "A query ends with ; or an empty line. Tab completes, Ctrl-R searches what was\n"
      "typed before, Ctrl-C stops a query or clears the line, Ctrl-D leaves.\n\n";
  for (const DotCommand& command : dot_commands()) {
    out += pad(command.name, kNameWidth, Alignment::Left) + command.summary + "\n";
  }
  return out + "\n.help NAME tells what else it takes, and gives an example.\n";
}

std::string help_text(const DotCommand& command) {
  std::string out =
      std::string(command.name) + " " + command.arguments + "\n  " + command.summary + "\n";
  if (*command.details != '\0') out += std::string("  ") + command.details + "\n";
  return out + "  example: " + command.example + "\n";
}

}  // namespace callisto::repl
