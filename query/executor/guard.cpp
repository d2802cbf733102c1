// Ends a run that takes too long, holds too much, or is cancelled.
#include "query/executor/guard.h"

#include <string>
#include <utility>

namespace callisto::query {

namespace {

// What a run takes of a shared budget at a time.
constexpr std::size_t kGrantBytes = std::size_t{64} << 10;

}  // namespace

Guard::Guard(const QueryOptions& options)
    : limits_(options.limits), cancel_(options.cancel), budget_(options.budget) {
  if (limits_.timeout_ms > 0) {
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits_.timeout_ms);
  }
  // A run that was cancelled or had no time left before it began ends at its first step.
  if (cancel_ != nullptr && cancel_->cancelled()) left_ = 0;
  if (budget_ != nullptr && budget_->expired()) left_ = 0;
}

bool Guard::check() {
  left_ = 0;  // Once stopped, every step says so.
  if (error_) return true;
  if (cancel_ != nullptr && cancel_->cancelled()) {
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
