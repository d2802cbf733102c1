// What completion offers can be parsed, whatever the names of the graph are.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"
#include <callisto/editing.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kOddNames = R"({"entities":[
  {"_key":"1","_type":"my-type","_class":["Host"],"tag.cost-center":"1","path":"C:\\Users\\new",
   "note":"it's \"new\"","bell":"a\u0007b","find":"x","date.now":"y","with]bracket":1},
  {"_key":"2","_type":"my_type","_class":["Host","Big-Host"],"größe":1,"a..b":1,"1st":2,"tag.ok":3},
  {"_key":"3","_type":"3par","_class":["lower"]},
  {"_key":"4","_type":"order","_class":["ORDER"]},
  {"_key":"5","_type":"two words","_class":["Host"]},
  {"_key":"6","_type":"größe","_class":["Maß"]},
  {"_key":"7","_type":"it's","_class":["Host"]},
  {"_key":"8","_type":"Upper","_class":["Host"]}],
 "relationships":[
  {"_key":"r","_type":"t","_class":"IS-A","_fromEntityKey":"1","_toEntityKey":"2"},
  {"_key":"s","_type":"t","_class":"RELATES","_fromEntityKey":"1","_toEntityKey":"2"},
  {"_key":"u","_type":"t","_class":"ORDER","_fromEntityKey":"1","_toEntityKey":"2"},
  {"_key":"v","_type":"t","_class":"HAS","_fromEntityKey":"1","_toEntityKey":"2"}]})";

// The words at `|`.
std::vector<std::string> offered(const Database& database, std::string text) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  return complete_query(database, text, cursor).words;
}

bool offers(const Database& database, const std::string& text, const std::string& word) {
  const std::vector<std::string> words = offered(database, text);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// How many words are offered; with each the text has to be a query.
std::size_t check_all(const Database& database, std::string text) {
  const std::size_t cursor = text.find('|');
  text.erase(cursor, 1);
  const QueryCompletions completions = complete_query(database, text, cursor);
  std::size_t names = 0;
  for (const std::string& word : completions.words) {
    const std::string completed = text.substr(0, completions.begin) + word + text.substr(cursor);
    // Keywords go on with more than the text has.
    const bool keyword = word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ ") == word.npos ||
                         word.back() == '(' || word == "date.now";
    if (keyword && word != "ORDER") continue;
    ++names;
    INFO(completed);
    const Status valid = validate_query(completed);
    CHECK((valid ? "" : valid.error().message) == "");
  }
  return names;
}

}  // namespace

TEST_CASE("what completion offers parses, whatever the names are") {
  World world;
  world.sync(SyncMode::Diff, "odd", kOddNames);
  const Database& database = world.database();
  CHECK(check_all(database, "FIND |") >= 10);
  CHECK(check_all(database, "FIND m|") == 2);
  CHECK(check_all(database, "FIND (H|)") == 1);
  CHECK(check_all(database, "FIND Host THAT HAS |") >= 10);
  CHECK(check_all(database, "FIND Host THAT | Host") == 0);  // HAS counts as a keyword here.
  CHECK(check_all(database, "FIND Host WITH | = 1") >= 8);
  CHECK(check_all(database, "FIND Host WITH [| = 1") >= 8);
  CHECK(check_all(database, "FIND Host AS h WHERE h.| = 1") >= 8);
  CHECK(check_all(database, "FIND Host AS h RETURN h.|") >= 8);
  CHECK(check_all(database, "FIND Host WITH path = |") >= 1);
  CHECK(check_all(database, "FIND Host WITH note = '|'") == 1);
  CHECK(check_all(database, "FIND Host WITH note = \"|\"") == 1);
  CHECK(check_all(database, "FIND Host WITH bell = |") == 3);  // true, false, undefined.
}

TEST_CASE("completion writes an odd class or type as a value") {
  World world;
  world.sync(SyncMode::Diff, "odd", kOddNames);
  const Database& database = world.database();
  CHECK(offered(database, "FIND my|") ==
        std::vector<std::string>{"* WITH _type = 'my-type'", "my_type"});
  CHECK(offered(database, "FIND 3|").empty());  // A number is no beginning of a target.
  CHECK(offers(database, "FIND |", "* WITH _type = '3par'"));
  CHECK(offers(database, "FIND |", "* WITH _type = 'order'"));
  CHECK(offers(database, "FIND |", "* WITH _type = 'Upper'"));
  CHECK(offers(database, "FIND |", "* WITH _class = 'lower'"));
  CHECK(offers(database, "FIND |", "* WITH _class = 'Big-Host'"));
  CHECK(offers(database, "FIND |", "* WITH _type = \"it's\""));
  CHECK(offers(database, "FIND |", "Host"));
  CHECK(offered(database, "FIND (|") == std::vector<std::string>{"Host", "my_type"});
}

TEST_CASE("completion offers verbs that can be written") {
  World world;
  world.sync(SyncMode::Diff, "odd", kOddNames);
  CHECK(offers(world.database(), "FIND Host THAT |", "HAS"));
  CHECK_FALSE(offers(world.database(), "FIND Host THAT |", "IS-A"));
  CHECK_FALSE(offers(world.database(), "FIND Host THAT |", "RELATES"));
  CHECK_FALSE(offers(world.database(), "FIND Host THAT |", "ORDER"));
}

TEST_CASE("completion brackets odd properties") {
  World world;
  world.sync(SyncMode::Diff, "odd", kOddNames);
  const Database& database = world.database();
  CHECK(offers(database, "FIND Host WITH tag.c|", "[tag.cost-center]"));
  CHECK(offers(database, "FIND Host WITH [tag.c|", "tag.cost-center]"));
  CHECK(offers(database, "FIND Host WITH |", "[find]"));
  CHECK(offers(database, "FIND Host WITH |", "[date.now]"));
  CHECK(offers(database, "FIND Host WITH |", "[a..b]"));
  CHECK(offers(database, "FIND Host WITH |", "[größe]"));
  CHECK(offers(database, "FIND Host WITH |", "[1st]"));
  CHECK(offers(database, "FIND Host WITH |", "tag.ok"));
}
