// Full-text search with and without its index.
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

using Rows = std::vector<std::string>;

std::string random_text(std::mt19937& dice, std::size_t length_max) {
  static const std::vector<std::string> kPieces = {
      "a", "b", "A", "B", "1", "-", " ", "_", "\u00e9", "aB", "\u00c9", "e\u0301", "ß", "\u00a0"};
  std::string text;
  for (std::size_t i = dice() % (length_max + 1); i > 0; --i) {
    text += kPieces[dice() % kPieces.size()];
  }
  return text;
}

std::string random_upload(std::mt19937& dice, int entities) {
  std::string body = R"({"entities":[)";
  for (int i = 0; i < entities; ++i) {
    body += (i == 0 ? "" : ",") + std::string(R"({"_key":"key:)") + std::to_string(i) +
            R"(","_type":"note","_class":["Record"],"n":)" + std::to_string(i) + R"(,"one":")" +
            random_text(dice, 8) + R"(","few":")" + random_text(dice, 1) + R"(","list":[")" +
            random_text(dice, 6) + R"(","x"]})";
  }
  return body + "]}";
}

std::set<std::string> found(World& world, const std::string& words, bool optimize) {
  QueryOptions options;
  options.optimize = optimize;
  const Rows rows = world.rows("FIND '" + words + "' AS x RETURN x.n", options);
  return {rows.begin(), rows.end()};
}

}  // namespace

TEST_CASE("j1ql 3.10 a search by index finds what a scan finds") {
  std::mt19937 dice(7);
  World world;
  world.sync(SyncMode::Diff, "notes", random_upload(dice, 400));
  int searches = 0;
  std::size_t hits = 0;
  while (searches < 60) {
    std::string words = random_text(dice, 5);
    if (words.find_first_not_of(" -_") == std::string::npos) continue;
    ++searches;
    INFO(words);
    const auto expected = found(world, words, false);
    hits += expected.size();
    // The index is made while these run.
    CHECK(found(world, words, true) == expected);
    CHECK(found(world, words, true) == expected);
  }
  CHECK(hits > 500);
}

TEST_CASE("j1ql 3.10 a search sees what was written after its index was made") {
  World world;
  world.sync_inventory();
  const std::string query = "FIND 'fresh' AS r RETURN r.name";
  for (int i = 0; i < 4; ++i) {
    CHECK(world.rows(query).empty());
  }
  REQUIRE(world.database().update_entity(
      {.id = world.id_of("repo:1"), .properties = {{"note", Value(std::string("quite Fresh"))}}}));
  for (int i = 0; i < 4; ++i) {
    CHECK(world.rows(query) == Rows{"\"payments\""});
  }
  REQUIRE(world.database().delete_entity(world.id_of("repo:1")));
  CHECK(world.rows(query).empty());
}

TEST_CASE("j1ql 3.10 ids and keys are searched, with any length of word") {
  World world;
  world.sync_inventory();
  const std::string id = world.id_of("repo:1");
  const std::string longest(60, 'q');
  REQUIRE(
      world.database().update_entity({.id = id, .properties = {{"note", Value("x " + longest)}}}));
  for (int i = 0; i < 4; ++i) {
    CHECK(world.rows("FIND '" + id + "' AS r RETURN r.name") == Rows{"\"payments\""});
    CHECK(world.rows("FIND '" + longest + "' AS r RETURN r.name") == Rows{"\"payments\""});
    CHECK(world.rows("FIND '" + longest + "q' AS r RETURN r.name").empty());
  }
}
