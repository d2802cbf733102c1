// `callisto format`: queries in the house style.
#pragma once

#include "repl/command_line.h"
#include "repl/exit_code.h"

namespace callisto::repl {

// Writes the queries of a file to standard output, formatted; with `check` nothing, and exit code 1
// when they are not. A query that is refused: exit code 1, told on standard error with its place.
[[nodiscard]] ExitCode run_format(const FormatArguments& arguments);

}  // namespace callisto::repl
