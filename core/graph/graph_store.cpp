#include "core/graph/graph_store.h"

#include <utility>

#include "core/graph/snapshot_writer.h"

namespace callisto {

GraphStore::GraphStore(std::string account)
    : current_(SnapshotWriter::make_empty(std::move(account))) {}

Result<SnapshotPtr> GraphStore::prepare(const ChangeSet& change, std::uint64_t version) const {
  return prepare_after(*snapshot(), change, version);
}

Result<SnapshotPtr> GraphStore::prepare_after(const Snapshot& before,
                                              const ChangeSet& change,
                                              std::uint64_t version) {
  return SnapshotWriter(before).apply(change, version);
}

void GraphStore::publish(SnapshotPtr next) {
  next->names().publish();
  current_.store(std::move(next));
}

}  // namespace callisto
