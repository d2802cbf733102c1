// Where the graph is: a directory, or memory for as long as the command runs.
#pragma once

#include <string>

#include "repl/command_line.h"

namespace callisto::repl {

// "postgresql://host/inventory", "s3:bucket", "ana@host:inventory": an address, unless there is a
// directory of that name.
[[nodiscard]] bool is_address(const std::string& text);

// Why the command makes no sense without a stored graph, when there is none to be: what it writes
// would be gone at its end, what it reads would be empty. Else "".
[[nodiscard]] std::string missing_place(const Invocation& invocation);

// The first file or folder that is to be read into the graph and is not there, or "": before a
// store is made for it.
[[nodiscard]] std::string missing_input(const Invocation& invocation);

// Errors: those of Database::open; NotFound when there is no stored graph and the command only
// reads: then none is made.
[[nodiscard]] Result<Database> open_database(const Invocation& invocation);

}  // namespace callisto::repl
