// The limits of one run: time, memory, cancellation.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <callisto/error.h>
#include <callisto/query_options.h>

namespace callisto::query {

// Checked every kStepsPerCheck steps, a step being about one row or relationship looked at. After
// stopped() everything unwinds quickly; the reason is in status().
class Guard {
 public:
  static constexpr std::uint32_t kStepsPerCheck = 4096;

  explicit Guard(const QueryOptions& options);

  // Counts steps; true when the run has to end.
  [[nodiscard]] bool step(std::uint32_t steps = 1) {
    left_ -= static_cast<std::int64_t>(steps);
    if (left_ > 0) return false;
    return check();
  }

  // Counts memory that is held until the end of the run; true when the run has to end.
  [[nodiscard]] bool hold(std::size_t bytes);

  void release(std::size_t bytes) { held_bytes_ -= bytes; }

  [[nodiscard]] bool stopped() const { return error_.has_value(); }

  [[nodiscard]] Status status() const;

  void stop(Error error) { error_ = std::move(error); }

  [[nodiscard]] const QueryLimits& limits() const { return limits_; }

 private:
  bool check();

  QueryLimits limits_;
  const CancelToken* cancel_;
  std::chrono::steady_clock::time_point deadline_;
  std::int64_t left_ = kStepsPerCheck;
  std::size_t held_bytes_ = 0;
  std::optional<Error> error_{};
};

}  // namespace callisto::query
