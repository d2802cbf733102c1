// The life of a query: parse -> bind -> plan -> optimize -> run.
#include "query/engine.h"

#include <chrono>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>

#include "core/errors/barrier.h"
#include "query/binder/binder.h"
#include "query/binder/scope_filter.h"
#include "query/executor/executable.h"
#include "query/executor/query_run.h"
#include "query/explain/explain.h"
#include "query/optimizer/optimizer.h"
#include "query/option_rules.h"
#include "query/parser/backslashes.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"
#include "query/planner/planner.h"

namespace callisto::query {

// The logical plans are fixed. The executable of the last graph version and way of running is kept,
// as runs mostly repeat both.
class Prepared {
 public:
  Prepared(std::string_view text, BoundQuery bound) : text_(text) {
    query_ = std::make_shared<const BoundQuery>(std::move(bound));
    optimized_ = std::make_shared<const LogicalPlan>(plan(query_, true));
    plain_ = std::make_shared<const LogicalPlan>(plan(query_, false));
  }

  [[nodiscard]] std::shared_ptr<const Executable> executable(const SnapshotPtr& snapshot,
                                                             const QueryOptions& options) const {
    {
      const std::lock_guard lock(mutex_);
      if (last_ && last_snapshot_.lock() == snapshot && fits(*last_->plan, options) &&
          last_scope_ == options.scope_filters) {
        return last_;
      }
    }
    auto made = make_executable(optimize(logical(options), *snapshot, options), snapshot);
    std::vector<ScopeFilter> scope = options.scope_filters;
    const std::lock_guard lock(mutex_);  // Nothing below can fail: the three belong together.
    last_ = made;
    last_snapshot_ = snapshot;
    last_scope_.swap(scope);
    return made;
  }

  // An error of a run, with its place in words.
  [[nodiscard]] Error placed(Error error) const { return with_place(text_, std::move(error)); }

 private:
  [[nodiscard]] std::shared_ptr<const LogicalPlan> logical(const QueryOptions& options) const {
    if (options.scope_filters.empty()) return options.optimize ? optimized_ : plain_;
    return std::make_shared<const LogicalPlan>(
        plan(restrict_scope(query_, options.scope_filters), options.optimize));
  }

  static bool fits(const PhysicalPlan& plan, const QueryOptions& options) {
    return plan.optimized == options.optimize && plan.include_deleted == options.include_deleted &&
           plan.revisits == options.revisit_vertices && plan.layer == options.layer;
  }

  std::string text_;
  std::shared_ptr<const BoundQuery> query_;
  std::shared_ptr<const LogicalPlan> optimized_;
  std::shared_ptr<const LogicalPlan> plain_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Executable> last_;
  mutable std::weak_ptr<const Snapshot> last_snapshot_;
  mutable std::vector<ScopeFilter> last_scope_;
};

namespace {

Result<std::unique_ptr<QueryRun>> start(const PreparedPtr& prepared,
                                        SnapshotPtr snapshot,
                                        const QueryOptions& options,
                                        const Clock& clock) {
  const std::int64_t now_ms = options.now_ms ? *options.now_ms : clock.now_ms();
  auto executable = prepared->executable(snapshot, options);
  auto started = QueryRun::start(std::move(executable), std::move(snapshot), options, now_ms);
  if (!started) return tl::make_unexpected(prepared->placed(std::move(started).error()));
  return started;
}

}  // namespace

Result<PreparedPtr> prepare(std::string_view text,
                            const Snapshot& snapshot,
                            const std::shared_ptr<const Definitions>& definitions) {
  return guarded([&]() -> Result<PreparedPtr> {
    static const auto defaults = std::make_shared<const Definitions>(default_definitions());
    Result<ast::Query> tree = parse(text);
    if (!tree) return tl::make_unexpected(with_place(text, std::move(tree).error()));
    Result<BoundQuery> bound =
        query::bind(*tree, definitions ? definitions : defaults, &snapshot.names());
    if (!bound) return tl::make_unexpected(with_place(text, std::move(bound).error()));
    std::vector<Warning> paths = path_warnings(text);
    std::move(paths.begin(), paths.end(), std::back_inserter(bound->warnings));
    return std::make_shared<const Prepared>(text, std::move(*bound));
  });
}

Result<QueryResult> run(const PreparedPtr& prepared,
                        SnapshotPtr snapshot,
                        const QueryOptions& options,
                        const Clock& clock) {
  return guarded([&]() -> Result<QueryResult> {
    if (Status status = check_options(options); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
    CALLISTO_TRY(std::unique_ptr<QueryRun> started,
                 start(prepared, std::move(snapshot), options, clock));
    return QueryResult(std::move(started));
  });
}

namespace {

Result<std::vector<PlanLine>> lines_of_plan(const PreparedPtr& prepared,
                                            const SnapshotPtr& snapshot,
                                            const QueryOptions& options,
                                            const Clock& clock,
                                            bool profile) {
  if (Status status = check_options(options); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  const auto executable = prepared->executable(snapshot, options);
  const std::vector<IndexUse> use = index_use(*executable->plan, *snapshot);
  if (!profile) return describe(*executable->plan, use, nullptr);
  const auto begin = std::chrono::steady_clock::now();
  CALLISTO_TRY(std::unique_ptr<QueryRun> started, start(prepared, snapshot, options, clock));
  Measured measured;
  started->measure(measured.profile);
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, started->next());
    if (batch == nullptr) break;
    measured.rows += batch->rows();
  }
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - begin;
  measured.time_us = spent.count();
  return describe(*executable->plan, use, &measured);
}

}  // namespace

Result<std::vector<PlanLine>> explain(const PreparedPtr& prepared,
                                      const SnapshotPtr& snapshot,
                                      const QueryOptions& options,
                                      const Clock& clock,
                                      bool profile) {
  return guarded([&] { return lines_of_plan(prepared, snapshot, options, clock, profile); });
}

}  // namespace callisto::query
