// Session: text -> plan, from the cache when it is known -> rows.
#include <string>
#include <utility>

#include "api/session_impl.h"

namespace callisto {
namespace {

// What a PreparedQuery holds. The session's cache has the plan as well; should a plan have left it,
// or the graph have been replaced, the text is prepared again.
struct PreparedText {
  std::string text;
};

}  // namespace

Session::Impl::View Session::Impl::newest() const {
  // In this order: a plan may be made anew needlessly, but never serve a graph it was not made for.
  View view{.snapshot = nullptr, .generation = store_->generation(), .definitions = nullptr};
  view.definitions = definitions_->current();
  view.snapshot = store_->snapshot();
  return view;
}

Result<Session::Impl::Ready> Session::Impl::ready(std::string_view text) {
  const std::lock_guard lock(mutex_);
  View view = pinned_ ? *pinned_ : newest();
  if (view.generation != generation_ || view.definitions != planned_definitions_) {
    plans_.clear();
    generation_ = view.generation;
    planned_definitions_ = view.definitions;
  }
  Ready ready{.snapshot = std::move(view.snapshot), .prepared = plans_.find(text)};
  if (ready.prepared) return ready;
  CALLISTO_TRY(ready.prepared, query::prepare(text, *ready.snapshot, view.definitions));
  if (text.size() <= kCachedQueryBytesMax) plans_.insert(text, ready.prepared);
  return ready;
}

void Session::Impl::pin() {
  const std::lock_guard lock(mutex_);
  pinned_ = newest();
}

void Session::Impl::unpin() {
  const std::lock_guard lock(mutex_);
  pinned_.reset();
}

std::uint64_t Session::Impl::version() const {
  const std::lock_guard lock(mutex_);
  return pinned_ ? pinned_->snapshot->version() : store_->snapshot()->version();
}

void Session::pin() {
  if (impl_) impl_->pin();
}

void Session::unpin() {
  if (impl_) impl_->unpin();
}

std::uint64_t Session::version() const {
  return impl_ ? impl_->version() : 0;
}

Result<QueryResult> Session::run(std::string_view text, const QueryOptions& options) {
  return with("Session", impl_, [&](Impl& impl) -> Result<QueryResult> {
    CALLISTO_TRY(Impl::Ready ready, impl.ready(text));
    return query::run(ready.prepared, std::move(ready.snapshot), options, impl.clock());
  });
}

Result<PreparedQuery> Session::prepare(std::string_view text) {
  return with("Session", impl_, [&](Impl& impl) -> Result<PreparedQuery> {
    CALLISTO_TRY(const Impl::Ready ready, impl.ready(text));
    static_cast<void>(ready);
    PreparedQuery query;
    query.prepared_ = std::make_shared<const PreparedText>(PreparedText{std::string(text)});
    return query;
  });
}

Result<QueryResult> Session::run(const PreparedQuery& query, const QueryOptions& options) {
  if (!query.prepared_) {
    return fail(ErrorCode::InvalidInput, "this PreparedQuery is empty: make one with prepare()");
  }
  return run(std::static_pointer_cast<const PreparedText>(query.prepared_)->text, options);
}

Result<std::vector<PlanLine>> Session::explain(std::string_view text, const QueryOptions& options) {
  return with("Session", impl_, [&](Impl& impl) -> Result<std::vector<PlanLine>> {
    CALLISTO_TRY(const Impl::Ready ready, impl.ready(text));
    return query::explain(ready.prepared, ready.snapshot, options, impl.clock(), false);
  });
}

Result<std::vector<PlanLine>> Session::profile(std::string_view text, const QueryOptions& options) {
  return with("Session", impl_, [&](Impl& impl) -> Result<std::vector<PlanLine>> {
    CALLISTO_TRY(const Impl::Ready ready, impl.ready(text));
    return query::explain(ready.prepared, ready.snapshot, options, impl.clock(), true);
  });
}

}  // namespace callisto
