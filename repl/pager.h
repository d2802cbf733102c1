// Long answers through a pager. The only door to popen(3).
#pragma once

#include <string>
#include <string_view>

namespace callisto::repl {

// $PAGER, else pspg where it is installed, else less: a command for the shell.
[[nodiscard]] std::string usual_pager();

// Whether the text has more lines than the screen; false when standard output is no terminal.
[[nodiscard]] bool overflows_screen(std::string_view text);

// Runs the command with the text as its input and waits until it ends. False when it cannot be
// started: nothing was shown then. Ctrl-C is the pager's meanwhile.
[[nodiscard]] bool show_paged(std::string_view text, const std::string& command);

}  // namespace callisto::repl
