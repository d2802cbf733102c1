// R3: calls to the file system fail, once or all from one on.
#include <catch2/catch.hpp>

#include "tests/fault/campaigns.h"

using namespace callisto::tests;

TEST_CASE("R3 whichever call fails, nothing acknowledged is lost and the store opens again") {
  const Campaign campaign = fail_calls({.count = cycles(48), .seed = 9}, Answers::Right);
  INFO(campaign.text());
  CHECK(campaign.failures == 0);
  CHECK(campaign.injected > campaign.trials / 2);
  CHECK(campaign.reported > campaign.trials / 4);
}

TEST_CASE("R3 the harness catches a caller that takes a failed write for a done one") {
  const Campaign campaign = fail_calls({.count = 24, .seed = 10}, Answers::Always);
  INFO(campaign.text());
  CHECK(campaign.failures > 0);
}
