// Scripts and typed text cut into statements and dot commands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace callisto::repl {

struct ScriptItem {
  bool is_command = false;  // A dot command: one line that starts with a dot.
  std::string text;         // Without the `;` and the blanks around.
  std::size_t line = 1;     // Where it starts in the script.
};

// Statements end with `;` or with the text; a `;` inside quotes, brackets, a /regex/ or a /*
// comment
// */ ends nothing. Lines that start with `#!` or `--` between statements are skipped. Statements
// that hold nothing but comments are dropped. Complexity: linear.
[[nodiscard]] std::vector<ScriptItem> split_script(std::string_view text);

// Whether Enter should run `text` instead of starting a new line: it is a dot command, or blank, or
// ends with a `;` that ends a statement, or its last line is empty.
[[nodiscard]] bool is_complete_input(std::string_view text);

}  // namespace callisto::repl
