// `.doctor` and `callisto doctor`: why does a query return nothing?
#pragma once

#include <string_view>

#include "repl/console.h"

namespace callisto::repl {

// Prints what is left after each part of the query, and why nothing is left at the end.
ExitCode run_doctor(Console& console, std::string_view query);

// Says once, to people who look at an empty result, that .doctor tells why.
void hint_at_doctor(Console& console);

}  // namespace callisto::repl
