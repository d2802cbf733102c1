// `RETURN a.x, COUNT(b)` without enumerating the paths between a and b.
#pragma once

#include "query/executor/grouper.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// Counts the distinct entities of one node of the chain for the group keys of another (j1ql 7.4).
// Requires plan.pair_count. Complexity: over one hop its relationships, or those of the counted
// entities; over several, for each group the relationships that it reaches. Memory: a number for
// each row of the key's tables.
void count_pairs(RunContext& run, PathSource& source, Grouper& grouper);

}  // namespace callisto::query
