// R2: the power goes at any moment.
#include <catch2/catch.hpp>

#include "tests/fault/campaigns.h"

using namespace callisto::tests;

TEST_CASE("R2 a power cut at any call loses nothing acknowledged, and the store goes on") {
  const Campaign campaign = cut_power({.count = cycles(300), .seed = 6}, Syncs::On, Lie::None);
  INFO(campaign.text());
  CHECK(campaign.failures == 0);
  CHECK(campaign.acknowledged > campaign.trials);
}

TEST_CASE("R2 the harness catches a store without syncs") {
  const Campaign campaign = cut_power({.count = 80, .seed = 7}, Syncs::Off, Lie::None);
  INFO(campaign.text());
  CHECK(campaign.failures > 2);
}

TEST_CASE("R2 the harness catches a store that acknowledges before it writes") {
  const Campaign campaign = cut_power({.count = 60, .seed = 8}, Syncs::On, Lie::EarlyAnswer);
  INFO(campaign.text());
  CHECK(campaign.failures > 5);
}
