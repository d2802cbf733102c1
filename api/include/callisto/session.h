// Running J1QL: a Session prepares queries, keeps their plans and runs them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <callisto/error.h>
#include <callisto/query_options.h>
#include <callisto/query_result.h>

namespace callisto {

// A query made ready. Runs in any Session, of another Database too, by its text. An empty one, or
// one that was moved from: InvalidInput.
class PreparedQuery {
 private:
  friend class Session;
  std::shared_ptr<const void> prepared_;
};

// Thread safety: any thread may call any function. Threads that prepare queries of one Session wait
// for each other, so give each its own. A copy is the same Session: it has the same pin.
// Lifetime: independent of the Database; but its directory stays open, and locked, until the last
// Session of it is gone. A Session that was moved from: InvalidInput.
class Session {
 public:
  // Plans are cached by text. Errors: ParseError, BindError (with a span into `text`),
  // LimitExceeded (a query that is too large), InvalidInput (an option, see QueryOptions); in
  // next() those of the run.
  Result<QueryResult> run(std::string_view text, const QueryOptions& options = {});
  Result<PreparedQuery> prepare(std::string_view text);
  Result<QueryResult> run(const PreparedQuery& query, const QueryOptions& options = {});
  Result<std::vector<PlanLine>> explain(std::string_view text, const QueryOptions& options = {});
  // Runs the query to its end. Errors: those of the run too.
  Result<std::vector<PlanLine>> profile(std::string_view text, const QueryOptions& options = {});

  // From now on every query of this session sees the graph, smart classes and parameters as they
  // are now, whatever is written meanwhile: several queries, or the pages of one, that have to
  // agree. Again: as they are now. A pinned version stays in memory. (One QueryResult needs no pin,
  // it keeps its version by itself.) O(1).
  void pin();
  // Back to the newest version for each query.
  void unpin();
  // Of the graph that queries see: the pinned one's, else the newest. Grows with each commit.
  [[nodiscard]] std::uint64_t version() const;

 private:
  friend class Database;
  friend class PreparedQuery;
  class Impl;

  explicit Session(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

  std::shared_ptr<Impl> impl_;
};

}  // namespace callisto
