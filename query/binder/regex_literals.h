// Texts that everything a regular expression matches must contain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace callisto::query {

// The runs of two or more plain characters outside groups, classes and options of a pattern in
// RE2's syntax, in order; at most four, the longest. None where the pattern has alternatives at its
// top level, flags, or anything else that is not plainly understood: a filter must not lose a
// match.
[[nodiscard]] std::vector<std::string> required_literals(std::string_view pattern);

}  // namespace callisto::query
