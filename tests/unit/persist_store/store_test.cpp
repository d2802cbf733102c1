// The store: what is committed comes back, through the log and through snapshots.
#include "persist/store/store.h"

#include <random>

#include <catch2/catch.hpp>

#include "tests/support/eventually.h"
#include "tests/unit/persist_store/sample_changes.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::tests;

namespace {

std::unique_ptr<DurableStore> open(const std::string& path) {
  auto store = DurableStore::open(path, kAccount);
  if (!store) FAIL(store.error().message);
  return std::move(*store);
}

SnapshotPtr commit(Store& store, const ChangeSet& change) {
  const auto lock = store.lock_writer();
  auto committed = store.commit(change);
  if (!committed) FAIL(committed.error().message);
  return *committed;
}

SnapshotPtr commit_hosts(Store& store, int first, int count) {
  return commit(store, hosts_change(store.snapshot()->names(), first, count));
}

std::string side_of(const Store& store, std::string_view prefix = {}) {
  std::string text;
  store.for_each_side(prefix, [&](std::string_view key, std::string_view value) {
    text.append(key).append("=").append(value).append("\n");
  });
  return text;
}

// Takes a number of appends, then fails like a full disk.
class FailingJournal final : public Journal {
 public:
  explicit FailingJournal(int appends) : appends_(appends) {}

  std::vector<std::size_t> groups;  // Blocks of each append that was taken.

  Status prepare() override { return fail(ErrorCode::Io, "No space left on device"); }

  Status append(std::span<const JournalBlock> group) override {
    if (appends_-- <= 0) return fail(ErrorCode::Io, "No space left on device");
    last_ = group.back().sequence;
    groups.push_back(group.size());
    return {};
  }

  Status replay(const Visit&, const Visit&) override { return {}; }

  Result<std::unique_ptr<SnapshotBlocks>> begin_snapshot(std::uint64_t) override {
    return fail(ErrorCode::Io, "No space left on device");
  }

  [[nodiscard]] std::uint64_t last_sequence() const override { return last_; }

  [[nodiscard]] std::uint64_t log_bytes() const override { return 1; }

  [[nodiscard]] std::uint64_t snapshot_bytes() const override { return 0; }

 private:
  int appends_;
  std::uint64_t last_ = 0;
};

}  // namespace

TEST_CASE("a store that is opened again has the same graph, layers, scope ages and side records") {
  const Scratch scratch;
  std::string before;
  std::string side;
  {
    const auto store = open(scratch.path("data"));
    commit(*store, rich_change(store->snapshot()->names()));
    const SnapshotPtr now = commit_hosts(*store, 100, 3000);
    CHECK(now->version() == 2);
    before = describe(*now);
    side = side_of(*store);
  }
  {
    const auto store = open(scratch.path("data"));
    CHECK(describe(*store->snapshot()) == before);
    CHECK(side_of(*store) == side);
    CHECK(store->snapshot()->scopes().size() == 2);
    CHECK(store->snapshot()->scopes()[0].name == "older");
    CHECK(store->snapshot()->scopes()[0].age == 3);
    REQUIRE(store->compact());
    CHECK(describe(*store->snapshot()) == before);
  }
  const auto store = open(scratch.path("data"));
  CHECK(describe(*store->snapshot()) == before);
  CHECK(side_of(*store) == side);
  CHECK(commit_hosts(*store, 5000, 1)->version() == 3);
}

TEST_CASE("commits after a snapshot are replayed on top of it") {
  const Scratch scratch;
  std::string before;
  {
    const auto store = open(scratch.path("data"));
    commit_hosts(*store, 0, 5000);
    REQUIRE(store->compact());
    commit_hosts(*store, 4000, 2000);  // Half updates, half new.
    Names& names = store->snapshot()->names();
    ChangeWriter change(names);
    EntityPut& gone = change.entity(0, "server", "host-1");
    gone.meta.deleted = true;
    gone.meta.end_on_ms = 1'700'000'000'900;
    ChangeSet set = change.take();
    set.erased.push_back({store->snapshot()->entity_id(PartitionId{0}, "host-2"), false});
    before = describe(*commit(*store, set));
    CHECK(store->snapshot()->live_entities() == 5998);
  }
  {
    const auto store = open(scratch.path("data"));
    CHECK(describe(*store->snapshot()) == before);
    REQUIRE(store->compact());
  }
  CHECK(describe(*open(scratch.path("data"))->snapshot()) == before);
}

TEST_CASE("side records alone move the journal but not the graph version") {
  const Scratch scratch;
  {
    const auto store = open(scratch.path("data"));
    commit_hosts(*store, 0, 1);
    ChangeWriter change(store->snapshot()->names());
    change.side("job/2", "open");
    change.side("hosts", std::nullopt);
    CHECK(commit(*store, change.take())->version() == 1);
    CHECK(side_of(*store) == "job/2=open\n");
    REQUIRE(store->compact());
  }
  const auto store = open(scratch.path("data"));
  CHECK(store->snapshot()->version() == 1);
  CHECK(side_of(*store, "job/") == "job/2=open\n");
  CHECK(side_of(*store, "upload/").empty());
  CHECK(commit_hosts(*store, 1, 1)->version() == 3);
}

TEST_CASE("R3 after a failed append every write is refused with the reason and reading goes on") {
  auto opened = DurableStore::open(std::make_unique<FailingJournal>(1), kAccount);
  REQUIRE(opened);
  Store& store = **opened;
  const std::string before = describe(*commit_hosts(store, 0, 10));
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto lock = store.lock_writer();
    const auto refused = store.commit(hosts_change(store.snapshot()->names(), 10, 1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Io);
    CHECK(refused.error().message.find("No space left on device") != std::string::npos);
  }
  CHECK(describe(*store.snapshot()) == before);
  CHECK(side_of(store) == "hosts=10\n");
  CHECK_FALSE(store.compact());
}

TEST_CASE("a commit that the graph refuses is not stored") {
  const Scratch scratch;
  std::string before;
  {
    const auto store = open(scratch.path("data"));
    before = describe(*commit_hosts(*store, 0, 2));
    ChangeWriter change(store->snapshot()->names());
    change.relationship("HAS", "host-0", "no such host");
    const ChangeSet set = change.take();
    const auto lock = store->lock_writer();
    CHECK_FALSE(store->commit(set));
    CHECK(describe(*store->snapshot()) == before);
  }
  CHECK(describe(*open(scratch.path("data"))->snapshot()) == before);
}

TEST_CASE("a replacement shows at once, is durable, and without its end has not happened") {
  const Scratch scratch;
  std::string before;
  {
    const auto store = open(scratch.path("data"));
    ChangeWriter side(store->snapshot()->names());
    side.side("job/1", "done");
    commit(*store, side.take());
    {
      auto given_up = store->begin_replacement(40);
      REQUIRE(given_up);
      REQUIRE((*given_up)->add(hosts_change((*given_up)->snapshot()->names(), 0, 10)));
    }
    CHECK(store->snapshot()->live_entities() == 0);
    auto replacement = store->begin_replacement(40);
    REQUIRE(replacement);
    REQUIRE((*replacement)->add(hosts_change((*replacement)->snapshot()->names(), 0, 10)));
    REQUIRE((*replacement)->add(hosts_change((*replacement)->snapshot()->names(), 10, 10)));
    CHECK(store->snapshot()->live_entities() == 0);
    REQUIRE((*replacement)->finish());
    replacement->reset();
    CHECK(store->snapshot()->live_entities() == 20);
    CHECK(store->snapshot()->version() == 40);
    before = describe(*commit_hosts(*store, 20, 1));
    CHECK(store->snapshot()->version() == 41);
  }
  const auto store = open(scratch.path("data"));
  CHECK(describe(*store->snapshot()) == before);
  CHECK(side_of(*store, "job/") == "job/1=done\n");
}

TEST_CASE("a long log is replaced by a snapshot in the background while writers go on") {
  const Scratch scratch;
  std::mt19937_64 random(1);
  std::string before;
  {
    auto journal = open_journal(scratch.path("data"), {.account = kAccount});
    REQUIRE(journal);
    Journal& watched = **journal;
    auto store = DurableStore::open(std::move(*journal), kAccount);
    REQUIRE(store);
    std::string noise(4 << 20, '\0');
    for (std::uint64_t written = 0; written <= Store::kLogBytesMin; written += noise.size()) {
      for (char& byte : noise) {
        byte = static_cast<char>(random());
      }
      ChangeWriter change((*store)->snapshot()->names());
      change.side("noise", noise);
      commit(**store, change.take());
    }
    int hosts = 0;
    CHECK(eventually([&] {
      commit_hosts(**store, hosts++, 1);
      return watched.snapshot_bytes() > 0;
    }));
    CHECK(watched.log_bytes() < Store::kLogBytesMin);
    before = describe(*(*store)->snapshot());
  }
  CHECK(describe(*open(scratch.path("data"))->snapshot()) == before);
}

TEST_CASE("staged changes are appended as one group, and visible when they are durable") {
  auto journal = std::make_unique<FailingJournal>(2);
  const FailingJournal& appended = *journal;
  auto opened = DurableStore::open(std::move(journal), kAccount);
  REQUIRE(opened);
  Store& store = **opened;
  const auto lock = store.lock_writer();
  const SnapshotPtr before = store.snapshot();
  ChangeWriter first(before->names());
  first.partition(0, "hosts");
  first.entity(0, "host", "a");
  first.side("a", "1");
  REQUIRE(store.stage(first.take()));
  ChangeWriter second(before->names());
  second.entity(0, "host", "b");
  second.side("a", std::nullopt);
  second.side("b", "2");
  REQUIRE(store.stage(second.take()));
  CHECK(store.snapshot() == before);
  CHECK(side_of(store).empty());
  CHECK(store.head()->live_entities() == 2);
  REQUIRE(store.flush());
  CHECK(store.snapshot()->live_entities() == 2);
  CHECK(store.snapshot()->version() == 2);
  CHECK(side_of(store) == "b=2\n");
  CHECK(appended.groups == std::vector<std::size_t>{2});
  CHECK(store.flush());  // Nothing is staged.
  CHECK(appended.groups.size() == 1);
}

TEST_CASE("a group of staged changes that cannot be stored has not happened") {
  auto opened = DurableStore::open(std::make_unique<FailingJournal>(0), kAccount);
  REQUIRE(opened);
  Store& store = **opened;
  const auto lock = store.lock_writer();
  const SnapshotPtr before = store.snapshot();
  REQUIRE(store.stage(hosts_change(before->names(), 0, 3)));
  const Status flushed = store.flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().code == ErrorCode::Io);
  CHECK(store.snapshot() == before);
  CHECK(store.head() == before);
  CHECK_FALSE(store.stage(hosts_change(before->names(), 3, 1)));
}
