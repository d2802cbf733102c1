// Dot commands about the shell itself. Without a word each says what is set.

#include "repl/command_line.h"
#include "repl/dot_actions.h"
#include "repl/line_editor.h"
#include "repl/object_fields.h"
#include "repl/pager.h"
#include "repl/time_text.h"
#include <callisto/number_text.h>

namespace callisto::repl::dot {
namespace {

ExitCode tell(const std::string& words) {
  say(words + "\n");
  return ExitCode::Ok;
}

std::string limit_words(const Settings& settings) {
  const auto rows = settings.limits.rows_max;
  const auto time_ms = settings.limits.timeout_ms;
  const auto memory = settings.limits.memory_bytes_max;
  return "rows " + (rows == 0 ? std::string("no limit") : grouped(rows)) + ", time " +
         (time_ms == 0 ? std::string("no limit")
                       : duration_words(static_cast<double>(time_ms) * 1'000)) +
         ", memory " + (memory == 0 ? std::string("no limit") : grouped(memory >> 20) + " MiB");
}

ExitCode on_or_off(Console& console, const Arguments& arguments, const char* name, bool& setting) {
  if (arguments.words.empty()) return tell(setting ? "on" : "off");
  const std::string& word = arguments.words.front();
  if (word != "on" && word != "off") return usage(console, name);
  setting = word == "on";
  return ExitCode::Ok;
}

}  // namespace

ExitCode mode(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) return tell(to_string(console.settings.format));
  const std::optional<Format> format = parse_format(arguments.words.front());
  if (!format) return usage(console, ".mode");
  console.settings.format = *format;
  return ExitCode::Ok;
}

ExitCode layer(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) return tell(layer_name(console.settings.layer));
  const std::optional<LayerView> view = layer_from_text(arguments.words.front());
  if (!view) return usage(console, ".layer");
  console.settings.layer = *view;
  return ExitCode::Ok;
}

ExitCode param(Console& console, const Arguments& arguments) {
  auto& parameters = console.settings.parameters;
  if (arguments.words.empty()) {
    for (const auto& [name, value] : parameters)
      tell(name + " = " + to_json(value));
    return ExitCode::Ok;
  }
  const std::string& name = arguments.words.front();
  if (arguments.words.size() == 1) {
    if (parameters.erase(name) > 0) return ExitCode::Ok;
    tell("nothing changed: there is no parameter " + name);
    return ExitCode::Refused;
  }
  const std::size_t at = arguments.rest.find_first_not_of(" \t", name.size());
  const Result<Value> value = variable_from_text(arguments.rest.substr(at));
  if (!value) return report(console, value.error());
  parameters[name] = *value;
  return ExitCode::Ok;
}

ExitCode limit(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) return tell(limit_words(console.settings));
  if (arguments.words.size() != 2) return usage(console, ".limit");
  if (arguments.words[0] == "rows") {
    const auto rows = number_from<std::size_t>(arguments.words[1]);
    if (!rows) return usage(console, ".limit");
    console.settings.limits.rows_max = *rows;
    return ExitCode::Ok;
  }
  if (arguments.words[0] == "memory") {
    const auto mebibytes = number_from<std::size_t>(arguments.words[1]);
    if (!mebibytes || *mebibytes > kMemoryMibMax) return usage(console, ".limit");
    console.settings.limits.memory_bytes_max = *mebibytes << 20;
    return ExitCode::Ok;
  }
  const auto seconds = number_from<double>(arguments.words[1]);
  if (arguments.words[0] != "time" || !seconds || !(*seconds >= 0) ||
      *seconds > kTimeoutSecondsMax) {
    return usage(console, ".limit");
  }
  console.settings.limits.timeout_ms = timeout_ms(*seconds);
  return ExitCode::Ok;
}

ExitCode deleted(Console& console, const Arguments& arguments) {
  return on_or_off(console, arguments, ".deleted", console.settings.include_deleted);
}

ExitCode timer(Console& console, const Arguments& arguments) {
  return on_or_off(console, arguments, ".timer", console.settings.timer);
}

ExitCode revisit(Console& console, const Arguments& arguments) {
  return on_or_off(console, arguments, ".revisit", console.settings.revisit_vertices);
}

ExitCode maxrows(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) return tell(std::to_string(console.settings.rows_shown));
  const auto rows = number_from<std::size_t>(arguments.words.front());
  if (!rows) return usage(console, ".maxrows");
  console.settings.rows_shown = *rows;
  return ExitCode::Ok;
}

ExitCode width(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) {
    return tell(console.settings.width ? std::to_string(*console.settings.width) : "auto");
  }
  if (arguments.words.front() == "auto") {
    console.settings.width.reset();
    return ExitCode::Ok;
  }
  const auto columns = number_from<std::size_t>(arguments.words.front());
  if (!columns) return usage(console, ".width");
  console.settings.width = *columns;
  return ExitCode::Ok;
}

ExitCode pager(Console& console, const Arguments& arguments) {
  std::string& command = console.settings.pager;
  if (arguments.words.empty()) return tell(command.empty() ? "off" : command);
  if (arguments.rest == "on") {
    command = usual_pager();
  } else {
    command = arguments.rest == "off" ? std::string() : std::string(arguments.rest);
  }
  return ExitCode::Ok;
}

ExitCode history(Console& console, const Arguments& arguments) {
  std::size_t count = 20;
  if (!arguments.words.empty()) {
    const auto asked = number_from<std::size_t>(arguments.words.front());
    if (!asked) return usage(console, ".history");
    count = *asked;
  }
  std::string text;
  for (const std::string& entry : LineEditor::history(count))
    text += entry + "\n";
  return print_text(console, text);
}

ExitCode help(Console& console, const Arguments& arguments) {
  if (arguments.words.empty()) return print_text(console, help_text());
  std::string name = arguments.words.front();
  if (!name.starts_with('.')) name.insert(0, 1, '.');
  const DotCommand* command = find_dot_command(name);
  if (command == nullptr) return no_command(console, name);
  return print_text(console, help_text(*command));
}

ExitCode quit(Console& console, const Arguments& /*arguments*/) {
  console.leave = true;
  return ExitCode::Ok;
}

}  // namespace callisto::repl::dot
