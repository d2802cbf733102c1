// One statement: run it, print its result, say what went wrong.
#pragma once

#include <string_view>

#include "repl/console.h"

namespace callisto::repl {

// Runs a J1QL query and prints its answer in the chosen format. Rows of csv, tsv, markdown and
// ndjson are written as they come; a limit that ends the query is told after the rows before it.
ExitCode run_statement(Console& console, std::string_view text);

// The plan of a query as a tree; with `profile` the query runs and real rows and times are shown.
ExitCode explain_statement(Console& console, std::string_view text, bool profile);

// Each statement and dot command in turn. Stops at the first that fails unless `fail_at_end`, and
// at Ctrl-C. `name` and the line are told with an error; empty for typed text.
ExitCode run_script(Console& console,
                    std::string_view text,
                    const std::string& name,
                    bool fail_at_end);

// Reads and runs a file; `-` is standard input. Errors: exit code 4, told.
ExitCode run_script_file(Console& console, const std::string& path, bool fail_at_end);

}  // namespace callisto::repl
