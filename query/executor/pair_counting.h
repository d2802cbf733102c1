// `RETURN a.x, COUNT(b)` over neighbours a and b without enumerating paths.
#pragma once

#include "query/executor/grouper.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// Counts the distinct entities at one end of the plan's hop for the group keys at the other end
// (j1ql 7.4). Requires plan.pair_count. Complexity: the relationships of the hop, or those of the
// counted entities; memory: a number for each row of the key's tables.
void count_pairs(RunContext& run, PathSource& source, Grouper& grouper);

}  // namespace callisto::query
