// What is in a graph, counted from a snapshot's columns. Effective values, live objects.
#pragma once

#include <string_view>
#include <vector>

#include "core/graph/snapshot.h"
#include <callisto/database.h>

namespace callisto::inventory {

// Most frequent first, then by name.
[[nodiscard]] std::vector<NamedCount> classes(const Snapshot& snapshot);
[[nodiscard]] std::vector<NamedCount> types(const Snapshot& snapshot);
[[nodiscard]] std::vector<VerbSummary> verbs(const Snapshot& snapshot);
// Of the entities of a class or type; of all when it is empty. Complexity: a look at each column of
// each chunk; rows are visited only where values of several kinds share a column.
[[nodiscard]] std::vector<PropertySummary> properties(const Snapshot& snapshot,
                                                      std::string_view class_or_type);
[[nodiscard]] GraphSummary summary(const Snapshot& snapshot);

}  // namespace callisto::inventory
