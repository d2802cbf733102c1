// Mutations of several threads: together on the disk, each for itself in the graph.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "persist/jobs/mutation_queue.h"
#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

// A disk whose syncs can be held up, and then fail.
class GateJournal final : public Journal {
 public:
  Status prepare() override { return fail(ErrorCode::Io, "the disk is full"); }

  Status append(std::span<const JournalBlock> group) override {
    std::unique_lock lock(mutex_);
    ++entered_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !closed_; });
    if (failing_ && entered_ > fails_after_) return fail(ErrorCode::Io, "the disk is full");
    for (const JournalBlock& block : group) {
      in_order_ = in_order_ && block.sequence == last_ + 1;
      last_ = block.sequence;
    }
    largest_ = std::max(largest_, group.size());
    return {};
  }

  Status replay(const Visit&, const Visit&) override { return {}; }

  Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(std::uint64_t) override {
    return fail(ErrorCode::Io, "no snapshots here");
  }

  [[nodiscard]] std::uint64_t last_sequence() const override { return last_; }

  [[nodiscard]] std::uint64_t log_bytes() const override { return 0; }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return 0; }

  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }

  void open() {
    const std::lock_guard lock(mutex_);
    closed_ = false;
    changed_.notify_all();
  }

  // All appends after the one that is under way fail.
  void fail_later() {
    const std::lock_guard lock(mutex_);
    failing_ = true;
    fails_after_ = entered_;
  }

  [[nodiscard]] int entered() const {
    const std::lock_guard lock(mutex_);
    return entered_;
  }

  void wait_until_entered(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return entered_ >= count; });
  }

  [[nodiscard]] std::size_t largest() const {
    const std::lock_guard lock(mutex_);
    return largest_;
  }

  [[nodiscard]] bool in_order() const {
    const std::lock_guard lock(mutex_);
    return in_order_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool failing_ = false;
  int fails_after_ = 0;
  int entered_ = 0;
  bool in_order_ = true;
  std::size_t largest_ = 0;
  std::uint64_t last_ = 0;
};

struct GatedAccount {
  GatedAccount() {
    auto opened_journal = std::make_unique<GateJournal>();
    journal = opened_journal.get();
    auto opened = DurableStore::open(std::move(opened_journal), "acct");
    REQUIRE(opened);
    store = std::move(*opened);
    auto made = Persister::open(*store, {.keep_uploads = false}, clock, ids);
    REQUIRE(made);
    persister = std::move(*made);
  }

  std::string create(const std::string& key) {
    const auto id = persister->create_entity(
        {.key = key, .type = "host", .classes = {"Host"}, .properties = {}});
    REQUIRE(id);
    return *id;
  }

  Status update(const std::string& id, const std::string& property, double value) {
    UpdateEntity request;
    request.id = id;
    request.properties[property] = value;
    const auto updated = persister->update_entity(request);
    return updated ? Status{} : tl::make_unexpected(updated.error());
  }

  [[nodiscard]] int version(const std::string& id) const {
    const SnapshotPtr graph = store->snapshot();
    Arena scratch;
    const auto ref = graph->find_entity(*parse_uuid(id));
    return static_cast<int>(graph->value(*ref, metadata::kVersion, scratch).as_number());
  }

  StandingClock clock;
  CountingIds ids;
  GateJournal* journal = nullptr;
  std::unique_ptr<DurableStore> store;
  std::unique_ptr<Persister> persister;
};

void join(std::vector<std::thread>& threads) {
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace

TEST_CASE("mutations that come while the leader is at work are the next group, in order") {
  MutationQueue queue;
  const std::function<Status(PlanContext&)> nothing = [](PlanContext&) -> Status { return {}; };
  std::vector<std::size_t> groups;
  std::atomic<bool> leading{false};
  std::atomic<bool> led{false};
  std::vector<Mutation*> second_group;
  Mutation mine{.edit = nothing};
  std::thread leader([&] {
    queue.run(mine, [&](const auto& take) {
      groups.push_back(take().size());
      leading = true;
      while (queue.waiting() < 3) {
        std::this_thread::yield();
      }
    });
    led = true;
  });
  while (!leading) {
    std::this_thread::yield();
  }
  std::vector<Mutation> others(3, Mutation{.edit = nothing});
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < others.size(); ++i) {
    threads.emplace_back([&, i] {
      queue.run(others[i], [&](const auto& take) {
        const auto taken = take();
        second_group.assign(taken.begin(), taken.end());
        groups.push_back(second_group.size());
        for (Mutation* const mutation : second_group) {
          mutation->result = fail(ErrorCode::Io, "the disk is full");
        }
      });
    });
    while (queue.waiting() < i + 1 && !led) {
      std::this_thread::yield();
    }
  }
  leader.join();
  join(threads);
  CHECK(groups == std::vector<std::size_t>{1, 3});
  CHECK(second_group == std::vector<Mutation*>{&others[0], &others[1], &others[2]});
  CHECK(mine.result);
  for (const Mutation& other : others) {
    CHECK(other.done);
    CHECK_FALSE(other.result);  // The error reaches everyone who waited for it.
  }
}

TEST_CASE("mutations of several threads share a sync and are acknowledged after it") {
  GatedAccount account;
  std::vector<std::string> entities;
  for (int i = 0; i < 5; ++i) {
    entities.push_back(account.create("host-" + std::to_string(i)));
  }
  const int before = account.journal->entered();
  account.journal->close();
  std::atomic<int> acknowledged{0};
  std::vector<std::thread> threads;
  const auto begin = [&](const std::string& entity) {
    threads.emplace_back([&] {
      if (account.update(entity, "round", 1)) ++acknowledged;
    });
  };
  begin(entities[0]);
  account.journal->wait_until_entered(before + 1);
  for (std::size_t i = 1; i < entities.size(); ++i) {
    begin(entities[i]);
  }
  while (account.persister->mutations_waiting() < entities.size() - 1) {
    std::this_thread::yield();
  }
  CHECK(acknowledged == 0);  // The disk has said nothing yet.
  account.journal->open();
  join(threads);
  CHECK(acknowledged == 5);
  CHECK(account.journal->largest() == entities.size() - 1);
  CHECK(account.journal->in_order());
}

TEST_CASE("O-24 each mutation of a group moves the version by itself") {
  GatedAccount account;
  const std::string entity = account.create("host-1");
  constexpr int kThreads = 6;
  constexpr int kUpdates = 25;
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 1; i <= kUpdates; ++i) {
        if (!account.update(entity, "p" + std::to_string(thread), i)) ++failed;
      }
    });
  }
  join(threads);
  CHECK(failed == 0);
  CHECK(account.version(entity) == 1 + kThreads * kUpdates);
  CHECK(account.journal->in_order());
}

TEST_CASE("a disk that fails is told to every mutation that waits for it") {
  GatedAccount account;
  const std::string first = account.create("host-1");
  const std::string second = account.create("host-2");
  const int before = account.journal->entered();
  account.journal->close();
  std::thread leader([&] { CHECK(account.update(first, "p", 1)); });
  account.journal->wait_until_entered(before + 1);
  account.journal->fail_later();
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const Status status = account.update(second, "p", 1);
      if (!status && status.error().code == ErrorCode::Io) ++refused;
    });
  }
  account.journal->open();
  leader.join();
  join(threads);
  CHECK(refused == 4);
  CHECK(account.version(first) == 2);
  CHECK(account.version(second) == 1);
  CHECK_FALSE(account.update(first, "p", 2));  // No write is taken any more.
}

TEST_CASE("O-22 a hard delete in a group purges before the next mutation is planned") {
  GatedAccount account;
  const std::string entity = account.create("host-1");
  std::vector<std::thread> threads;
  std::atomic<int> deleted{0};
  std::atomic<int> gone{0};
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      const auto done = i % 2 == 0 ? account.persister->delete_entity(entity, true)
                                   : account.persister->reset_entity(entity, {"p"});
      if (i % 2 == 0 && done) ++deleted;
      if (!done && done.error().code == ErrorCode::NotFound) ++gone;
    });
  }
  join(threads);
  CHECK(deleted == 1);
  CHECK(gone >= 2);
  CHECK(account.store->snapshot()->live_entities() == 0);
}
