// The one way a change reaches the graph: prepare -> journal, synced -> publish.
//
// Changes that are staged one after the other and flushed together share one sync of the disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "core/errors/undo.h"
#include "core/graph/change_set.h"
#include "core/graph/graph_store.h"
#include <callisto/error.h>

namespace callisto::persist {

class Committer {
 public:
  virtual ~Committer() = default;
  [[nodiscard]] virtual SnapshotPtr snapshot() const = 0;
  // What the next change is planned against: the last staged version, else the visible one.
  // Requires the writer lock.
  [[nodiscard]] virtual SnapshotPtr head() const = 0;
  // Held from planning to commit: one writer at a time.
  [[nodiscard]] virtual std::unique_lock<std::mutex> lock_writer() = 0;
  // Prepares a change on top of those that were staged before. It is neither visible nor durable
  // until flush(), which must follow before the writer lock is given back.
  //
  // Errors: what GraphStore::prepare gives: this change is left out, those before it stay staged.
  [[nodiscard]] virtual Result<SnapshotPtr> stage(const ChangeSet& change) = 0;
  // The number of the next change that is staged: its graph version, when it touches the graph.
  // Requires the writer lock.
  [[nodiscard]] virtual std::uint64_t next_version() const = 0;
  // Forgets what was staged and not flushed; it has not happened. Requires the writer lock.
  virtual void discard() noexcept = 0;
  // Makes all staged changes durable with one sync, then visible in their order.
  //
  // Errors: Io, as commit(): then none of them has happened. The same when it throws.
  [[nodiscard]] virtual Status flush() = 0;

  // Requires the writer lock. On success the change is durable (when there is a disk) and visible,
  // and has the version of the returned snapshot. On error nothing has changed.
  //
  // Errors: what GraphStore::prepare gives; Io when the journal cannot take it: then the store
  // stays readable and refuses every later write with the same reason.
  //
  // `before_flush(after)` may still throw: the change has not happened then.
  template <class BeforeFlush>
  [[nodiscard]] Result<SnapshotPtr> commit(const ChangeSet& change, BeforeFlush&& before_flush) {
    Undo staged([this] { discard(); });
    CALLISTO_TRY(SnapshotPtr after, stage(change));
    before_flush(after);
    if (Status status = flush(); !status) return tl::make_unexpected(std::move(status).error());
    staged.keep();
    return after;
  }

  [[nodiscard]] Result<SnapshotPtr> commit(const ChangeSet& change) {
    return commit(change, [](const SnapshotPtr&) {});
  }

  // Visits the side records (sync jobs, uploads, raw data) whose key starts with `prefix`, in key
  // order.
  virtual void for_each_side(
      std::string_view prefix,
      const std::function<void(std::string_view key, std::string_view value)>& visit) const = 0;
  // nullptr: there is none.
  [[nodiscard]] virtual std::shared_ptr<const std::string> find_side(
      std::string_view key) const = 0;
  [[nodiscard]] virtual bool has_side(std::string_view prefix) const = 0;
};

}  // namespace callisto::persist
