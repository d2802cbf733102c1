// Relationships: ends, verbs, changes of ends (wire-api 5).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

std::string with_class(const std::string& key, const std::string& rest) {
  return R"({"_key":")" + key + R"(","_type":"t","_fromEntityKey":"a","_toEntityKey":"b")" + rest +
         "}";
}

}  // namespace

TEST_CASE("wire-api 5 the verb: string, list, displayName, or none") {
  Account account;
  account.diff("d",
               body({host("a"), host("b")},
                    {with_class("1", R"(,"_class":"has")"),
                     with_class("2", R"(,"_class":["USES"])"),
                     with_class("3", R"(,"displayName":"MANAGES")"),
                     with_class("4", R"(,"displayName":"is the boss of")")}));
  const auto verb = [&](const char* key) {
    return account.relationship_value(account.relationship_id("d", key), "_class");
  };
  CHECK(verb("1") == R"("HAS")");
  CHECK(verb("2") == R"("USES")");
  CHECK(verb("3") == R"("MANAGES")");
  CHECK(verb("4") == R"("RELATES_TO")");
}

TEST_CASE("wire-api 5 ends: a bare foreign key, missing and deleted ends do not resolve") {
  Account account;
  account.diff("other", hosts({host("x"), host("gone")}));
  account.diff("other", hosts({host("x")}));
  const SyncReport report = account.diff(
      "d",
      body(
          {host("a")},
          {edge("1", "a", "x"),
           edge("2", "a", "nobody"),
           R"({"_key":"3","_type":"t","_class":"HAS","_fromEntityKey":"a"})",
           R"({"_key":"4","_type":"t","_class":"HAS","_fromEntityKey":"a","_toEntityId":")" +
               account.id("other", "gone") + "\"}",
           R"({"_key":"5","_type":"t","_class":"HAS","_fromEntityKey":"a","_toEntityId":"junk"})",
           R"({"_key":"6","_type":"t","_class":"HAS","_fromEntityKey":"a","_fromEntitySource":"api","_fromEntityScope":"d","_toEntityKey":"x","_toEntitySource":"api","_toEntityScope":"other"})",
           R"({"_key":"7","_type":"t","_class":"HAS","_fromEntityKey":"y","_fromEntitySource":"api","_fromEntityScope":"other","_toEntityKey":"a"})"}));
  CHECK(report.job.relationships.uploaded == 7);
  CHECK(report.job.relationships.created == 1);
  CHECK(report.job.relationships.create_errors == 6);
  CHECK(report.unresolved_relationships == 6);
  std::vector<std::string> told;
  for (const UnresolvedRelationship& one : report.unresolved) {
    told.push_back(one.key + " " + one.end + " " + one.missing +
                   (one.scope.empty() ? "" : " of " + one.scope));
  }
  CHECK(told == std::vector<std::string>{"1 _toEntityKey x",
                                         "2 _toEntityKey nobody",
                                         "3 _toEntityKey ",
                                         "4 _toEntityId " + account.id("other", "gone"),
                                         "5 _toEntityId junk",
                                         "7 _fromEntityKey y of other"});
  CHECK(report.job.status == JobStatus::Finished);
}

TEST_CASE("a relationship that changes ends, verb or type is updated under its own id") {
  Account account;
  account.diff("d",
               body({host("a"), host("b"), R"({"_key":"u","_type":"user","_class":"User"})"},
                    {edge("e", "a", "b")}));
  const std::string e = account.relationship_id("d", "e");
  SyncReport report =
      account.diff("d",
                   body({host("a"), host("b"), R"({"_key":"u","_type":"user","_class":"User"})"},
                        {edge("e", "a", "u")}));
  CHECK(report.job.relationships.updated == 1);
  CHECK(account.relationship_value(e, "_toEntityId") == '"' + account.id("d", "u") + '"');
  CHECK(account.relationship_value(e, "_version") == "2");
  CHECK(account.relationships() == 1);
  report = account.diff(
      "d",
      body(
          {host("a"), host("b"), R"({"_key":"u","_type":"user","_class":"User"})"},
          {R"({"_key":"e","_type":"other","_class":"OWNS","_fromEntityKey":"a","_toEntityKey":"u"})"}));
  CHECK(report.job.relationships.updated == 1);
  CHECK(account.relationship_value(e, "_class") == R"("OWNS")");
  CHECK(account.relationship_value(e, "_type") == R"("other")");
  CHECK(account.relationships() == 1);
}

TEST_CASE("parallel relationships and loops") {
  Account account;
  account.diff("d",
               body({host("a"), host("b")},
                    {edge("1", "a", "b"), edge("2", "a", "b"), edge("3", "a", "a")}));
  CHECK(account.relationships() == 3);
  const SyncReport report = account.diff("d", hosts({host("b")}));
  CHECK(report.job.relationships.deleted == 3);
}
