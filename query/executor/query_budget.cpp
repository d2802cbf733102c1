// Shared limits of the runs of one request.
#include <string>

#include <callisto/query_budget.h>

namespace callisto {

bool QueryBudget::hold(std::size_t bytes) {
  const std::size_t before = held_.fetch_add(bytes, std::memory_order_relaxed);
  if (bytes_max_ == 0 || (bytes <= bytes_max_ && before <= bytes_max_ - bytes)) return true;
  release(bytes);
  return false;
}

Status QueryBudget::check(std::size_t more) const {
  if (expired()) return tl::make_unexpected(over_time());
  if (bytes_max_ == 0 || (more <= bytes_max_ && held() <= bytes_max_ - more)) return {};
  return tl::make_unexpected(over_bytes());
}

Error QueryBudget::over_bytes() const {
  return {.code = ErrorCode::LimitExceeded,
          .message = "The queries of this request and their answers need more than " +
                     std::to_string(bytes_max_) + " bytes of memory together.",
          .hints = {"Ask for less in one request: add LIMIT or filters, or send several requests; "
                    "or raise the limit (query_memory_bytes in the configuration of a server)."}};
}

Error QueryBudget::over_time() {
  return {.code = ErrorCode::LimitExceeded,
          .message = "The time for all queries of this request is over.",
          .hints = {"Ask for less in one request, or raise the limit (query_timeout_ms in the "
                    "configuration of a server)."}};
}

}  // namespace callisto
