// The one way a change reaches the graph: prepare -> journal, synced -> publish.
#pragma once

#include <functional>
#include <mutex>
#include <string_view>

#include "core/graph/change_set.h"
#include "core/graph/graph_store.h"
#include <callisto/error.h>

namespace callisto::persist {

class Committer {
 public:
  virtual ~Committer() = default;
  [[nodiscard]] virtual SnapshotPtr snapshot() const = 0;
  // Held from planning to commit: one writer at a time.
  [[nodiscard]] virtual std::unique_lock<std::mutex> lock_writer() = 0;
  // Requires the writer lock. On success the change is durable (when there is a disk) and visible,
  // and has the version of the returned snapshot. On error nothing has changed.
  //
  // Errors: what GraphStore::prepare gives; Io when the journal cannot take it: then the store
  // stays readable and refuses every later write with the same reason.
  [[nodiscard]] virtual Result<SnapshotPtr> commit(const ChangeSet& change) = 0;
  // Visits the side records (sync jobs, uploads) whose key starts with `prefix`, in key order.
  virtual void for_each_side(
      std::string_view prefix,
      const std::function<void(std::string_view key, std::string_view value)>& visit) const = 0;
};

}  // namespace callisto::persist
