// Limits of a run and of several runs together. Nothing here waits: clocks are counters, and runs
// are cancelled or late before they begin.
#include <algorithm>
#include <string>
#include <variant>
#include <vector>

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

// How often the limits were looked at until the run was over or had to end.
std::int64_t looks_until_late(const std::string& text,
                              const SnapshotPtr& snapshot,
                              std::int64_t allowed,
                              QueryOptions options = {}) {
  QueryBudget budget(0, at_look(allowed), counting_clock);
  options.budget = &budget;
  options.limits.memory_bytes_max = 0;
  INFO(text);
  const auto answer = json_of(text, snapshot, options);
  CHECK(message_of(answer) == "The time for all queries of this request is over.");
  return looks;
}

Value texts(std::size_t count, const std::string& prefix = "x") {
  List list;
  for (std::size_t i = 0; i < count; ++i) {
    list.emplace_back(prefix + std::to_string(i));
  }
  return list;
}

TEST_CASE("j1ql 4.4 long lists of a variable are looked up, and give what short ones give") {
  const SnapshotPtr snapshot = hosts(3'000, R"(,"tags":["a","b"],"n":7,"note":"")");
  QueryOptions options;
  List list = std::get<List>(texts(100'000));
  list.emplace_back(std::string("n17"));
  list.emplace_back(std::string("n2999"));
  options.variables["names"] = list;
  const auto rows_of = [&](const std::string& condition) {
    const auto answer =
        json_of("FIND Host WITH " + condition + " AS h RETURN COUNT(h) AS n", snapshot, options);
    REQUIRE(answer);
    return answer->substr(answer->find(R"("n":)") + 4);
  };
  const bool optimized = GENERATE(true, false);
  options.optimize = optimized;
  CHECK(rows_of("name = ${names}") == "2}]}");
  CHECK(rows_of("name != ${names}") == "2998}]}");
  CHECK(rows_of("n = ${names}") == "0}]}");
  CHECK(rows_of("missing = ${names}") == "0}]}");
  CHECK(rows_of("missing != ${names}") == "3000}]}");
  list.emplace_back(std::string("b"));
  options.variables["names"] = list;
  CHECK(rows_of("tags = ${names}") == "3000}]}");
  CHECK(rows_of("tags != ${names}") == "0}]}");
  // Mixed kinds: strict equality.
  list.emplace_back(7.0);
  list.emplace_back(true);
  options.variables["names"] = list;
  CHECK(rows_of("n = ${names}") == "3000}]}");
}

TEST_CASE("j1ql 4.4 a long list takes as long as a short one") {
  const SnapshotPtr snapshot = hosts(20'000);
  const auto looks_for = [&](std::size_t count) {
    QueryBudget budget(0, at_look(1'000'000), counting_clock);
    QueryOptions options;
    options.budget = &budget;
    options.variables["names"] = texts(count);
    REQUIRE(json_of("FIND Host WITH name = ${names} AS h RETURN COUNT(h)", snapshot, options));
    return looks;
  };
  CHECK(looks_for(100'000) <= looks_for(20) + 1);
}

TEST_CASE("j1ql 4.5 long lists in the text of a query are looked up, too") {
  const SnapshotPtr snapshot = hosts(3'000, R"(,"n":7)");
  std::string list = "('n17'";
  for (int i = 0; i < 9'000; ++i) {
    list += " or 'x" + std::to_string(i) + "'";
  }
  const auto count = [&](const std::string& condition) {
    QueryBudget budget(0, at_look(1'000'000), counting_clock);
    QueryOptions options;
    options.budget = &budget;
    const auto answer =
        json_of("FIND Host WITH " + condition + " AS h RETURN COUNT(h) AS n", snapshot, options);
    REQUIRE(answer);
    if (condition.find("undefined") == std::string::npos) CHECK(looks < 20);
    return answer->substr(answer->find(R"("n":)") + 4);
  };
  CHECK(count("name = " + list + " or 'n2999')") == "2}]}");
  CHECK(count("name != " + list + " or 5 or true)") == "2999}]}");
  CHECK(count("n = " + list + " or 7)") == "3000}]}");
  CHECK(count("name = " + list + " or undefined)") == "1}]}");  // Not one operand.
}

TEST_CASE("limits: lists that have to be tried one by one end in time") {
  const SnapshotPtr snapshot = hosts(20'000);
  QueryOptions options;
  options.variables["names"] = texts(100'000);
  for (const char* condition : {"name ~= ${names}", "name ^= ${names}", "name !$= ${names}"}) {
    for (const bool optimize : {true, false}) {
      options.optimize = optimize;
      const std::string text = std::string("FIND Host WITH ") + condition + " AS h RETURN COUNT(h)";
      CHECK(looks_until_late(text, snapshot, 10, options) == 11);
    }
  }
}

TEST_CASE("limits: regular expressions and ~= on long texts look at the limits by bytes") {
  // One chunk of 40 MB: by rows alone nobody would look within it.
  const SnapshotPtr snapshot = hosts(40, R"(,"text":")" + std::string(1'000'000, 'a') + '"');
  for (const char* condition : {"text = /a+b$/", "text ~= 'ab'", "text !~= 'ab'"}) {
    for (const bool optimize : {true, false}) {
      QueryOptions options;
      options.optimize = optimize;
      const std::string text = std::string("FIND Host WITH ") + condition + " AS h RETURN COUNT(h)";
      CHECK(looks_until_late(text, snapshot, 20, options) == 21);
    }
  }
}

TEST_CASE("j1ql 3.10 limits: a full-text search looks at them within a chunk, by bytes and words") {
  std::string long_texts;  // Each is another one.
  for (int i = 0; i < 40; ++i) {
    long_texts += (i == 0 ? R"({"entities":[{"_key":"h)" : R"(,{"_key":"h)") + std::to_string(i) +
                  R"(","_type":"host","_class":["Host"],"text":")" + std::string(500'000, 'a') +
                  std::to_string(i) + "\"}";
  }
  long_texts += R"(],"relationships":[]})";
  std::string words;  // All of them begin each text.
  for (std::size_t i = 1; i <= 60; ++i) {
    words += std::string(i, 'a') + " ";
  }
  for (const std::string& search : {std::string("b"), std::string("a-b"), words}) {
    for (const bool optimize : {true, false}) {
      QueryOptions options;
      options.optimize = optimize;
      // The second search of a graph would make an index.
      const SnapshotPtr snapshot = load_graph_text(long_texts);
      const std::string text = "FIND '" + search + "' AS h RETURN COUNT(h)";
      CHECK(looks_until_late(text, snapshot, 20, options) == 21);
    }
  }
}

TEST_CASE("limits: comparing the lists of two properties ends in time") {
  std::string left;
  std::string right;
  for (int i = 0; i < 3'000; ++i) {
    left += (i > 0 ? ",\"" : "\"") + std::to_string(i) + '"';
    right += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "x\"";
  }
  const SnapshotPtr snapshot = hosts(50, R"(,"left":[)" + left + R"(],"right":[)" + right + "]");
  const auto equal =
      json_of("FIND Host AS h WHERE h.left = h.right RETURN COUNT(h) AS n", snapshot, {});
  REQUIRE(equal);
  CHECK(equal->ends_with(R"("n":0}]})"));
  CHECK(looks_until_late(
            "FIND Host AS h WHERE h.left ~= h.right RETURN COUNT(h) AS n", snapshot, 20) == 21);
}

TEST_CASE("j1ql 7.5 a text or list that a function makes has a largest size") {
  const SnapshotPtr snapshot = hosts(3, R"(,"text":")" + std::string(1'000'000, 'a') + '"');
  const auto concat = [](int times, const std::string& what) {
    std::string text = "CONCAT(" + what;
    for (int i = 1; i < times; ++i) {
      text += "," + what;
    }
    return text + ")";
  };
  const auto ask = [&](const std::string& item) {
    return json_of("FIND Host AS h RETURN " + item + " AS t LIMIT 1", snapshot, {});
  };
  CHECK(ask(concat(16, "h.text")));
  const std::string too_long = "A text that CONCAT makes is longer than 16777216 bytes.";
  CHECK(message_of(ask(concat(17, "h.text"))) == too_long);
  // Nothing more is made once a part is too long.
  std::string nested = "h.text";
  for (int i = 0; i < 20; ++i) {
    nested.insert(0, "CONCAT(");
    nested += ",h.text,h.text,h.text,h.text,h.text)";
  }
  QueryBudget budget(0);
  QueryOptions options;
  options.budget = &budget;
  auto run = start("FIND Host AS h RETURN " + nested + " AS t", snapshot, options);
  REQUIRE(run);
  const auto batch = run->next();
  REQUIRE(batch);
  CHECK((*batch)->value(0, 0).is_null());
  CHECK(run->next().error().message == too_long);
  CHECK(budget.held() < 80'000'000);
  CHECK(message_of(ask(concat(10, concat(10, "h.text")))) == too_long);
  CHECK(message_of(ask("COALESCE(" + concat(17, "h.text") + ", 1)")) == too_long);
}

TEST_CASE("limits: what functions make is charged to the memory of the run") {
  const SnapshotPtr snapshot = hosts(100, R"(,"text":")" + std::string(100'000, 'a') + '"');
  QueryOptions options;
  options.limits.memory_bytes_max = 8'000'000;
  const std::string made = "CONCAT(h.text, h.name)";
  const std::vector<std::string> queries{"FIND Host AS h RETURN " + made + " AS t",
                                         "FIND Host AS h RETURN h.name ORDER BY h.name",
                                         "FIND UNIQUE Host AS h RETURN " + made + " AS t",
                                         "FIND Host AS h RETURN " + made + " AS t ORDER BY t",
                                         "FIND Host AS h RETURN " + made + " AS t, COUNT(h)"};
  for (const std::string& text : queries) {
    INFO(text);
    const auto answer = json_of(text, snapshot, options);
    const bool fits = text.find("CONCAT") == std::string::npos;
    CHECK(message_of(answer) == (fits ? "" : "The query needs more than 8000000 bytes of memory."));
  }
  // The first rows by something that is made need the memory of these rows.
  CHECK(json_of(
      "FIND Host AS h RETURN h.name, " + made + " AS t ORDER BY t LIMIT 3", snapshot, options));
}

TEST_CASE("limits: sorting, grouping and trees end in time") {
  const SnapshotPtr snapshot = hosts(60'000);
  for (const char* text : {"FIND Host AS h RETURN h.name ORDER BY h.name",
                           "FIND UNIQUE Host AS h RETURN h.name AS n ORDER BY n",
                           "FIND Host AS h RETURN h.name, COUNT(h) AS c ORDER BY c",
                           "FIND Host AS h RETURN TREE",
                           "FIND Host"}) {
    const std::int64_t before = looks_until_late(text, snapshot, 5);
    CHECK(before == 6);
  }
}

TEST_CASE("limits: a run that is cancelled ends at the next look") {
  const SnapshotPtr snapshot = hosts(20'000);
  CancelToken cancel;
  QueryOptions options;
  options.cancel = &cancel;
  auto result = start("FIND Host AS h RETURN h.name", snapshot, options);
  REQUIRE(result);
  REQUIRE(result->next());
  cancel.cancel();
  const Status late = result->work(10'000'000);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::Cancelled);
}

TEST_CASE(
    "j1ql 8.1 objects with properties of their own are written in the time of what they have") {
  std::string entities;
  constexpr int kRows = 3'000;
  for (int i = 0; i < kRows; ++i) {
    entities += (i > 0 ? "," : "") + std::string(R"({"_key":"h)") + std::to_string(i) +
                R"(","_type":"host","_class":["Host"])";
    for (int j = 0; j < 10; ++j) {
      entities += ",\"p" + std::to_string(i) + "_" + std::to_string(j) + "\":" + std::to_string(j);
    }
    entities += "}";
  }
  const SnapshotPtr snapshot =
      load_graph_text(R"({"entities":[)" + entities + R"(],"relationships":[]})");
  QueryBudget budget(0, at_look(1'000'000), counting_clock);
  QueryOptions options;
  options.budget = &budget;
  const auto answer = json_of("FIND Host", snapshot, options);
  REQUIRE(answer);
  for (const char* property : {R"("p0_0":0)", R"("p7_3":3)", R"("p2047_9":9)", R"("p2999_9":9)"}) {
    CHECK(answer->find(property) != std::string::npos);
  }
  std::size_t properties = 0;
  for (std::size_t at = answer->find("\"p"); at != std::string::npos;
       at = answer->find("\"p", at + 1)) {
    ++properties;
  }
  CHECK(properties == kRows * 11);  // And "properties" itself.
  CHECK(looks < 500);               // 30,000 properties of 3,000 rows would be 22,000 looks.
}

TEST_CASE("j1ql 8.1 x.* of thousands of columns holds what exists") {
  std::string entities;
  constexpr int kRows = 400;
  for (int i = 0; i < kRows; ++i) {
    entities += (i > 0 ? "," : "") + std::string(R"({"_key":"h)") + std::to_string(i) +
                R"(","_type":"host","_class":["Host"],"name":"n)" + std::to_string(i) + '"';
    for (int j = 0; j < 20; ++j) {
      entities += ",\"p" + std::to_string(i) + "_" + std::to_string(j) + "\":" + std::to_string(j);
    }
    entities += "}";
  }
  const SnapshotPtr snapshot =
      load_graph_text(R"({"entities":[)" + entities + R"(],"relationships":[]})");
  auto result = start("FIND Host AS h RETURN h.*", snapshot, {});
  REQUIRE(result);
  std::size_t rows = 0;
  std::size_t present = 0;
  std::size_t cells_max = 0;
  for (;;) {
    const auto batch = result->next();
    REQUIRE(batch);
    if (*batch == nullptr) break;
    const RowBatch& part = **batch;
    cells_max = std::max(cells_max, part.rows() * part.columns());
    for (std::size_t column = 0; column < part.columns(); ++column) {
      for (const ValueView value : part.column(column)) {
        present += value.is_null() ? 0U : 1U;
      }
    }
    rows += part.rows();
  }
  CHECK(rows == kRows);
  CHECK(present >= kRows * 21);
  CHECK(cells_max <= (1U << 18U));
}

}  // namespace
}  // namespace callisto::test
