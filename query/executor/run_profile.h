// What a profiled run measures, a figure per operator. A run that is not profiled has none and
// pays one test of a pointer for each.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace callisto::query {

struct Figures {
  std::uint64_t rows = 0;
  double time_us = 0;  // Of this operator alone.
};

struct RunProfile {
  std::vector<Figures> nodes{};  // The scan or semi-join that gives each node of the plan.
  std::vector<Figures> hops{};   // The Expand over each hop of the plan.
  Figures negation{};            // AntiExpand by sets.
};

// Adds the time of its own life to a figure.
class Stopwatch {
 public:
  explicit Stopwatch(Figures* figures) : figures_(figures) {
    if (figures_ != nullptr) begin_ = std::chrono::steady_clock::now();
  }

  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

  ~Stopwatch() {
    if (figures_ == nullptr) return;
    const std::chrono::duration<double, std::micro> spent =
        std::chrono::steady_clock::now() - begin_;
    figures_->time_us += spent.count();
  }

 private:
  Figures* figures_;
  std::chrono::steady_clock::time_point begin_{};
};

}  // namespace callisto::query
