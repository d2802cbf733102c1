// The versions of one account's graph: any number of readers, one writer.
//
//   writer: lock -> plan against snapshot() -> ChangeSet -> prepare() -> journal -> publish() ->
//   unlock
//
// Thread safety: snapshot() may be called from any thread and waits for nobody's work. prepare()
// and publish() require the writer lock.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "core/graph/change_set.h"
#include "core/graph/current_snapshot.h"
#include "core/graph/snapshot.h"
#include <callisto/error.h>

namespace callisto {

class GraphStore {
 public:
  explicit GraphStore(std::string account);
  GraphStore(const GraphStore&) = delete;
  GraphStore& operator=(const GraphStore&) = delete;

  [[nodiscard]] SnapshotPtr snapshot() const { return current_.load(); }

  [[nodiscard]] std::unique_lock<std::mutex> lock_writer() { return std::unique_lock(writer_); }

  // Builds the next version from the current one; nothing is visible yet. Copies only the chunks
  // that the change touches.
  //
  // Errors: LimitExceeded past kTypesMax or kRelationshipTablesMax; Corruption when a
  // relationship's end does not exist. Complexity: linear in the change, plus a copy of each
  // touched column.
  [[nodiscard]] Result<SnapshotPtr> prepare(const ChangeSet& change, std::uint64_t version) const;
  // The same on top of a version that is prepared and not published yet.
  [[nodiscard]] static Result<SnapshotPtr> prepare_after(const Snapshot& before,
                                                         const ChangeSet& change,
                                                         std::uint64_t version);
  // Makes a prepared version the current one. It must be prepared from the current one, or from one
  // that was.
  void publish(SnapshotPtr next);

 private:
  std::mutex writer_;
  CurrentSnapshot current_;
};

}  // namespace callisto
