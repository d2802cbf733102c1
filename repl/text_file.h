// A whole file as text.
#pragma once

#include <string>

#include <callisto/error.h>

namespace callisto::repl {

// `-` is standard input. Errors: Io (missing, a folder, no permission); LimitExceeded: over 1 GiB.
[[nodiscard]] Result<std::string> read_text_file(const std::string& path);

}  // namespace callisto::repl
