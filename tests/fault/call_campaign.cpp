// R3. What a caller does with a store, again and again, each time with another call to the file
// system that fails.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "tests/fault/campaigns.h"
#include "tests/fault/numbered_commits.h"
#include "tests/fault/system_calls.h"
#include "tests/support/scratch.h"
#include <callisto/database.h>

namespace callisto::tests {
namespace {

using namespace callisto::persist;

constexpr std::uint64_t kCommits = 6;

struct Run {
  std::uint64_t acknowledged = 0;
  std::uint64_t attempted = 0;
  bool wrong_graph = false;  // A write that failed showed.
  DiskCounts counts{};
};

// Opens, commits with a snapshot in between, closes, opens again. Ends at the first error, as a
// caller would.
void write_some(const std::string& directory, Answers answers, Run& run) {
  for (const std::uint64_t until : {kCommits / 2, kCommits}) {
    const auto store = DurableStore::open(directory, kAccount);
    if (!store) return;
    while (run.attempted < until) {
      const SnapshotPtr before = (*store)->snapshot();
      const ChangeSet change = numbered_change(before->names(), ++run.attempted);
      const auto lock = (*store)->lock_writer();
      if (!(*store)->commit(change)) {
        run.wrong_graph = (*store)->snapshot() != before;
        if (answers == Answers::Right) return;
      }
      run.acknowledged = run.attempted;
    }
    static_cast<void>((*store)->compact());
  }
}

void try_call(std::uint64_t at, bool for_ever, int error, Answers answers, Campaign& campaign) {
  const Scratch scratch;
  const std::string directory = scratch.path("data");
  Run run;
  watch_disk(directory, {.fail_at = at, .for_ever = for_ever, .error = error});
  write_some(directory, answers, run);
  const DiskCounts counts = disk_counts();
  watch_disk({}, {});
  run.counts = counts;
  ++campaign.trials;
  campaign.injected += counts.failed;
  campaign.acknowledged += run.acknowledged;
  const std::string what =
      fmt::format("call {}{}, errno {}: ", at, for_ever ? " and all after it" : "", error);
  if (run.wrong_graph) return campaign.fail(what + "a commit that failed is visible");
  const auto store = DurableStore::open(directory, kAccount);
  if (!store) return campaign.fail(what + store.error().message);
  const auto found = last_whole_commit(**store);
  if (!found) return campaign.fail(what + found.error().message);
  if (*found < run.acknowledged || *found > run.attempted) {
    return campaign.fail(what + fmt::format("{} commits, acknowledged were {} of {}",
                                            *found,
                                            run.acknowledged,
                                            run.attempted));
  }
  if (run.attempted < kCommits || run.acknowledged < kCommits) ++campaign.reported;
}

std::uint64_t calls_without_fault() {
  const Scratch scratch;
  Run run;
  watch_disk(scratch.path("data"), {});
  write_some(scratch.path("data"), Answers::Right, run);
  const std::uint64_t calls = disk_counts().calls;
  watch_disk({}, {});
  return calls;
}

}  // namespace

Campaign fail_calls(const Trials& trials, Answers answers) {
  Campaign campaign;
  std::mt19937_64 random(trials.seed);
  // Threads of RocksDB make a few more or less each time.
  const std::uint64_t calls = calls_without_fault() + 20;
  const std::uint64_t count = trials.count == 0 ? calls * 4 : trials.count;
  const std::uint64_t all = calls * 4;
  const std::uint64_t first = random() % all;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t place = (first + i * all / count) % all;
    const std::uint64_t kind = place % 4;
    try_call(place / 4 + 1, kind / 2 == 1, kind % 2 == 0 ? EIO : ENOSPC, answers, campaign);
  }
  return campaign;
}

}  // namespace callisto::tests
