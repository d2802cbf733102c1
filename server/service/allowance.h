// What one HTTP request may use, however much is asked in it: batches and aliases share it.
#pragma once

#include <cstddef>

#include <callisto/query_budget.h>
#include <callisto/query_options.h>

#include "server/config.h"
#include "server/http/message.h"

namespace callisto::server {

// One deadline, one account of memory and one bound on the bytes of the answer. Of one thread.
class Allowance {
 public:
  Allowance(const ServiceLimits& limits, const Request& request, Turn turn);

  // Limits, budget and cancellation of the next query.
  void apply(QueryOptions& options);

  // Between two things that are done for the request. Errors: LimitExceeded after the deadline,
  // Cancelled when the client has gone.
  [[nodiscard]] Status check() const;
  // Whether so many bytes would fit into the answer. Errors: LimitExceeded.
  [[nodiscard]] Status fits(std::size_t bytes) const;
  // So many bytes of the answer are there. Errors: LimitExceeded when they are too many.
  [[nodiscard]] Status keep(std::size_t bytes);

  // Of the answer, still.
  [[nodiscard]] std::size_t bytes_left() const { return answer_max_ - answered_; }

  // Before anything is changed. Errors: in a brief turn, which is over then.
  [[nodiscard]] Status begin_change();
  // Whether nothing was done that counts: the request needs a full turn.
  [[nodiscard]] bool was_too_short() const;

 private:
  const QueryLimits limits_;
  const std::size_t answer_max_;
  const Request& request_;
  const bool brief_;
  QueryBudget budget_;
  std::size_t answered_ = 0;
  bool wants_change_ = false;
};

}  // namespace callisto::server
