// kill -9 in the middle of commits: what was acknowledged is there, and no half of a commit.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "tests/fault/fault_world.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::tests;

namespace {

struct Outcome {
  std::uint64_t acknowledged = 0;
  std::uint64_t lost = 0;
};

// Kills and reopens the same store again and again.
Outcome torment(const char* mode, int rounds, std::uint64_t seed) {
  constexpr int kRoundsPerStore = 8;  // So that replay does not take longer and longer.
  const Scratch scratch;
  std::string directory;
  std::mt19937_64 random(seed);
  Outcome outcome;
  std::uint64_t before = 0;
  for (int round = 0; round < rounds; ++round) {
    INFO("round " << round << ", seed " << seed);
    if (round % kRoundsPerStore == 0) {
      directory = scratch.path("data" + std::to_string(round));
      before = 0;
    }
    const auto delay = static_cast<unsigned>(random() % 60'000);
    const Killed killed = run_and_kill(directory, mode, delay);
    REQUIRE_FALSE(killed.failed);
    if (killed.acknowledged > before) outcome.acknowledged += killed.acknowledged - before;
    auto store = DurableStore::open(directory, kAccount);
    if (!store) FAIL(store.error().message);
    const std::uint64_t found = whole_commits(**store);
    const std::uint64_t least = std::max(before, killed.acknowledged);
    if (found < least) outcome.lost += least - found;
    before = found;
  }
  return outcome;
}

}  // namespace

TEST_CASE("R1 kill -9 loses nothing acknowledged and shows no half commit") {
  const Outcome outcome = torment("real", cycles(40), 1);
  CHECK(outcome.lost == 0);
  CHECK(outcome.acknowledged > 20);  // Else the children were killed before they wrote.
}

TEST_CASE("R1 kill -9 loses no group of commits that was acknowledged") {
  const Outcome outcome = torment("group", cycles(16), 4);
  CHECK(outcome.lost == 0);
  CHECK(outcome.acknowledged > 10);
}

TEST_CASE("R1 kill -9 while snapshots are written and the log is dropped loses nothing") {
  const Outcome outcome = torment("compact", cycles(20), 2);
  CHECK(outcome.lost == 0);
  CHECK(outcome.acknowledged > 10);
}

TEST_CASE("R1 the harness catches a store that acknowledges before it writes") {
  CHECK(torment("lazy", 20, 3).lost > 0);
}
