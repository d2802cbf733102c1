// R3, R2: every write and sync of the store fails once, or for good; and the power goes.
#include <cerrno>

#include <catch2/catch.hpp>

#include "tests/fault/fault_world.h"
#include "tests/fault/system_calls.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::tests;

namespace {

struct Run {
  std::uint64_t acknowledged = 0;
  DiskCounts counts;
};

// Opens, commits twelve times with a snapshot in between, closes. Ends at the first error, as a
// caller would.
Run write_some(const std::string& directory, const DiskFaults& faults, bool sync = true) {
  Run run;
  watch_disk(directory, faults);
  {
    auto journal = open_journal(directory, {.account = "local", .sync = sync});
    if (journal) {
      auto store = DurableStore::open(std::move(*journal), "local");
      if (!store) FAIL(store.error().message);
      for (std::uint64_t number = 1; number <= 12; ++number) {
        const ChangeSet change = numbered_change((*store)->snapshot()->names(), number);
        const SnapshotPtr before = (*store)->snapshot();
        const auto lock = (*store)->lock_writer();
        if (!(*store)->commit(change)) {
          CHECK((*store)->snapshot() == before);  // Reading goes on, on the version before.
          const auto again = (*store)->commit(change);
          CHECK_FALSE(again);  // A later write is refused even if the disk is well again.
          break;
        }
        run.acknowledged = number;
      }
      if (run.acknowledged == 12) static_cast<void>((*store)->compact());
    }
    run.counts = disk_counts();
  }
  return run;
}

std::uint64_t reopened(const std::string& directory) {
  auto store = DurableStore::open(directory, "local");
  if (!store) FAIL(store.error().message);
  return whole_commits(**store);
}

}  // namespace

TEST_CASE("R3 whichever write or sync fails, nothing acknowledged is lost") {
  const bool for_ever = GENERATE(false, true);
  const int error = for_ever ? ENOSPC : EIO;
  std::uint64_t hits = 0;
  std::uint64_t step = 1;
  for (std::uint64_t at = 1;; at += step) {
    const Scratch scratch;
    const std::string directory = scratch.path("data");
    const Run run = write_some(directory, {.fail_at = at, .for_ever = for_ever, .error = error});
    watch_disk({}, {});
    hits += run.counts.failed;
    if (run.counts.failed == 0) break;  // Past the last call.
    INFO("call " << at << (for_ever ? " and all after it" : "") << ", errno " << error);
    const std::uint64_t found = reopened(directory);
    CHECK(found >= run.acknowledged);
    CHECK(found <= run.acknowledged + 1);
    step = at < 40 ? 1 : 7;  // Each call of the start and the first commits; then a sample.
  }
  CHECK(hits > 20);  // The harness bites.
}

TEST_CASE("R2 a power cut loses nothing acknowledged and without syncs the harness sees a loss") {
  const bool sync = GENERATE(true, false);
  const Scratch scratch;
  const std::string directory = scratch.path("data");
  watch_disk(directory, {});
  auto journal = open_journal(directory, {.account = "local", .sync = sync});
  REQUIRE(journal);
  auto store = DurableStore::open(std::move(*journal), "local");
  REQUIRE(store);
  for (std::uint64_t number = 1; number <= 9; ++number) {
    const auto lock = (*store)->lock_writer();
    REQUIRE((*store)->commit(numbered_change((*store)->snapshot()->names(), number)));
  }
  // The process still runs: what it would do at its end does not happen. A copy loses the power.
  const std::string copy = scratch.path("copy");
  std::filesystem::copy(directory, copy, std::filesystem::copy_options::recursive);
  const std::uint64_t syncs = disk_counts().syncs;
  cut_power_of(copy);
  watch_disk({}, {});
  const auto after = DurableStore::open(copy, "local");
  if (sync) {
    CHECK(syncs >= 9);
    REQUIRE(after);
    CHECK(whole_commits(**after) == 9);
  } else {
    CHECK((!after || whole_commits(**after) < 9));
  }
}
