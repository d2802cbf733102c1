// Runs every case of every .j1t file, with the optimizer on and off; one Catch2 test per file.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/queries/case_file.h"
#include "tests/queries/graph_loader.h"

namespace callisto::test {

namespace {

constexpr const char* kFolder = "tests/queries/cases";

const SnapshotPtr& graph(const std::string& name) {
  static std::map<std::string, SnapshotPtr> loaded;
  SnapshotPtr& snapshot = loaded[name];
  if (!snapshot) snapshot = load_graph(name);
  return snapshot;
}

std::string show(const Snapshot& snapshot,
                 const RowBatch& batch,
                 std::size_t row,
                 std::size_t column) {
  const ValueView value = batch.value(row, column);
  if (value.is_null()) return "undefined";
  if (batch.kind(row, column) == CellKind::Value) {
    if (value.kind() == ValueKind::String) return std::string(value.as_string());
    return to_json(value);
  }
  // Objects are shown by their key.
  Arena scratch;
  const Uuid id = *parse_uuid(value.as_string());
  if (batch.kind(row, column) == CellKind::Entity) {
    const ValueView key = snapshot.value(*snapshot.find_entity(id), metadata::kKey, scratch);
    return std::string(key.as_string());
  }
  const ValueView key = snapshot.value(*snapshot.find_relationship(id), metadata::kKey, scratch);
  return std::string(key.as_string());
}

// Column names, then a line per row; cells apart by " | ".
Result<std::vector<std::string>> rows_of(QueryResult& result, const Snapshot& snapshot) {
  std::vector<std::string> lines(1);
  for (const std::string& name : result.columns()) {
    lines[0] += (lines[0].empty() ? "" : " | ") + name;
  }
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return lines;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      std::string line;
      for (std::size_t column = 0; column < batch->columns(); ++column) {
        line += (column == 0 ? "" : " | ") + show(snapshot, *batch, row, column);
      }
      lines.push_back(line);
    }
  }
}

std::string code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::ParseError:
      return "ParseError";
    case ErrorCode::BindError:
      return "BindError";
    case ErrorCode::LimitExceeded:
      return "LimitExceeded";
    case ErrorCode::Cancelled:
      return "Cancelled";
    default:
      return "Error";
  }
}

std::string all_text(const Error& error) {
  std::string text = error.message;
  for (const std::string& hint : error.hints) {
    text += "\n" + hint;
  }
  return text;
}

void check_contains(const std::string& text, const Expectation& expected) {
  for (const std::string& line : expected.lines) {
    INFO("text:\n" << text << "\nlacks: " << line);
    CHECK(text.find(line) != std::string::npos);
  }
}

void check_error(const Error& error, const Expectation& expected) {
  std::string place = code_name(error.code);
  if (error.span) {
    place += " " + std::to_string(error.span->begin) + ".." + std::to_string(error.span->end);
  }
  INFO("error: " << place << " " << all_text(error));
  CHECK(place == expected.kind);
  check_contains(all_text(error), expected);
}

std::string warnings_text(const QueryResult& result) {
  std::string text;
  for (const Warning& warning : result.warnings()) {
    text += warning.message + "\n";
    for (const std::string& hint : warning.hints) {
      text += hint + "\n";
    }
  }
  return text;
}

void check_query(const Case& test, const Expectation& expected, const QueryOptions& options) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const auto prepared = query::prepare(test.text, *snapshot);
  INFO((prepared ? "" : prepared.error().message));
  REQUIRE(prepared);
  auto result = query::run(*prepared, snapshot, options, system_clock());
  INFO((result ? "" : result.error().message));
  REQUIRE(result);
  if (expected.kind == "warnings") {
    const std::string text = warnings_text(*result);
    if (expected.lines.empty()) CHECK(text.empty());
    check_contains(text, expected);
    return;
  }
  if (expected.kind == "json") {
    std::string json;
    REQUIRE(result->write_json(json));
    std::string wanted;
    for (const std::string& line : expected.lines) {
      wanted += line;
    }
    CHECK(json == wanted);
    return;
  }
  auto rows = rows_of(*result, *snapshot);
  INFO((rows ? "" : rows.error().message));
  REQUIRE(rows);
  std::vector<std::string> wanted = expected.lines;
  // Order counts where the query asks for one ("ordered"), else not.
  if (expected.kind == "rows") {
    std::sort(wanted.begin() + 1, wanted.end());
    std::sort(rows->begin() + 1, rows->end());
  } else {
    REQUIRE(expected.kind == "ordered");
  }
  CHECK(*rows == wanted);
}

void check_failure(const Case& test, const QueryOptions& options) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const Expectation& expected = test.expected.at(0);
  const auto prepared = query::prepare(test.text, *snapshot);
  if (!prepared) return check_error(prepared.error(), expected);
  auto result = query::run(*prepared, snapshot, options, system_clock());
  if (!result) return check_error(result.error(), expected);
  const auto rows = rows_of(*result, *snapshot);
  REQUIRE_FALSE(rows);
  check_error(rows.error(), expected);
}

void check_plan(const Case& test) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const auto prepared = query::prepare(test.text, *snapshot);
  REQUIRE(prepared);
  const auto plan = query::explain(*prepared, snapshot, test.options, system_clock(), false);
  REQUIRE(plan);
  std::string text;
  for (const PlanLine& line : *plan) {
    text += std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.text + "\n";
  }
  for (const Expectation& expected : test.expected) {
    REQUIRE(expected.kind == "contains");
    check_contains(text, expected);
  }
}

// The order of rows must not depend on the plan, even where no order is asked for.
void check_same_order(const Case& test) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const auto prepared = query::prepare(test.text, *snapshot);
  REQUIRE(prepared);
  std::vector<std::string> documents;
  for (const bool optimize : {true, false}) {
    QueryOptions options = test.options;
    options.optimize = optimize;
    auto result = query::run(*prepared, snapshot, options, system_clock());
    REQUIRE(result);
    documents.emplace_back();
    REQUIRE(result->write_json(documents.back()));
  }
  CHECK(documents[0] == documents[1]);
}

void check_case(const Case& test) {
  REQUIRE_FALSE(test.expected.empty());
  if (test.kind == "plan") return check_plan(test);
  for (const bool optimize : {true, false}) {
    INFO("optimizer " << (optimize ? "on" : "off"));
    QueryOptions options = test.options;
    options.optimize = optimize;
    if (test.kind == "error") {
      check_failure(test, options);
      continue;
    }
    for (const Expectation& expected : test.expected) {
      check_query(test, expected, options);
    }
  }
  if (test.kind == "query") check_same_order(test);
}

class FileTest final : public Catch::ITestInvoker {
 public:
  explicit FileTest(std::string path) : path_(std::move(path)) {}

  void invoke() const override {
    for (const Case& test : read_cases(path_)) {
      INFO(path_ << ":" << test.line << ": " << test.title << "\n" << test.text);
      check_case(test);
    }
  }

 private:
  std::string path_;
};

// Registers a test per file before main() runs; ctest then finds them by name.
const bool registered = [] {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() == ".j1t") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    const std::string name = path.substr(std::string(kFolder).size() + 1);
    const Catch::AutoReg added(new FileTest(path),
                               Catch::SourceLineInfo(__FILE__, __LINE__),
                               Catch::StringRef(),
                               Catch::NameAndTags(Catch::StringRef(name)));
  }
  return true;
}();

}  // namespace

TEST_CASE("the folder of query cases is found") {
  CHECK(registered);
}

}  // namespace callisto::test
