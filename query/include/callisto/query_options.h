// How a query runs: limits, variables, layer, cancellation.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <callisto/limits.h>
#include <callisto/provenance.h>
#include <callisto/query_budget.h>
#include <callisto/value.h>

namespace callisto {

// Set from any thread (a signal handler included) to end a running query with ErrorCode::Cancelled.
// A copy is the same token. Lifetime: a run keeps what it looks at, the token itself may go before.
class CancelToken {
 public:
  CancelToken() = default;
  CancelToken(const CancelToken&) = default;  // Moving copies: no token is ever without a state.
  CancelToken& operator=(const CancelToken&) = default;
  ~CancelToken() = default;

  void cancel() { state_->store(true, std::memory_order_relaxed); }

  void reset() { state_->store(false, std::memory_order_relaxed); }

  [[nodiscard]] bool cancelled() const { return state_->load(std::memory_order_relaxed); }

  // What a run looks at.
  [[nodiscard]] std::shared_ptr<const std::atomic<bool>> state() const { return state_; }

 private:
  std::shared_ptr<std::atomic<bool>> state_ = std::make_shared<std::atomic<bool>>(false);
};

// What an entity must have to exist for a caller: each property has the value, or one of the
// list's.
using ScopeFilter = std::map<std::string, Value>;

// Errors of a run that has other options than these rules allow: InvalidInput, naming the option.
struct QueryOptions {
  QueryLimits limits{};
  // Values of ${name} (j1ql 4.12): names and texts in UTF-8, numbers finite.
  std::map<std::string, Value> variables{};
  LayerView layer = LayerView::Effective;  // O-30
  bool include_deleted = false;            // Soft-deleted entities and relationships too.
  bool optimize = true;                    // Off: the plain plan, for tests; answers are the same.
  bool revisit_vertices = false;           // On: a path may pass a vertex twice (j1ql 5.14).
  std::optional<std::int64_t> now_ms{};    // Value of date.now; the clock's when not set.
  // Not empty: only entities that pass one of these exist, at every place of the query and before
  // its own conditions (j1ql 8.4).
  std::vector<ScopeFilter> scope_filters{};
  bool row_metadata = false;  // Rows tell what their aliases stand for: RowBatch::append_metadata.
  const CancelToken* cancel = nullptr;  // Must live until the run has started.
  // Shared with other runs; must outlive the run and its result.
  QueryBudget* budget = nullptr;
};

}  // namespace callisto
