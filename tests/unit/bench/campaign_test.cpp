// Medians and turns: what the benchmark figures are made of.
#include "bench/suite/campaign.h"

#include <chrono>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace callisto::bench;

TEST_CASE("quantiles are those of the sorted samples") {
  Samples samples;
  CHECK(samples.median() == 0);
  for (const double value : {5.0, 1.0, 100.0, 2.0, 3.0})
    samples.add(value);
  CHECK(samples.median() == 3);
  CHECK(samples.quantile(0) == 1);
  CHECK(samples.quantile(1) == 100);
}

TEST_CASE("sides take turns, and the first run of a turn is not counted") {
  std::vector<int> order;
  double now = 0;
  const auto side = [&](int name) {
    return [&order, &now, name](std::uint64_t) {
      order.push_back(name);
      now += 2'000;
      return true;
    };
  };
  const Campaign campaign = measure(
      {side(0), side(1)},
      {.seconds = 0.02, .samples_min = 3, .samples_max = 100, .clock = [&] { return now; }});
  REQUIRE(campaign.sides.size() == 2);
  CHECK_FALSE(campaign.failed);
  int turns = 1;
  for (std::size_t i = 1; i < order.size(); ++i)
    turns += order[i] == order[i - 1] ? 0 : 1;
  CHECK(turns >= 4);
  const std::size_t counted = campaign.sides[0].count() + campaign.sides[1].count();
  CHECK(counted + static_cast<std::size_t>(turns) == order.size());
  CHECK(campaign.sides[0].quantile(0) == 2'000);
}

TEST_CASE("short runs are timed several at a time") {
  std::uint64_t runs = 0;
  const Campaign campaign = measure({[&](std::uint64_t) {
                                      ++runs;
                                      return true;
                                    }},
                                    {.samples_min = 10, .samples_max = 10, .clock = [&] {
                                       return 0.5 * static_cast<double>(runs);
                                     }});
  CHECK(campaign.sides[0].count() == 10);
  CHECK(runs == 1 + 10 * 40);
  CHECK(campaign.sides[0].median() == 0.5);
}

TEST_CASE("the steady clock of a campaign goes on in microseconds") {
  const double before = steady_microseconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  CHECK(steady_microseconds() - before >= 2'000);
}

TEST_CASE("a failed run ends the campaign") {
  std::uint64_t runs = 0;
  const Campaign campaign = measure({[&](std::uint64_t) { return ++runs < 5; }});
  CHECK(campaign.failed);
  CHECK(runs == 5);
}
