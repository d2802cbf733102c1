// R1: kill -9 while a process writes: what was acknowledged is there, and no half of a commit.
#include <catch2/catch.hpp>

#include "tests/fault/campaigns.h"

using namespace callisto::tests;

namespace {

void survives(const char* mode, std::uint64_t trials, std::uint64_t seed) {
  const Campaign campaign = kill_writers(mode, {.count = cycles(trials), .seed = seed});
  INFO(mode << ", seed " << seed << ": " << campaign.text());
  CHECK(campaign.failures == 0);
  CHECK(campaign.injected == campaign.trials);
  CHECK(campaign.acknowledged > campaign.trials / 2);  // Else they were killed before they wrote.
}

}  // namespace

TEST_CASE("R1 kill -9 loses nothing acknowledged and shows no half commit") {
  survives("real", 40, 1);
}

TEST_CASE("R1 kill -9 loses no group of commits that was acknowledged") {
  survives("group", 16, 4);
}

TEST_CASE("R1 kill -9 while snapshots are written and the log is dropped loses nothing") {
  survives("compact", 20, 2);
}

TEST_CASE("R1 kill -9 during uploads, finalizes, mutations and snapshots loses nothing") {
  survives("jobs", 24, 5);
}

TEST_CASE("R1 the harness catches a store that acknowledges before it writes") {
  const Campaign campaign = kill_writers("early", {.count = 20, .seed = 3});
  INFO(campaign.text());
  CHECK(campaign.failures > 0);
}
