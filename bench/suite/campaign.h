// Repeats something until its median is steady enough. The median, because on a shared machine the
// mean measures the neighbours.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace callisto::bench {

// Microseconds for one run, each an average over a few runs when one is shorter than the clock can
// measure.
class Samples {
 public:
  void add(double microseconds) { values_.push_back(microseconds); }

  [[nodiscard]] bool empty() const { return values_.empty(); }

  [[nodiscard]] std::size_t count() const { return values_.size(); }

  // `share` in [0, 1]; 0.5 is the median. 0 when there is none.
  [[nodiscard]] double quantile(double share) const;

  [[nodiscard]] double least() const;

  [[nodiscard]] double median() const { return quantile(0.5); }

 private:
  std::vector<double> values_;
};

// Runs the thing number `i` once; false when it failed, which ends the campaign.
using Run = std::function<bool(std::uint64_t i)>;

// Microseconds since any fixed moment, never going back.
using MicrosecondClock = std::function<double()>;

[[nodiscard]] double steady_microseconds();

struct CampaignOptions {
  double seconds = 0.4;  // For each side.
  std::size_t samples_min = 3;
  std::size_t samples_max = 2'000;
  MicrosecondClock clock = steady_microseconds;
};

struct Campaign {
  std::vector<Samples> sides;  // One for each run function.
  bool failed = false;
};

// Measures all sides in turn, a block of some milliseconds at a time, so that a noisy minute hits
// each alike. The first run of each block is not counted: it warms the caches for its side.
[[nodiscard]] Campaign measure(const std::vector<Run>& sides, const CampaignOptions& options = {});

[[nodiscard]] double microseconds_since(std::chrono::steady_clock::time_point start);

}  // namespace callisto::bench
