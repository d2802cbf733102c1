// Runs every example of docs/j1ql.md and compares what the page says it gives.
#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "query/parser/error_excerpt.h"
#include "tests/queries/graph_loader.h"
#include "tests/queries/shown_rows.h"

namespace callisto::test {

namespace {

constexpr const char* kPage = "docs/j1ql.md";
constexpr std::size_t kExamplesMin = 18;

struct Block {
  std::string language;
  std::string text{};
};

std::vector<Block> blocks_of(const std::string& path) {
  std::ifstream file(path);
  REQUIRE(file);
  std::vector<Block> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) blocks.push_back({line.substr(3)});
    } else if (inside) {
      std::string& text = blocks.back().text;
      text += (text.empty() ? "" : "\n") + line;
    }
  }
  return blocks;
}

std::string answer(const std::string& text, const SnapshotPtr& snapshot) {
  const auto prepared = query::prepare(text, *snapshot);
  INFO((prepared ? "" : prepared.error().message));
  REQUIRE(prepared);
  auto result = query::run(*prepared, snapshot, {}, system_clock());
  REQUIRE(result);
  CHECK(result->warnings().empty());
  const auto rows = shown_rows(*result, *snapshot);
  REQUIRE(rows);
  std::string joined;
  for (const std::string& row : *rows) {
    joined += (joined.empty() ? "" : "\n") + row;
  }
  return joined;
}

}  // namespace

TEST_CASE("the examples of docs/j1ql.md give what the page says") {
  const std::vector<Block> blocks = blocks_of(kPage);
  const SnapshotPtr snapshot = load_graph("tiny");
  std::size_t examples = 0;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (!block.language.starts_with("j1ql")) continue;
    ++examples;
    INFO(block.text);
    REQUIRE(blocks[i + 1].language == "text");
    if (block.language == "j1ql error") {
      const auto prepared = query::prepare(block.text, *snapshot);
      REQUIRE_FALSE(prepared);
      CHECK(query::render_error(block.text, prepared.error()) == blocks[i + 1].text);
    } else {
      CHECK(answer(block.text, snapshot) == blocks[i + 1].text);
    }
  }
  CHECK(examples >= kExamplesMin);
}

}  // namespace callisto::test
