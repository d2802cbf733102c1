// Rows of a result as the test files write them.
#pragma once

#include <string>
#include <vector>

#include "core/graph/snapshot.h"
#include <callisto/query_result.h>

namespace callisto::test {

// Column names, then a line per row; cells apart by " | ", objects by their key, absence as
// "undefined". Consumes the rows.
[[nodiscard]] Result<std::vector<std::string>> shown_rows(QueryResult& result,
                                                          const Snapshot& snapshot);

}  // namespace callisto::test
