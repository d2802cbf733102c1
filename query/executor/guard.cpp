// Ends a run that takes too long, holds too much, or is cancelled.
#include "query/executor/guard.h"

#include <string>

namespace callisto::query {

Guard::Guard(const QueryOptions& options) : limits_(options.limits), cancel_(options.cancel) {
  if (limits_.timeout_ms > 0) {
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits_.timeout_ms);
  }
  // A run that was cancelled before it began ends at its first step.
  if (cancel_ != nullptr && cancel_->cancelled()) left_ = 0;
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
  left_ = kStepsPerCheck;
  return false;
}

bool Guard::hold(std::size_t bytes) {
  held_bytes_ += bytes;
  if (limits_.memory_bytes_max == 0 || held_bytes_ <= limits_.memory_bytes_max) return stopped();
  if (!error_) {
    error_ =
        Error{.code = ErrorCode::LimitExceeded,
              .message = "The query needs more than " + std::to_string(limits_.memory_bytes_max) +
                         " bytes of memory.",
              .hints = {"Add LIMIT or filters, or raise limits.memory_bytes_max (0 lifts it)."}};
  }
  left_ = 0;  // The next step sees it.
  return true;
}

Status Guard::status() const {
  if (error_) return tl::make_unexpected(*error_);
  return {};
}

}  // namespace callisto::query
