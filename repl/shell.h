// The interactive shell: read, run, print, until Ctrl-D or .quit.
#pragma once

#include <string>

#include "repl/console.h"

namespace callisto::repl {

// `place` is where the graph is stored; empty when it is in memory. Errors of statements are told
// and do not end the shell; the exit code is that of leaving, 0.
ExitCode run_shell(Console& console, const std::string& place);

}  // namespace callisto::repl
