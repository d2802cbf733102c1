// `callisto validate`: are the queries of these files queries?
#pragma once

#include "repl/command_line.h"
#include "repl/exit_code.h"

namespace callisto::repl {

// Prints each query that is refused as file:line:column: message, with --portable a warning for
// each extension of ours, and a line "N valid, N invalid". Refused queries: exit code 1; a file
// that cannot be read or is broken, and a file or folder in which no query is found: 2, told on
// standard error.
[[nodiscard]] ExitCode run_validate(const ValidateArguments& arguments);

}  // namespace callisto::repl
