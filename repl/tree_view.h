// Results as indented text: a RETURN TREE as the tree it is, other rows as key: value records.
#pragma once

#include <string>

#include "repl/result_table.h"

namespace callisto::repl {

// A tree result holds its vertices (Entity cells) and then its edges (Relationship cells). Roots
// are the vertices that no edge points to; a vertex that was drawn before is named again with `↑`
// and not entered again, so that cycles end. Complexity: O(vertices + edges).
[[nodiscard]] std::string render_tree(const ResultTable& table);

}  // namespace callisto::repl
