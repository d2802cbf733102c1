// A physical plan with what every run of it shares.
#pragma once

#include <memory>
#include <optional>

#include "query/executor/constants.h"
#include "query/executor/output.h"
#include "query/optimizer/physical_plan.h"
#include <callisto/clock.h>
#include <callisto/query_options.h>

namespace callisto::query {

struct Executable {
  std::shared_ptr<const PhysicalPlan> plan;
  OutputColumns columns{};
  std::optional<Constants> constants{};  // Set when no run changes them.
};

// Immutable; to be shared by runs on the same graph version.
[[nodiscard]] std::shared_ptr<const Executable> make_executable(
    std::shared_ptr<const PhysicalPlan> plan, const SnapshotPtr& snapshot);

// The constants of a query with this run's variables, clock and subqueries. `guard`: of the run,
// which the subqueries are a part of.
//
// Errors: BindError for a variable without a value; what running a subquery gives.
[[nodiscard]] Result<Constants> resolve_constants(const BoundQuery& query,
                                                  const SnapshotPtr& snapshot,
                                                  const QueryOptions& options,
                                                  std::int64_t now_ms,
                                                  const std::shared_ptr<Guard>& guard);

// `date.now` with its steps taken, in UTC (j1ql 4.7).
[[nodiscard]] std::int64_t date_of(const ast::DateNow& date, std::int64_t now_ms);

}  // namespace callisto::query
