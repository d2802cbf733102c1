// Short cuts of grouping and sorting that work on whole columns and adjacency instead of rows. Each
// answers exactly what the general operator would.
#pragma once

#include "query/executor/grouper.h"
#include "query/executor/path_sorter.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// COUNTs of one node, without a key or by one of its properties: masks and codes are counted.
// Returns false, with nothing done, where that does not apply.
[[nodiscard]] bool count_members(RunContext& run, PathSource& source, Grouper& grouper);

// Counts of distinct entities at one end of a hop by keys of the other: for each counted entity
// each group is marked once. Requires plan.pair_count. Cost: relationships of the hop.
void count_pairs(RunContext& run, PathSource& source, Grouper& grouper);

// The first rows by a numeric property of one node: chunks are cut by the worst row kept so far.
// Returns false, with nothing done, where that does not apply.
[[nodiscard]] bool sort_members(RunContext& run, PathSource& source, PathSorter& sorter);

}  // namespace callisto::query
