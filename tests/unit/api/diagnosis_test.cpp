// What the doctor says of queries that return nothing.
#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"
#include <callisto/diagnosis.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

// Hosts owned by users; times in milliseconds, and one in seconds.
World& estate() {
  static World world;
  static const bool made = [] {
    world.sync(SyncMode::Diff, "estate", R"({"entities":[
      {"_key":"h1","_type":"aws_instance","_class":"Host","name":"Web","cpu":4,"active":true,
       "createdOn":1690000000000,"seenOn":1690000000,"port":"80","tag":" prod "},
      {"_key":"h2","_type":"aws_instance","_class":"Host","name":"db","cpu":8,"active":true,
       "createdOn":1695000000000,"seenOn":1695000000,"port":"443","path":"C:\\new\\tool.exe",
       "share":"\\\\files\\team"},
      {"_key":"o1","_type":"my-type","_class":["Big-Host","lower"],"cost-center":"x"},
      {"_key":"u1","_type":"okta_user","_class":"User","name":"ann","owner":"x"}],
     "relationships":[
      {"_key":"r1","_type":"user_owns_host","_class":"OWNS","_fromEntityKey":"u1","_toEntityKey":"h1"},
      {"_key":"r2","_type":"user_owns_host","_class":"OWNS","_fromEntityKey":"u1","_toEntityKey":"h2"}
     ]})");
    return true;
  }();
  REQUIRE(made);
  return world;
}

Diagnosis examined(const std::string& query) {
  auto diagnosis = diagnose(estate().database(), query);
  if (!diagnosis) FAIL(diagnosis.error().message);
  return std::move(*diagnosis);
}

struct Finding {
  std::string query;
  std::size_t step;   // That leaves nothing.
  std::string cause;  // Part of the first one.
};

}  // namespace

TEST_CASE("the doctor names the part of a query that leaves nothing, and the likely cause") {
  const std::vector<Finding> findings{
      {"FIND host", 0, "Write Host, which is a class (2 entities)."},
      {"FIND HOST", 0, "letters count. Write Host (2 entities)."},
      {"FIND aws_instanc", 0, "Did you mean aws_instance (2 entities)?"},
      {"FIND Host WITH active = 'true'", 1, "write true without quotes."},
      {"FIND Host WITH active = true AND cpu = '4'", 2, "write 4 without quotes."},
      {"FIND Host WITH port = 80", 1, "write it in quotes."},
      {"FIND Host WITH name = 'web'", 1, "Letters count: write 'Web'"},
      {"FIND Host WITH tag = 'prod'", 1, "The blanks around it count"},
      {"FIND Host WITH cpu > 100", 1, "cpu lies between 4 and 8 here."},
      {"FIND Host WITH seenOn > date.now - 10 years", 1, "seems to be in seconds"},
      {"FIND Host WITH createdOn < 1690000000", 1, "is in milliseconds"},
      {"FIND Host WITH owner = 'x'", 1, "it is one of okta_user (1)."},
      {"FIND my_type", 0, "Did you mean * WITH _type = 'my-type' (1 entity)?"},
      {"FIND Big_Host", 0, "Did you mean * WITH _class = 'Big-Host' (1 entity)?"},
      {"FIND Lower", 0, "Write * WITH _class = 'lower' (1 entity)."},
      {"FIND * WITH cost_center = 'x'", 1, "Did you mean [cost-center]?"},
      {R"(FIND Host WITH path = 'C:\new\tool.exe')", 1, R"(write 'C:\\new\\tool.exe')"},
      {R"(FIND Host WITH path ^= 'C:\new')", 1, "A backslash begins an escape"},
      {R"(FIND Host WITH share = '\\files\team')", 1, R"(write '\\\\files\\team')"},
      {"FIND Host WITH cpuu = 4", 1, "Did you mean cpu?"},
      {"FIND Host THAT OWNS >> User", 1, "The relationships point the other way: write << User"},
      {"FIND User THAT HAS Host", 1, "Other verbs lead to Host from there: OWNS (2)."},
      {"FIND User WITH name = 'ann' THAT OWNS Host WITH cpu = 5", 3, "cpu is for example 4, 8."},
      {"FIND User THAT !OWNS Host", 1, "OWNS Host without ! finds them."},
      {"FIND User AS u THAT OWNS Host AS h WHERE h.name = u.name", 2, "name"},
      {"FIND Host AS h RETURN h.name SKIP 10", 1, "There are only 2 rows to skip."},
      {"FIND Host AS h RETURN h.active, COUNT(h) AS n HAVING n > 2",
       1,
       "The only row does not pass HAVING."},
  };
  for (const Finding& finding : findings) {
    INFO(finding.query);
    const Diagnosis diagnosis = examined(finding.query);
    INFO(describe_diagnosis(diagnosis));
    REQUIRE(diagnosis.culprit);
    CHECK(*diagnosis.culprit == finding.step);
    REQUIRE_FALSE(diagnosis.causes.empty());
    CHECK_THAT(diagnosis.causes.front(), Catch::Contains(finding.cause));
    CHECK(diagnosis.steps[*diagnosis.culprit].count == 0U);
    for (std::size_t i = 0; i < *diagnosis.culprit; ++i) {
      CHECK(diagnosis.steps[i].count.value_or(0) > 0);
    }
  }
}

TEST_CASE("the doctor finds nothing wrong with a query that has rows") {
  const Diagnosis diagnosis = examined("FIND User THAT OWNS Host WITH cpu = 4");
  CHECK_FALSE(diagnosis.culprit);
  CHECK(diagnosis.causes.empty());
  CHECK(diagnosis.steps.size() == 3);
}

TEST_CASE("the doctor tells of deleted objects first") {
  World world;
  world.sync_inventory();
  world.sync(SyncMode::Diff, "inventory", R"({"entities":[
    {"_key":"user:1","_type":"github_user","_class":["User"],"name":"ada"}]})");
  const auto diagnosis = diagnose(world.database(), "FIND github_repo THAT OWNS << User");
  REQUIRE(diagnosis);
  CHECK(diagnosis->culprit == 0U);
  REQUIRE_FALSE(diagnosis->causes.empty());
  CHECK_THAT(diagnosis->causes.front(), Catch::StartsWith("Only deleted objects fit"));
}

TEST_CASE("the doctor hands on the error of a query that cannot be read") {
  World world;
  const auto diagnosis = diagnose(world.database(), "FIND Host WIHT cpu = 4");
  REQUIRE_FALSE(diagnosis);
  CHECK(diagnosis.error().code == ErrorCode::ParseError);
}
