// A whole graph as change sets: applied in order to an empty graph they make an equal one, with
// every layer, scope age, partition, version and time, soft-deleted rows included.
#pragma once

#include <functional>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include <callisto/error.h>

namespace callisto::persist {

// Calls `sink` with batches: partitions and scopes, then entities by type, then relationships by
// table, in row order. The order is the same for equal graphs. A batch points into the snapshot and
// is gone after the call.
//
// Errors: what `sink` returns. Complexity: linear in the graph; memory: one batch.
[[nodiscard]] Status for_each_change_set(const Snapshot& snapshot,
                                         const std::function<Status(const ChangeSet&)>& sink);

}  // namespace callisto::persist
