// Dot commands about queries and where their results go.
#include "repl/doctor_command.h"
#include "repl/dot_actions.h"
#include "repl/statement.h"
#include <callisto/editing.h>

namespace callisto::repl::dot {
namespace {

constexpr int kReadDepthMax = 16;

ExitCode redirect(Console& console, const std::string& path, bool once) {
  Result<Output> file = Output::to_file(path);
  if (!file) return report(console, file.error());
  const ExitCode before = finish_output(console);
  console.file = std::move(*file);
  console.file_once = once;
  return before;
}

}  // namespace

ExitCode doctor(Console& console, const Arguments& arguments) {
  if (!arguments.rest.empty()) return run_doctor(console, arguments.rest);
  if (console.last_query.empty()) return usage(console, ".doctor");
  return run_doctor(console, console.last_query);
}

ExitCode explain(Console& console, const Arguments& arguments) {
  if (arguments.rest.empty()) return usage(console, ".explain");
  return explain_statement(console, arguments.rest, false);
}

ExitCode format(Console& console, const Arguments& arguments) {
  if (arguments.rest.empty()) return usage(console, ".format");
  const Result<std::string> formatted = format_query(arguments.rest);
  if (!formatted) return report(console, formatted.error(), arguments.rest);
  return print_text(console, *formatted + "\n");
}

ExitCode profile(Console& console, const Arguments& arguments) {
  if (arguments.rest.empty()) return usage(console, ".profile");
  return explain_statement(console, arguments.rest, true);
}

ExitCode last(Console& console, const Arguments& arguments) {
  if (!console.last) {
    say("no result is kept; one of the formats box, tree, or a list in csv, tsv, markdown keeps "
        "it\n");
    return ExitCode::Refused;
  }
  const Settings before = console.settings;
  if (!arguments.words.empty()) {
    const std::optional<Format> format = parse_format(arguments.words.front());
    if (!format) return usage(console, ".last");
    console.settings.format = *format;
  }
  console.settings.rows_shown = 0;
  const ExitCode exit = print_table(console, *console.last, console.last_time_us);
  console.settings = before;
  return exit;
}

ExitCode read(Console& console, const Arguments& arguments) {
  if (arguments.words.size() != 1) return usage(console, ".read");
  if (console.read_depth >= kReadDepthMax) {
    say("error: .read goes deeper than 16 files: does " + arguments.words.front() +
        " read itself?\n");
    return ExitCode::Limit;
  }
  ++console.read_depth;
  const ExitCode exit = run_script_file(console, arguments.words.front(), false);
  --console.read_depth;
  return exit;
}

ExitCode once(Console& console, const Arguments& arguments) {
  if (arguments.words.size() != 1) return usage(console, ".once");
  return redirect(console, arguments.words.front(), true);
}

ExitCode output(Console& console, const Arguments& arguments) {
  if (arguments.words.size() > 1) return usage(console, ".output");
  if (arguments.words.size() == 1) return redirect(console, arguments.words.front(), false);
  const ExitCode before = finish_output(console);
  console.file.reset();
  console.file_once = false;
  return before;
}

}  // namespace callisto::repl::dot
