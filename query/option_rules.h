// What QueryOptions may hold.
#pragma once

#include <callisto/error.h>
#include <callisto/query_options.h>

namespace callisto::query {

// Errors: InvalidInput, naming the option. Complexity: linear in the variables and scope filters.
[[nodiscard]] Status check_options(const QueryOptions& options);

}  // namespace callisto::query
