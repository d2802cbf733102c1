// What several runs may use together: all queries of one request and the answers written of them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

#include <callisto/error.h>

namespace callisto {

// One account of bytes and one deadline, besides the limits that each run has of its own. A run
// charges what it holds and gives it back when its result is destroyed; answers that are kept
// longer stay charged (QueryResult::keep) until release().
//
// Thread safety: all functions may be called at once from several threads.
class QueryBudget {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Now = TimePoint (*)();

  // `bytes_max`: 0 = no limit. `now`: the clock that the deadline is read on; for tests.
  explicit QueryBudget(std::size_t bytes_max,
                       std::optional<TimePoint> deadline = {},
                       Now now = &std::chrono::steady_clock::now)
      : bytes_max_(bytes_max), deadline_(deadline), now_(now) {}

  QueryBudget(const QueryBudget&) = delete;
  QueryBudget& operator=(const QueryBudget&) = delete;

  // False, with nothing charged, when there is not that much left.
  [[nodiscard]] bool hold(std::size_t bytes);

  void release(std::size_t bytes) { held_.fetch_sub(bytes, std::memory_order_relaxed); }

  [[nodiscard]] std::size_t held() const { return held_.load(std::memory_order_relaxed); }

  [[nodiscard]] bool expired() const { return deadline_ && now_() > *deadline_; }

  // Errors: LimitExceeded after the deadline, or when `more` bytes do not fit any more.
  [[nodiscard]] Status check(std::size_t more = 0) const;

  [[nodiscard]] Error over_bytes() const;
  [[nodiscard]] static Error over_time();

 private:
  const std::size_t bytes_max_;
  const std::optional<TimePoint> deadline_;
  const Now now_;
  std::atomic<std::size_t> held_{0};
};

}  // namespace callisto
