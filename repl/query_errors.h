// Errors of queries in files, as compilers write them.
#pragma once

#include <string>

#include "repl/packs/query_file.h"

namespace callisto::repl {

// The path; "standard input" for `-`.
[[nodiscard]] std::string file_name(const std::string& path);

// `file:3:14: message`, and the hints on lines of their own. Safe for a terminal.
[[nodiscard]] std::string error_at(const std::string& path, FilePlace place, const Error& error);

}  // namespace callisto::repl
