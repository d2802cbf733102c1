// Sorting the rows of one node for their first ones, chunk by chunk.
#pragma once

#include "query/executor/path_sorter.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// The first rows by a numeric property of one node: chunks are cut by the worst row kept so far.
// Returns false, with nothing done, where that does not apply.
[[nodiscard]] bool sort_members(RunContext& run, PathSource& source, PathSorter& sorter);

}  // namespace callisto::query
