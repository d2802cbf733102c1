// Formats every query that the tests have, and the seeds of the parser's fuzzing.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/parser/lexer.h"
#include "query/parser/parser.h"
#include "tests/queries/case_file.h"

namespace callisto::test {

namespace {

constexpr std::size_t kLineCharactersMax = 120;

std::vector<std::string> all_queries() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/queries/cases")) {
    if (entry.path().extension() != ".j1t") continue;
    for (const Case& test : read_cases(entry.path().string())) {
      texts.push_back(test.text);
    }
  }
  for (const auto& entry : std::filesystem::directory_iterator("tests/fuzz/corpus/parser")) {
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// Lines are no longer than the longest token and what cannot be parted from it.
void check_lines(const std::string& formatted) {
  std::size_t longest = 0;
  for (const query::Token& token : query::tokenize(formatted).tokens) {
    longest = std::max(longest, characters_in(token.text(formatted)));
  }
  for (std::size_t begin = 0; begin < formatted.size();) {
    const std::size_t end = std::min(formatted.find('\n', begin), formatted.size());
    const std::size_t characters = characters_in(formatted.substr(begin, end - begin));
    CHECK((characters <= kLineCharactersMax || longest + 20 > kLineCharactersMax));
    begin = end + 1;
  }
}

}  // namespace

TEST_CASE("every query of the tests can be formatted, means the same then, and stays as it is") {
  std::size_t formatted_queries = 0;
  for (const std::string& text : all_queries()) {
    const Result<query::ast::Query> tree = query::parse(text);
    if (!tree) continue;
    INFO(text);
    const Result<std::string> formatted = query::format(text);
    REQUIRE(formatted);
    ++formatted_queries;
    INFO(*formatted);
    const Result<query::ast::Query> again = query::parse(*formatted);
    REQUIRE(again);
    CHECK(*again == *tree);
    CHECK(query::format(*formatted).value() == *formatted);
    if (text.find("/*") == std::string::npos) check_lines(*formatted);
  }
  CHECK(formatted_queries > 400);
}

}  // namespace callisto::test
