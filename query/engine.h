// J1QL from text to rows: parse -> bind -> plan -> optimize -> execute, over one snapshot.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/graph/snapshot.h"
#include <callisto/clock.h>
#include <callisto/definitions.h>
#include <callisto/error.h>
#include <callisto/query_options.h>
#include <callisto/query_result.h>

namespace callisto::query {

// A parsed and bound query that can run on any later snapshot of the same graph. Immutable and
// thread-safe after prepare(); variables may change from run to run. Plans depend on statistics and
// are remade when a snapshot differs a lot.
class Prepared;
using PreparedPtr = std::shared_ptr<const Prepared>;

// Errors: ParseError, BindError with a span into `text`; LimitExceeded for queries that are too
// large.
//
// `definitions`: smart classes and stored parameters, kept by the query; nullptr: the default ones.
[[nodiscard]] Result<PreparedPtr> prepare(
    std::string_view text,
    const Snapshot& snapshot,
    const std::shared_ptr<const Definitions>& definitions = nullptr);

// Starts the query. Errors: BindError (a variable without a value), LimitExceeded, Cancelled.
[[nodiscard]] Result<QueryResult> run(const PreparedPtr& prepared,
                                      SnapshotPtr snapshot,
                                      const QueryOptions& options,
                                      const Clock& clock);

// The plan with estimates; with `profile` the query is run to its end and real rows and times are
// filled in.
[[nodiscard]] Result<std::vector<PlanLine>> explain(const PreparedPtr& prepared,
                                                    const SnapshotPtr& snapshot,
                                                    const QueryOptions& options,
                                                    const Clock& clock,
                                                    bool profile);

}  // namespace callisto::query
