// Turns edits into the change set and the report of a job: what is created, updated, deleted or
// unchanged, by effective values (O-24), and which overrides were turned (O-28).
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/graph/change_set.h"
#include "persist/jobs/graph_edit.h"
#include <callisto/sync.h>

namespace callisto::persist {

struct SealOptions {
  std::int64_t now_ms = 0;
  std::size_t samples_max = 0;                // Changed objects and turned overrides to list.
  std::map<ScopeId, std::string> new_scopes;  // Names of scopes that the snapshot does not know.
};

// Adds puts and erases to `change` and counts into `report`. Call once, after all edits.
void seal(GraphEdit& edit, const SealOptions& options, ChangeSet& change, SyncReport& report);

}  // namespace callisto::persist
