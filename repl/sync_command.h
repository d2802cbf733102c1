// A sync job from start to report, for `callisto sync` and `.sync`.
#pragma once

#include <string>

#include "repl/command_line.h"
#include "repl/console.h"

namespace callisto::repl {

// Starts the job, uploads every path with progress, finalizes, prints the report. A job that fails
// on its way is aborted, and so is a dry run. Errors are told; the exit code says of which kind.
ExitCode run_sync(Console& console, const SyncArguments& arguments);

// Brings files into a fresh graph as a DIFF of scope "load"; says nothing when all went well.
ExitCode load_paths(Console& console, const std::vector<std::string>& paths);

// The report as text: counters, overrides turned, and for a dry run what would change.
[[nodiscard]] std::string render_report(const SyncReport& report, double elapsed_us);

}  // namespace callisto::repl
