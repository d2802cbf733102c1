// EXPLAIN and PROFILE as text.
#pragma once

#include <string>
#include <vector>

#include <callisto/database.h>

namespace callisto::repl {

// One line an operator, indented, with estimated rows; a profile adds real rows, time and share. An
// estimate that is off by ten times or more is marked.
[[nodiscard]] std::string render_plan(const std::vector<PlanLine>& lines);

}  // namespace callisto::repl
