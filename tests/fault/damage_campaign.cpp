// R4. A store is not changed by being read, so each trial changes a byte in place, opens, and puts
// the byte back.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <tuple>

#include <fmt/format.h>

#include "tests/fault/campaigns.h"
#include "tests/fault/numbered_commits.h"
#include "tests/support/scratch.h"

namespace callisto::tests {
namespace {

namespace fs = std::filesystem;
using namespace callisto::persist;

constexpr std::uint64_t kCommits = 8;

// A snapshot and a log after it.
Status make_store(const std::string& path) {
  CALLISTO_TRY(const auto store, DurableStore::open(path, kAccount));
  for (std::uint64_t number = 1; number <= kCommits; ++number) {
    {
      const auto lock = store->lock_writer();
      CALLISTO_TRY(auto after, store->commit(numbered_change(store->snapshot()->names(), number)));
      static_cast<void>(after);
    }
    if (number == kCommits / 2) {
      if (Status done = store->compact(); !done) return done;
    }
  }
  return {};
}

struct Byte {
  fs::path file;
  std::uintmax_t at = 0;
};

std::vector<Byte> bytes_of(const std::string& path) {
  std::vector<Byte> bytes;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    for (std::uintmax_t at = 0; at < entry.file_size(); ++at) {
      bytes.push_back({entry.path(), at});
    }
  }
  // Directories are read in any order.
  std::sort(bytes.begin(), bytes.end(), [](const Byte& a, const Byte& b) {
    return std::tie(a.file, a.at) < std::tie(b.file, b.at);
  });
  return bytes;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Either an error, or the whole state: the last commit was acknowledged, so no prefix will do.
void try_open(const std::string& path, Lie lie, const std::string& what, Campaign& campaign) {
  ++campaign.trials;
  ++campaign.injected;
  campaign.acknowledged += kCommits;
  auto journal = open_journal(path, {.account = kAccount, .create = false});
  const auto reported = [&](const Error& error) {
    const bool right = error.code == ErrorCode::Corruption || error.code == ErrorCode::Io ||
                       error.code == ErrorCode::InvalidInput || error.code == ErrorCode::NotFound;
    if (!right) return campaign.fail(what + error.message);
    ++campaign.reported;
  };
  if (!journal) return reported(journal.error());
  if (lie != Lie::None) *journal = std::make_unique<LyingJournal>(std::move(*journal), lie);
  const auto store = DurableStore::open(std::move(*journal), kAccount);
  if (!store) return reported(store.error());
  const auto found = last_whole_commit(**store);
  if (!found) return campaign.fail(what + found.error().message);
  if (*found != kCommits) campaign.fail(what + fmt::format("{} commits are served", *found));
}

// Positions from all, spread evenly with a random start; all when `count` is 0.
std::vector<std::size_t> spread(std::size_t all, const Trials& trials, std::mt19937_64& random) {
  std::vector<std::size_t> chosen;
  const bool each = trials.count == 0 || trials.count >= all;
  const double step = each ? 1 : static_cast<double>(all) / static_cast<double>(trials.count);
  const double first = each ? 0 : static_cast<double>(random() % 1000) / 1000 * step;
  for (double at = first; at < static_cast<double>(all); at += step) {
    chosen.push_back(static_cast<std::size_t>(at));
  }
  return chosen;
}

}  // namespace

Campaign damage_bytes(const Trials& trials, Lie lie) {
  Campaign campaign;
  std::mt19937_64 random(trials.seed);
  const Scratch scratch;
  const std::string path = scratch.path("data");
  if (const Status made = make_store(path); !made) {
    campaign.fail("without damage: " + made.error().message);
    return campaign;
  }
  const std::vector<Byte> bytes = bytes_of(path);
  for (const std::size_t index : spread(bytes.size(), trials, random)) {
    const Byte& byte = bytes[index];
    const std::string whole = read_file(byte.file);
    const std::string where = fmt::format("{} byte {}", byte.file.filename().string(), byte.at);
    std::string changed = whole;
    changed[byte.at] = static_cast<char>(changed[byte.at] ^ (1 << (random() % 8)));
    write_file(byte.file, changed);
    try_open(path, lie, where + " flipped: ", campaign);
    write_file(byte.file, std::string_view(whole).substr(0, byte.at));
    try_open(path, lie, where + " cut: ", campaign);
    write_file(byte.file, whole);
  }
  if (lie == Lie::None) {
    Campaign healed;
    try_open(path, lie, "put back: ", healed);
    if (healed.reported + healed.failures > 0) campaign.fail("a store that was only read changed");
  }
  return campaign;
}

}  // namespace callisto::tests
