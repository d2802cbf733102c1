// The version that readers get: a pointer that one writer moves on.
#pragma once

#include <mutex>
#include <utility>

#include "core/graph/snapshot.h"

namespace callisto {

// Thread safety: any thread, at any time. The lock is held for the copy of one pointer.
// std::atomic<std::shared_ptr> of libstdc++ 12 unlocks its reader with relaxed order, which is a
// data race (ThreadSanitizer shows it).
class CurrentSnapshot {
 public:
  explicit CurrentSnapshot(SnapshotPtr first) : current_(std::move(first)) {}

  [[nodiscard]] SnapshotPtr load() const {
    const std::scoped_lock lock(mutex_);
    return current_;
  }

  void store(SnapshotPtr next) {
    const std::scoped_lock lock(mutex_);
    current_.swap(next);  // The old version goes with the argument, after the lock.
  }

 private:
  mutable std::mutex mutex_;
  SnapshotPtr current_;
};

}  // namespace callisto
