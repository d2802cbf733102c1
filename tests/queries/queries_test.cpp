// Runs every case of every .j1t file, with the optimizer on and off; one Catch2 test per file.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "tests/queries/case_file.h"
#include "tests/queries/graph_loader.h"
#include "tests/queries/shown_rows.h"

namespace callisto::test {

namespace {

constexpr const char* kFolder = "tests/queries/cases";

const SnapshotPtr& graph(const std::string& name) {
  static std::map<std::string, SnapshotPtr> loaded;
  SnapshotPtr& snapshot = loaded[name];
  if (!snapshot) snapshot = load_graph(name);
  return snapshot;
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

Result<query::PreparedPtr> prepare(const Case& test) {
  return query::prepare(
      test.text, *graph(test.graph), std::make_shared<const Definitions>(test.definitions));
}

void check_query(const Case& test, const Expectation& expected, const QueryOptions& options) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const auto prepared = prepare(test);
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
  auto rows = shown_rows(*result, *snapshot);
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
  const auto prepared = prepare(test);
  if (!prepared) return check_error(prepared.error(), expected);
  auto result = query::run(*prepared, snapshot, options, system_clock());
  if (!result) return check_error(result.error(), expected);
  const auto rows = shown_rows(*result, *snapshot);
  REQUIRE_FALSE(rows);
  check_error(rows.error(), expected);
}

void check_plan(const Case& test) {
  const SnapshotPtr& snapshot = graph(test.graph);
  const auto prepared = prepare(test);
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
  const auto prepared = prepare(test);
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

TEST_CASE("every rule of the language has a case, and docs/j1ql.md links it") {
  const std::vector<std::string> rules = {
      "1.1 ",  "1.2 ",  "1.3 ",  "1.4 ",  "1.5 ",  "1.6 ",  "1.7 ",  "1.8 ",  "1.9 ",  "1.10 ",
      "1.11 ", "1.12 ", "1.13 ", "1.14 ", "1.15 ", "1.16 ", "1.17 ", "3.1 ",  "3.2 ",  "3.3 ",
      "3.4 ",  "3.5 ",  "3.6 ",  "3.7 ",  "3.8 ",  "3.9 ",  "3.10 ", "3.11 ", "3.12 ", "3.13 ",
      "3.14 ", "3.15 ", "3.16 ", "3.17 ", "4.1 ",  "4.2 ",  "4.3 ",  "4.4 ",  "4.5 ",  "4.6 ",
      "4.7 ",  "4.8 ",  "4.9 ",  "4.10 ", "4.11 ", "4.12 ", "4.14 ", "5.1 ",  "5.2 ",  "5.3 ",
      "5.4 ",  "5.5 ",  "5.6 ",  "5.7 ",  "5.8 ",  "5.9 ",  "5.10 ", "5.11 ", "5.12 ", "5.13 ",
      "5.14 ", "5.15 ", "5.16 ", "5.17 ", "6 ",    "7.1 ",  "7.2 ",  "7.3 ",  "7.3a ", "7.4 ",
      "7.5 ",  "7.6 ",  "7.7 ",  "7.8 ",  "8.1 ",  "8.2 ",  "8.4 ",  "9 "};
  std::map<std::string, std::string> titles;  // By file, as docs/j1ql.md links it.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().extension() != ".j1t") continue;
    for (const Case& test : read_cases(entry.path().string())) {
      titles["../" + entry.path().string()] += test.title + "\n";
    }
  }
  std::ifstream file("docs/j1ql.md");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  for (const std::string& rule : rules) {
    INFO("j1ql " << rule);
    const std::size_t row = page.find("\n| " + rule + "|");
    REQUIRE(row != std::string::npos);
    const std::string cells = page.substr(row + 1, page.find('\n', row + 1) - row - 1);
    const bool linked = std::any_of(titles.begin(), titles.end(), [&](const auto& known) {
      return cells.find("(" + known.first + ")") != std::string::npos &&
             known.second.find("j1ql " + rule) != std::string::npos;
    });
    CHECK(linked);
  }
}

TEST_CASE("the folder of query cases is found") {
  CHECK(registered);
}

}  // namespace callisto::test
