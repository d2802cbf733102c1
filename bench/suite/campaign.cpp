#include "bench/suite/campaign.h"

#include <algorithm>
#include <cmath>

namespace callisto::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSampleUs = 20;    // Runs shorter than this are timed several at a time.
constexpr double kBlockUs = 5'000;  // One side's turn.
constexpr std::uint64_t kRunsPerSampleMax = 64;
constexpr double kLongRunUs = 300'000;  // Nothing to warm up, and three of them are too many.

// One side's state between its turns.
struct Side {
  const Run& run;
  const MicrosecondClock& clock;
  Samples samples;
  std::uint64_t next = 0;
  std::uint64_t runs_per_sample = 1;
  double spent_us = 0;

  bool warm_up() {
    const double start = clock();
    if (!run(next++)) return false;
    const double once = std::max(clock() - start, 0.05);
    if (once >= kLongRunUs) {
      samples.add(once);
      spent_us += once;
    }
    if (samples.empty()) {
      runs_per_sample = std::clamp<std::uint64_t>(
          static_cast<std::uint64_t>(kSampleUs / once), 1, kRunsPerSampleMax);
    }
    return true;
  }

  bool sample() {
    const double start = clock();
    for (std::uint64_t i = 0; i < runs_per_sample; ++i) {
      if (!run(next++)) return false;
    }
    const double all = clock() - start;
    spent_us += all;
    samples.add(all / static_cast<double>(runs_per_sample));
    return true;
  }

  bool take_turn(std::size_t samples_max) {
    const double before = spent_us;
    if (!warm_up()) return false;
    if (spent_us > before) return true;  // A long run has counted already.
    const double until = spent_us + kBlockUs;
    while (spent_us < until && samples.count() < samples_max) {
      if (!sample()) return false;
    }
    return true;
  }

  [[nodiscard]] bool done(const CampaignOptions& options) const {
    const bool long_runs = samples.count() > 0 && samples.least() >= kLongRunUs;
    if (samples.count() < options.samples_min && !long_runs) return false;
    return spent_us >= options.seconds * 1e6 || samples.count() >= options.samples_max;
  }
};

}  // namespace

double Samples::least() const {
  return values_.empty() ? 0 : *std::min_element(values_.begin(), values_.end());
}

double Samples::quantile(double share) const {
  if (values_.empty()) return 0;
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  const double place = share * static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(place))];
}

Campaign measure(const std::vector<Run>& runs, const CampaignOptions& options) {
  std::vector<Side> sides;
  sides.reserve(runs.size());
  for (const Run& run : runs)
    sides.push_back({.run = run, .clock = options.clock, .samples = {}});
  Campaign campaign;
  const auto all_done = [&] {
    return std::all_of(
        sides.begin(), sides.end(), [&](const Side& side) { return side.done(options); });
  };
  while (!campaign.failed && !all_done()) {
    for (Side& side : sides) {
      campaign.failed = campaign.failed || !side.take_turn(options.samples_max);
    }
  }
  for (Side& side : sides)
    campaign.sides.push_back(std::move(side.samples));
  return campaign;
}

double steady_microseconds() {
  return std::chrono::duration<double, std::micro>(Clock::now().time_since_epoch()).count();
}

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

}  // namespace callisto::bench
