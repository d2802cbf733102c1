// What may stand at the cursor: commands and their words, or J1QL with names from the graph.
#pragma once

#include <string_view>

#include "repl/console.h"
#include "repl/line_editor.h"

namespace callisto::repl {

// Candidates for the word that ends at `offset`. Complexity: linear in the text and in the names of
// the graph.
[[nodiscard]] Completions complete_input(const Console& console,
                                         std::string_view text,
                                         std::size_t offset);

}  // namespace callisto::repl
