// R2. One run of a store is recorded, then many moments of it are tried: a trial costs no more than
// to write what the disk may hold, and to open it.
#include <algorithm>
#include <filesystem>
#include <random>

#include <fmt/format.h>

#include "tests/fault/campaigns.h"
#include "tests/fault/numbered_commits.h"
#include "tests/fault/system_calls.h"
#include "tests/support/scratch.h"

namespace callisto::tests {
namespace {

using namespace callisto::persist;

constexpr std::uint64_t kTrialsPerRun = 40;
constexpr std::uint64_t kWritesAgainEvery = 4;

// A store that was written to, and what was acknowledged when.
struct Recorded {
  DiskModel disk{};
  std::vector<std::uint64_t> acknowledged{};  // After how many calls: commit 1, 2, ...
  std::string problem{};
};

Result<std::unique_ptr<DurableStore>> open_store(const std::string& path, Syncs syncs, Lie lie) {
  CALLISTO_TRY(auto journal, open_journal(path, {.account = kAccount, .sync = syncs == Syncs::On}));
  if (lie != Lie::None) journal = std::make_unique<LyingJournal>(std::move(journal), lie);
  return DurableStore::open(std::move(journal), kAccount);
}

Status commit_group(Store& store, std::uint64_t first, std::uint64_t last) {
  const auto lock = store.lock_writer();
  for (std::uint64_t number = first; number <= last; ++number) {
    CALLISTO_TRY(auto after, store.stage(numbered_change(store.head()->names(), number)));
    static_cast<void>(after);
  }
  return store.flush();
}

// Opens, commits, compacts, closes, a few times; groups and pauses by chance. Every tenth commit is
// a large one: most runs end before.
Status write_some(
    const std::string& path, Syncs syncs, Lie lie, std::mt19937_64& random, Recorded& recorded) {
  const std::uint64_t last = random() % 8 == 0 ? 11 : 9;
  for (std::uint64_t number = 1; number <= last;) {
    CALLISTO_TRY(const auto store, open_store(path, syncs, lie));
    const std::uint64_t until = std::min(last, number + random() % 5);
    while (number <= until) {
      const std::uint64_t end = std::min(until, number + random() % 2);
      if (Status done = commit_group(*store, number, end); !done) return done;
      for (; number <= end; ++number) {
        recorded.acknowledged.push_back(recorded_calls());
      }
      if (random() % 4 == 0) {
        if (Status done = store->compact(); !done) return done;
      }
    }
  }
  return {};
}

// Requires a store of `found` commits.
Status write_again(const std::string& path, std::uint64_t found) {
  {
    CALLISTO_TRY(const auto store, open_store(path, Syncs::On, Lie::None));
    if (Status done = commit_group(*store, found + 1, found + 2); !done) return done;
  }
  CALLISTO_TRY(const auto store, open_store(path, Syncs::On, Lie::None));
  CALLISTO_TRY(const std::uint64_t after, last_whole_commit(*store));
  if (after == found + 2) return {};
  return callisto::fail(ErrorCode::Internal,
                        fmt::format("{} commits after {} and two more", after, found));
}

void try_image(const Recorded& recorded,
               std::uint64_t calls,
               bool write,
               std::mt19937_64& random,
               Campaign& campaign) {
  const Scratch scratch;
  const std::string path = scratch.path("image");
  recorded.disk.write_image(calls, random, path);
  const auto& acknowledged = recorded.acknowledged;
  const auto least = static_cast<std::uint64_t>(
      std::upper_bound(acknowledged.begin(), acknowledged.end(), calls) - acknowledged.begin());
  const std::string when = fmt::format("power cut after call {}: ", calls);
  ++campaign.injected;
  campaign.acknowledged += least;
  auto store = open_store(path, Syncs::On, Lie::None);
  if (!store) return campaign.fail(when + store.error().message);
  const auto found = last_whole_commit(**store);
  if (!found) return campaign.fail(when + found.error().message);
  if (*found < least || *found > least + 2) {
    return campaign.fail(when + fmt::format("{} commits, acknowledged were {}", *found, least));
  }
  store->reset();
  if (!write) return;
  if (const Status again = write_again(path, *found); !again) {
    campaign.fail(when + "cannot go on: " + again.error().message);
  }
}

}  // namespace

Campaign cut_power(const Trials& trials, Syncs syncs, Lie lie) {
  Campaign campaign;
  std::mt19937_64 random(trials.seed);
  while (campaign.trials < trials.count) {
    const Scratch scratch;
    const std::string path = scratch.path("data");
    std::filesystem::create_directory(path);
    Recorded recorded;
    watch_disk(path, {}, &recorded.disk);
    const Status written = write_some(path, syncs, lie, random, recorded);
    watch_disk({}, {});
    if (!written) campaign.fail("without a fault: " + written.error().message);
    for (std::uint64_t i = 0; i < kTrialsPerRun && campaign.trials < trials.count; ++i) {
      const std::uint64_t calls = random() % (recorded.disk.calls() + 1);
      try_image(recorded, calls, campaign.trials % kWritesAgainEvery == 0, random, campaign);
      ++campaign.trials;
    }
  }
  return campaign;
}

}  // namespace callisto::tests
