// Short cuts of grouping and sorting that work on whole columns and adjacency instead of rows. Each
// answers exactly what the general operator would.
#pragma once

#include <optional>
#include <vector>

#include "query/executor/grouper.h"
#include "query/executor/path_sorter.h"
#include "query/executor/path_source.h"

namespace callisto::query {

// COUNTs of one node, without keys or by its properties: masks and codes are counted.
// Returns false, with nothing done, where that does not apply.
[[nodiscard]] bool count_members(RunContext& run, PathSource& source, Grouper& grouper);

// The stored values of a property on a chunk of entities; nullptr: there are none.
[[nodiscard]] const Column* stored_column(const RunContext& run,
                                          std::uint32_t type,
                                          std::uint32_t chunk,
                                          PropertyId property);

// The properties that are the group keys, in the order of RETURN; nullopt: something else is a key.
[[nodiscard]] std::optional<std::vector<ReadId>> key_reads(const BoundQuery& query);

// The first rows by a numeric property of one node: chunks are cut by the worst row kept so far.
// Returns false, with nothing done, where that does not apply.
[[nodiscard]] bool sort_members(RunContext& run, PathSource& source, PathSorter& sorter);

}  // namespace callisto::query
