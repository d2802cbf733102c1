// The loop of the shell.
#include "repl/shell.h"

#include "repl/command_line.h"
#include "repl/completer.h"
#include "repl/interrupt.h"
#include "repl/line_editor.h"
#include "repl/script.h"
#include "repl/statement.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

void greet(Console& console, const std::string& place) {
  const GraphSummary summary = console.database.summary();
  say("Callisto · " + (place.empty() ? std::string("in memory, gone at the end") : place) + " · " +
      counted(summary.entities, "entity") + ", " + counted(summary.relationships, "relationship") +
      ", " + counted(summary.overrides, "override") +
      "\n.help lists the commands; a query ends with ;\n");
}

}  // namespace

ExitCode run_shell(Console& console, const std::string& place) {
  greet(console, place);
  LineEditor editor({is_complete_input,
                     [&console](std::string_view text, std::size_t offset) {
                       return complete_input(console, text, offset);
                     }},
                    default_history_file());
  while (!console.leave) {
    const char* layer = console.settings.layer == LayerView::Effective ? "" : ":";
    const std::string prompt = std::string("callisto") + layer +
                               (*layer == '\0' ? "" : layer_name(console.settings.layer)) + "> ";
    const TypedLine typed = editor.read(prompt);
    if (typed.end == TypedLine::End::Left) break;
    if (typed.end == TypedLine::End::Cleared || typed.text.empty()) continue;
    interrupt_token().reset();
    run_script(console, typed.text, "", false);
  }
  return ExitCode::Ok;
}

}  // namespace callisto::repl
