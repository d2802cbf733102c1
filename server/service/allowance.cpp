#include "server/service/allowance.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace callisto::server {
namespace {

// A single query tells its own limit before this one ends it, also when it had to wait for the
// processor; and the whole stays within twice that limit.
constexpr std::int64_t kSlackMs = 10;

std::int64_t slack_ms(std::int64_t limit_ms) {
  return std::max(kSlackMs, limit_ms / 2);
}

QueryBudget::TimePoint deadline_of(const ServiceLimits& limits, Turn turn) {
  const std::int64_t wanted = turn == Turn::Brief
                                  ? limits.brief_turn_ms
                                  : limits.query.timeout_ms + slack_ms(limits.query.timeout_ms);
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(wanted);
}

}  // namespace

Allowance::Allowance(const ServiceLimits& limits, const Request& request, Turn turn)
    : limits_(limits.query),
      answer_max_(limits.result_bytes_max),
      request_(request),
      brief_(turn == Turn::Brief),
      budget_(limits.query.memory_bytes_max, deadline_of(limits, turn)) {}

void Allowance::apply(QueryOptions& options) {
  options.limits = limits_;
  options.budget = &budget_;
  options.cancel = request_.gone.get();
}

Status Allowance::check() const {
  if (request_.gone->cancelled()) {
    return fail(ErrorCode::Cancelled, "The request was cancelled.");
  }
  return budget_.check();
}

Status Allowance::fits(std::size_t bytes) const {
  if (bytes <= bytes_left()) return {};
  return fail(ErrorCode::LimitExceeded,
              "the answer to this request has more than " + std::to_string(answer_max_) +
                  " bytes: add LIMIT, RETURN fewer properties, or ask for less in one request");
}

Status Allowance::keep(std::size_t bytes) {
  if (Status fit = fits(bytes); !fit) return fit;
  answered_ += bytes;
  return check();
}

Status Allowance::begin_change() {
  if (brief_) {
    wants_change_ = true;
    return fail(ErrorCode::Cancelled, "a brief turn changes nothing");
  }
  return check();
}

bool Allowance::was_too_short() const {
  return brief_ && (wants_change_ || budget_.expired());
}

}  // namespace callisto::server
