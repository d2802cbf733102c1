// Backslashes of a text that were meant as they stand: Windows paths and the like (j1ql 1.7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <callisto/query_result.h>

namespace callisto::query {

// A warning for each text of the query that looks like a path and has an escape in it: `\n` of
// 'C:\Users\new' is a line break. Complexity: linear.
[[nodiscard]] std::vector<Warning> path_warnings(std::string_view text);

// Whether a text as it is written, without its quotes, looks like such a path.
[[nodiscard]] bool is_unescaped_path(std::string_view written);

// The text with every backslash doubled.
[[nodiscard]] std::string doubled_backslashes(std::string_view written);

}  // namespace callisto::query
