// Hints of the library in the words of the place where they are read: what the library calls
// limits.rows_max is --max-rows on the command line and .limit rows in the shell.
#pragma once

#include <string>

namespace callisto::repl {

[[nodiscard]] std::string in_local_words(std::string text, bool shell);

}  // namespace callisto::repl
