// Words of dot commands from their table; J1QL from the library.
#include "repl/completer.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "repl/command_line.h"
#include "repl/dot_commands.h"
#include <callisto/editing.h>

namespace callisto::repl {
namespace {

void add_matching(std::vector<std::string>& out,
                  const std::vector<std::string>& words,
                  std::string_view prefix) {
  for (const std::string& word : words) {
    if (word.starts_with(prefix)) out.push_back(word);
  }
}

// A name as one argument: in quotes when it has blanks or quotes in it. Nothing for one that has
// quotes of both kinds.
std::optional<std::string> argument(const std::string& name) {
  if (name.find_first_of(" \t\"'") == std::string::npos) return name;
  for (const char quote : {'"', '\''}) {
    if (name.find(quote) == std::string::npos) return quote + name + quote;
  }
  return std::nullopt;
}

void add_arguments(std::vector<std::string>& out,
                   const std::vector<std::string>& names,
                   std::string_view prefix) {
  for (const std::string& name : names) {
    const std::optional<std::string> written = argument(name);
    if (written && (name.starts_with(prefix) || written->starts_with(prefix))) {
      out.push_back(*written);
    }
  }
}

std::vector<std::string> names_of(const std::vector<NamedCount>& counts) {
  std::vector<std::string> names;
  names.reserve(counts.size());
  for (const NamedCount& count : counts) {
    names.push_back(count.name);
  }
  return names;
}

// Files and folders that start with what was typed.
std::vector<std::string> file_words(std::string_view prefix) {
  const std::filesystem::path typed(prefix);
  const std::filesystem::path folder = typed.parent_path();
  const std::string start = typed.filename().string();
  std::vector<std::string> words;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error), end;
       !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(start) || (start.empty() && name.starts_with('.'))) continue;
    std::error_code ignored;
    words.push_back((folder / name).string() + (entry->is_directory(ignored) ? "/" : ""));
  }
  std::sort(words.begin(), words.end());
  return words;
}

std::vector<std::string> argument_words(const Console& console,
                                        ArgumentKind kind,
                                        std::size_t position,
                                        std::string_view prefix) {
  std::vector<std::string> words;
  switch (kind) {
    case ArgumentKind::Format:
      add_matching(words, format_names(), prefix);
      break;
    case ArgumentKind::Layer:
      add_matching(words, layer_names(), prefix);
      break;
    case ArgumentKind::OnOff:
      add_matching(words, {"on", "off"}, prefix);
      break;
    case ArgumentKind::OverrideState:
      if (position == 0) add_matching(words, override_state_names(), prefix);
      if (position == 0) add_matching(words, {"all"}, prefix);
      break;
    case ArgumentKind::ClassOrType:
      add_arguments(words, names_of(console.database.classes()), prefix);
      [[fallthrough]];
    case ArgumentKind::Type:
      add_arguments(words, names_of(console.database.types()), prefix);
      break;
    case ArgumentKind::Command:
      for (const DotCommand& command : dot_commands()) {
        add_matching(words, {std::string(command.name).substr(1)}, prefix);
      }
      break;
    case ArgumentKind::File:
      return file_words(prefix);
    case ArgumentKind::Sync:
      if (position == 0) return file_words(prefix);
      if (position == 1) add_matching(words, sync_mode_names(), prefix);
      if (position == 3) add_matching(words, {"dry-run"}, prefix);
      break;
    case ArgumentKind::Entity:
      if (position != 1) break;
      for (const PropertySummary& property : console.database.properties("")) {
        add_arguments(words, {property.name}, prefix);
      }
      break;
    case ArgumentKind::None:
    case ArgumentKind::Query:
      break;
  }
  return words;
}

Completions complete_command(const Console& console, std::string_view line, std::size_t start) {
  const std::size_t word = line.find_last_of(" \t") + 1;  // npos + 1 is 0: the command itself.
  Completions out;
  out.begin = start + word;
  const std::string_view prefix = line.substr(word);
  if (word == 0) {
    for (const DotCommand& command : dot_commands()) {
      add_matching(out.candidates, {command.name}, prefix);
    }
    return out;
  }
  const std::size_t name_end = line.find_first_of(" \t");
  const DotCommand* command = find_dot_command(line.substr(0, name_end));
  if (command == nullptr) return out;
  if (command->completes == ArgumentKind::Query) {
    const QueryCompletions found =
        complete_query(console.database, line.substr(name_end), line.size() - name_end);
    return {start + name_end + found.begin, found.words};
  }
  const std::size_t position = split_arguments(line.substr(name_end, word - name_end)).words.size();
  out.candidates = argument_words(console, command->completes, position, prefix);
  return out;
}

}  // namespace

Completions complete_input(const Console& console, std::string_view text, std::size_t offset) {
  const std::string_view head = text.substr(0, offset);
  // A dot command is one line; it can only start where a statement may, so before any other text.
  const std::size_t start = head.find_first_not_of(" \t\r\n;");
  if (start != std::string_view::npos && head[start] == '.' &&
      head.find('\n', start) == std::string_view::npos) {
    return complete_command(console, head.substr(start), start);
  }
  const QueryCompletions found = complete_query(console.database, text, offset);
  return {found.begin, found.words};
}

}  // namespace callisto::repl
