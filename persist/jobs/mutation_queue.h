// Mutations of several threads that wait for the disk together: whoever finds no other at work
// leads, takes all that have come, and answers them all after one sync. While the disk is busy the
// next group gathers. A thread alone never waits for others.
//
//   threads ── run() ──> waiting ── the leader's work(group) ──> done, in the order of arrival
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "core/errors/undo.h"
#include <callisto/error.h>

namespace callisto::persist {

struct PlanContext;

// One mutation on its way. `edit` says what shall be; it runs in the leader's thread, while the
// thread that brought it waits.
struct Mutation {
  const std::function<Status(PlanContext&)>& edit;
  Status result{};
  bool done = false;
};

// Thread safety: any thread.
class MutationQueue {
 public:
  // Brings a mutation in and returns when it is done. `work(take)` runs in one thread at a time; it
  // calls take() once, which gives the mutations that wait at that moment in the order of their
  // arrival, and sets the result of each. What it throws before that is thrown here; the others
  // are not concerned. From take() on it must not throw.
  template <class Work>
  void run(Mutation& mine, const Work& work) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    changed_.wait(lock, [&] { return mine.done || !led_; });
    if (mine.done) return;
    led_ = true;
    lock.unlock();
    std::vector<Mutation*> group;
    const Undo lead([&] {
      lock.lock();
      std::erase(waiting_, &mine);  // Nobody took it.
      for (Mutation* const mutation : group) {
        mutation->done = true;
      }
      led_ = false;
      changed_.notify_all();
    });
    work([&]() -> std::span<Mutation* const> {
      const std::lock_guard taking(mutex_);
      group.swap(waiting_);
      return group;
    });
  }

  [[nodiscard]] std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Mutation*> waiting_;
  bool led_ = false;
};

}  // namespace callisto::persist
