// A whole new graph that is built unseen and takes the place of the present one at once.
#pragma once

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include <callisto/error.h>

namespace callisto::persist {

// The store's writer lock is held as long as it lives; without finish() nothing has happened.
class GraphReplacement {
 public:
  virtual ~GraphReplacement() = default;
  // The new graph so far. Its names are the ones to write change sets with.
  [[nodiscard]] virtual SnapshotPtr snapshot() const = 0;
  // Errors: as Committer::commit().
  virtual Status add(const ChangeSet& batch) = 0;
  // Makes it durable, then visible.
  virtual Result<SnapshotPtr> finish() = 0;
};

}  // namespace callisto::persist
