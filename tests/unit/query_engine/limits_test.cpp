// Limits of a run and of several runs together. Nothing here waits: clocks are counters, and runs
// are cancelled or late before they begin.
#include <string>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/queries/graph_loader.h"

namespace callisto::test {
namespace {

using namespace std::chrono_literals;

// A clock that goes on by a millisecond whenever somebody looks at it.
std::int64_t looks = 0;

QueryBudget::TimePoint counting_clock() {
  return QueryBudget::TimePoint(std::chrono::milliseconds(++looks));
}

QueryBudget::TimePoint at_look(std::int64_t count) {
  looks = 0;
  return QueryBudget::TimePoint(std::chrono::milliseconds(count));
}

SnapshotPtr hosts(std::size_t count, const std::string& more = "") {
  std::string entities;
  for (std::size_t i = 0; i < count; ++i) {
    entities += (entities.empty() ? "" : ",") + std::string(R"({"_key":"h)") + std::to_string(i) +
                R"(","_type":"host","_class":["Host"],"name":"n)" + std::to_string(i) + '"' + more +
                '}';
  }
  return load_graph_text(R"({"entities":[)" + entities + R"(],"relationships":[]})");
}

Result<QueryResult> start(const std::string& text,
                          const SnapshotPtr& snapshot,
                          const QueryOptions& options) {
  const auto prepared = query::prepare(text, *snapshot);
  REQUIRE(prepared);
  return query::run(*prepared, snapshot, options, system_clock());
}

Result<std::string> json_of(const std::string& text,
                            const SnapshotPtr& snapshot,
                            const QueryOptions& options) {
  CALLISTO_TRY(QueryResult result, start(text, snapshot, options));
  std::string out = "before ";
  const Status status = result.write_json(out);
  if (!status) {
    CHECK(out == "before ");
    return tl::make_unexpected(status.error());
  }
  return out.substr(7);
}

std::string message_of(const Result<std::string>& result) {
  return result ? "" : result.error().message;
}

TEST_CASE("limits: a shared budget counts what each run holds and gives it back at its end") {
  const SnapshotPtr snapshot = hosts(3'000);
  QueryBudget budget(std::size_t{1} << 20);
  QueryOptions options;
  options.budget = &budget;
  {
    auto sorted = start("FIND Host AS h RETURN h.name ORDER BY h.name", snapshot, options);
    REQUIRE(sorted);
    REQUIRE(sorted->next());
    CHECK(budget.held() > 3'000 * 16);
  }
  CHECK(budget.held() == 0);
}

TEST_CASE("limits: written answers stay charged to the budget until they are released") {
  const SnapshotPtr snapshot = hosts(100);
  QueryBudget budget(std::size_t{1} << 20);
  QueryOptions options;
  options.budget = &budget;
  const auto first = json_of("FIND Host AS h RETURN h.name", snapshot, options);
  REQUIRE(first);
  CHECK(budget.held() == first->size());
  const auto second = json_of("FIND Host AS h RETURN h.name", snapshot, options);
  REQUIRE(second);
  CHECK(budget.held() == 2 * first->size());
  budget.release(2 * first->size());
  CHECK(budget.held() == 0);
}

TEST_CASE("limits: the answers of several runs together are held to one budget of bytes") {
  const SnapshotPtr snapshot = hosts(2'000);
  const auto alone = json_of("FIND Host", snapshot, {});
  REQUIRE(alone);
  QueryBudget budget(alone->size() * 5 / 2);
  QueryOptions options;
  options.budget = &budget;
  CHECK(json_of("FIND Host", snapshot, options));
  CHECK(json_of("FIND Host", snapshot, options));
  const auto third = json_of("FIND Host", snapshot, options);
  CHECK(message_of(third) == "The queries of this request and their answers need more than " +
                                 std::to_string(alone->size() * 5 / 2) +
                                 " bytes of memory together.");
  CHECK(third.error().code == ErrorCode::LimitExceeded);
  CHECK(budget.held() == 2 * alone->size());  // Nothing is left of the answer that failed.
}

TEST_CASE("limits: rows that a caller writes himself are counted with keep() and work()") {
  const SnapshotPtr snapshot = hosts(10);
  QueryBudget budget(1'000'000, at_look(3), counting_clock);
  QueryOptions options;
  options.budget = &budget;
  {
    auto result = start("FIND Host", snapshot, options);
    REQUIRE(result);
    CHECK(result->keep(500'000));
    CHECK(result->work(10'000'000));
    CHECK(result->work(10'000'000).error().message ==
          "The time for all queries of this request is over.");
    CHECK_FALSE(result->next());
  }
  CHECK(budget.held() == 500'000);
}

TEST_CASE("limits: an answer counts to the memory limit of its run") {
  const SnapshotPtr snapshot = hosts(5'000);
  const auto whole = json_of("FIND Host", snapshot, {});
  REQUIRE(whole);
  QueryOptions options;
  options.limits.memory_bytes_max = whole->size() / 2;
  CHECK(message_of(json_of("FIND Host", snapshot, options)) ==
        "The query needs more than " + std::to_string(whole->size() / 2) + " bytes of memory.");
  options.limits.memory_bytes_max = whole->size() * 2;
  const auto again = json_of("FIND Host", snapshot, options);
  REQUIRE(again);
  CHECK(*again == *whole);
}

TEST_CASE("limits: the deadline of a budget ends a run while it writes its answer") {
  const SnapshotPtr snapshot = hosts(2'000, R"(,"text":")" + std::string(1'000, 'x') + '"');
  QueryBudget budget(0, at_look(5), counting_clock);
  QueryOptions options;
  options.budget = &budget;
  CHECK(message_of(json_of("FIND Host AS h RETURN h.text", snapshot, options)) ==
        "The time for all queries of this request is over.");
  CHECK(looks == 6);
}

TEST_CASE("limits: a subquery is within the time and memory of its query") {
  const SnapshotPtr snapshot = hosts(40'000);
  const std::string text =
      "FIND Host WITH name = (FIND Host AS a RETURN a.name) AS h RETURN COUNT(h) AS n";
  QueryOptions options;
  options.limits.memory_bytes_max = 800'000;  // 40,000 values of 16 bytes and their texts.
  CHECK(message_of(json_of(text, snapshot, options)) ==
        "The query needs more than 800000 bytes of memory.");
  QueryBudget budget(0, at_look(1), counting_clock);
  QueryOptions late;
  late.budget = &budget;
  CHECK(message_of(json_of(text, snapshot, late)) ==
        "The time for all queries of this request is over.");
  CHECK(looks == 2);
}

}  // namespace
}  // namespace callisto::test
