#include "core/graph/graph_store.h"

#include <utility>

#include "core/graph/snapshot_writer.h"

namespace callisto {

GraphStore::GraphStore(std::string account)
    : current_(SnapshotWriter::make_empty(std::move(account))) {}

Result<SnapshotPtr> GraphStore::prepare(const ChangeSet& change, std::uint64_t version) {
  return SnapshotWriter(*snapshot()).apply(change, version);
}

void GraphStore::publish(SnapshotPtr next) {
  const std::scoped_lock lock(pointer_);
  current_.swap(next);  // The old version goes with the argument, after the lock.
}

}  // namespace callisto
