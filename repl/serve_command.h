// `callisto serve`: the HTTP server until SIGINT or SIGTERM.
#pragma once

#include "repl/command_line.h"
#include "repl/exit_code.h"

namespace callisto::repl {

[[nodiscard]] ExitCode run_server(const Invocation& invocation);

}  // namespace callisto::repl
