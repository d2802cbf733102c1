// What `callisto NAME ...` does for each name.
#pragma once

#include "repl/command_line.h"
#include "repl/console.h"

namespace callisto::repl {

// Opens the graph, loads what --load names, and does what the invocation asks for.
[[nodiscard]] ExitCode run_invocation(const Invocation& invocation);

// Shared with the shell.
ExitCode show_why(Console& console, const std::vector<std::string>& words);
ExitCode show_overrides(Console& console, const OverrideQuery& query);
ExitCode show_override_summary(Console& console, const OverrideQuery& query);

}  // namespace callisto::repl
