// The `callisto` command.
#include <cstdlib>
#include <string_view>

#include "repl/command_line.h"
#include "repl/interrupt.h"
#include "repl/output.h"
#include "repl/subcommands.h"

namespace callisto::repl {
namespace {

ExitCode run(int count, char** words) {
  install_signal_handlers();
  ParsedCommandLine parsed = parse_command_line(count, words);
  if (!parsed.invocation) {
    say(parsed.err);
    Output out;
    out.write(parsed.out);
    return out.flush() ? parsed.exit : ExitCode::Failure;
  }
  // https://no-color.org: set and not empty means no colour.
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && !std::string_view(no_color).empty()) parsed.invocation->color = false;
  return run_invocation(*parsed.invocation);
}

}  // namespace
}  // namespace callisto::repl

int main(int count, char** words) {
  return static_cast<int>(callisto::repl::run(count, words));
}
