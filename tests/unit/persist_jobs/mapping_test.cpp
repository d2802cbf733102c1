// Mapped relationships (wire-api 5, D33).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

std::string mapping(const std::string& key,
                    const std::string& filters,
                    const std::string& target,
                    bool skip = false,
                    const char* direction = "FORWARD") {
  return R"({"_key":")" + key +
         R"(","_type":"host_is_person","_class":"IS","_mapping":{"relationshipDirection":")" +
         direction + R"(","sourceEntityKey":"a")" +
         (filters.empty() ? "" : R"(,"targetFilterKeys":)" + filters) + R"(,"targetEntity":)" +
         target + R"(,"skipTargetCreation":)" + (skip ? "true" : "false") + "}}";
}

std::string person(const std::string& key, const std::string& email) {
  return R"({"_key":")" + key + R"(","_type":"person","_class":["Person","User"],"email":")" +
         email + "\"}";
}

std::string mapper_id(const std::string& key) {
  PartitionInfo owner;
  owner.source = "system-mapper";
  return to_string(uuid_v5(name_spaces("acct", owner).entities, key));
}

}  // namespace

TEST_CASE("wire-api 5 a mapping finds its targets by the filter's properties") {
  Account account;
  account.diff("hr", hosts({person("p1", "x@y.z"), person("p2", "x@y.z"), person("p3", "other")}));
  SyncReport report = account.diff(
      "d",
      body({host("a")},
           {mapping("m", R"([["_class","email"]])", R"({"_class":"Person","email":"x@y.z"})")}));
  CHECK(report.job.mapped.created == 2);  // One edge to each match.
  CHECK(report.job.relationships.created == 2);
  CHECK(account.relationships() == 2);
  CHECK(account.entities() == 4);
  report = account.diff(
      "d",
      body({host("a")},
           {mapping("m", R"([["_class","email"]])", R"({"_class":"Person","email":"x@y.z"})")}));
  CHECK(report.unchanged_relationships == 2);
  account.diff("hr", hosts({person("p1", "x@y.z"), person("p2", "moved"), person("p3", "other")}));
  report = account.diff(
      "d",
      body({host("a")},
           {mapping("m", R"([["_class","email"]])", R"({"_class":"Person","email":"x@y.z"})")}));
  CHECK(report.job.mapped.deleted == 1);
  CHECK(account.relationships() == 1);
}

TEST_CASE("wire-api 5 a mapping sees effective values and the job's own entities") {
  Account account;
  account.diff("hr", hosts({person("p1", "old")}));
  account.pin("s", row(account.id("hr", "p1"), R"("email":"pinned")"));
  CHECK(account
            .diff("d",
                  body({host("a")}, {mapping("m", R"(["email"])", R"({"email":"pinned"})", true)}))
            .job.mapped.created == 1);
  CHECK(account
            .diff("d",
                  body({host("a"), host("b", R"("email":"new")")},
                       {mapping("m", R"(["email"])", R"({"email":"new"})", true, "REVERSE")}))
            .job.mapped.created == 1);
  CHECK(account.relationships() == 1);
}

TEST_CASE("D33 no match: the target is made unless that is to be skipped, the mapper owns it") {
  Account account;
  const std::string target = R"({"_key":"t1","_type":"person","_class":"Person","email":"x"})";
  SyncReport report =
      account.diff("d", body({host("a")}, {mapping("m", R"([["email"]])", target, true)}));
  CHECK(report.job.mapped.created == 0);
  CHECK(account.entities() == 1);
  report = account.diff(
      "d",
      body({host("a")},
           {mapping("m", "", target),
            mapping("n",
                    R"([["email"]])",
                    R"({"_key":"t2","_type":"person","_class":"Person","email":"x"})")}));
  CHECK(report.job.mapped.created == 2);  // The second mapping finds what the first has made.
  CHECK(account.entities() == 2);
  CHECK(account.value(mapper_id("t1"), "_source") == R"("system-mapper")");
  account.diff(
      "d",
      body({host("a")},
           {mapping("m",
                    "",
                    R"({"_key":"t1","_type":"person","_class":"Person","email":"y","phone":1})")}));
  CHECK(account.value(mapper_id("t1"), "email") == R"("y")");
  CHECK(account.value(mapper_id("t1"), "phone") == "1");
  account.diff("d", hosts({host("a")}));
  CHECK(account.relationships() == 0);
  CHECK(account.value(mapper_id("t1"), "email") == R"("y")");  // The target stays.
  report = account.diff(
      "d", body({host("a")}, {mapping("m", R"([["email"]])", R"({"email":"nobody"})")}));
  CHECK(report.job.mapped.create_errors == 1);  // Nothing to make it from.
}

TEST_CASE("wire-api 5 bad mappings are refused") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  for (const char* bad :
       {R"({"sourceEntityKey":"a"})",
        R"({"targetEntity":{}})",
        R"({"sourceEntityKey":"a","targetEntity":7})",
        R"({"sourceEntityKey":"a","targetEntity":{},"relationshipDirection":"UP"})",
        R"({"sourceEntityKey":"a","targetEntity":{},"targetFilterKeys":[7]})",
        R"({"sourceEntityKey":"a","targetEntity":{},"targetFilterKeys":[[7]]})"}) {
    INFO(bad);
    CHECK_FALSE(account.upload(
        job,
        std::string(R"({"relationships":[{"_key":"m","_type":"t","_mapping":)") + bad + "}]}"));
  }
  // An unknown source entity is unresolved, like any missing end.
  const SyncReport report =
      account.diff("d", body({}, {mapping("m", "", R"({"_key":"k","_type":"t","_class":"C"})")}));
  CHECK(report.job.mapped.create_errors == 1);
  CHECK(report.job.relationships.create_errors == 1);
}
