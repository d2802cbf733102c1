// Ends a run that takes too long, holds too much, or is cancelled.
#include "query/executor/guard.h"

#include <algorithm>
#include <string>
#include <utility>

namespace callisto::query {

namespace {

// What a run takes of a shared budget at a time.
constexpr std::size_t kGrantBytes = std::size_t{64} << 10;
// The clock of deadlines counts nanoseconds, and ends in 292 years.
constexpr std::int64_t kTimeoutMsMax = std::int64_t{100} * 365 * 24 * 3600 * 1000;

}  // namespace

Guard::Guard(const QueryOptions& options)
    : limits_(options.limits),
      cancel_(options.cancel != nullptr ? options.cancel->state() : nullptr),
      budget_(options.budget) {
  if (limits_.timeout_ms > 0) {
    deadline_ = std::chrono::steady_clock::now() +
                std::chrono::milliseconds(std::min(limits_.timeout_ms, kTimeoutMsMax));
  }
  // A run that was cancelled or had no time left before it began ends at its first step.
  if (cancelled() || (budget_ != nullptr && budget_->expired())) left_ = 0;
}

bool Guard::cancelled() const {
  return cancel_ != nullptr && cancel_->load(std::memory_order_relaxed);
}

bool Guard::check() {
  left_ = 0;  // Once stopped, every step says so.
  if (error_) return true;
  if (cancelled()) {
    error_ = Error{.code = ErrorCode::Cancelled, .message = "The query was cancelled."};
    return true;
  }
  if (limits_.timeout_ms > 0 && std::chrono::steady_clock::now() > deadline_) {
    error_ = Error{
        .code = ErrorCode::LimitExceeded,
        .message = "The query took longer than " + std::to_string(limits_.timeout_ms) + " ms.",
        .hints = {"Make it more selective, or raise limits.timeout_ms (0 lifts it)."}};
    return true;
  }
  if (budget_ != nullptr && budget_->expired()) {
    error_ = QueryBudget::over_time();
    return true;
  }
  left_ = kStepsPerCheck;
  return false;
}

bool Guard::hold(std::size_t bytes) {
  held_bytes_ += bytes;
  if (budget_ != nullptr && held_bytes_ > granted_bytes_) grant();
  if (limits_.memory_bytes_max == 0 || held_bytes_ <= limits_.memory_bytes_max) return stopped();
  stop(Error{.code = ErrorCode::LimitExceeded,
             .message = "The query needs more than " + std::to_string(limits_.memory_bytes_max) +
                        " bytes of memory.",
             .hints = {"Add LIMIT or filters, or raise limits.memory_bytes_max (0 lifts it)."}});
  return true;
}

void Guard::grant() {
  const std::size_t needed = held_bytes_ - granted_bytes_;
  const std::size_t blocks = (needed + kGrantBytes - 1) / kGrantBytes * kGrantBytes;
  for (const std::size_t bytes : {blocks, needed}) {
    if (!budget_->hold(bytes)) continue;
    granted_bytes_ += bytes;
    return;
  }
  stop(budget_->over_bytes());
}

bool Guard::keep(std::size_t bytes) {
  if (hold(bytes)) return true;
  kept_bytes_ += bytes;
  return false;
}

void Guard::forget(std::size_t bytes) {
  kept_bytes_ -= bytes;
  release(bytes);
}

void Guard::stop(Error error) {
  if (!error_) error_ = std::move(error);
  left_ = 0;  // The next step sees it.
}

Status Guard::status() const {
  if (error_) return tl::make_unexpected(*error_);
  return {};
}

}  // namespace callisto::query
