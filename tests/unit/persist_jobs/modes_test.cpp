// PATCH, CREATE_OR_UPDATE, CROSS_SCOPE (wire-api 4; D22, D34, D35) and delete lists.
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("D22 PATCH writes given properties, by _id for any owner, by _key in its own partition") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1,"q":1)")}));
  const std::string a = account.id("d", "a");
  SyncReport report = account.run(
      SyncMode::Patch,
      "",
      hosts({row(a, R"("p":2,"q":null)"), row("ghost", R"("p":1)"), R"({"_key":"a","p":9})"}));
  CHECK(report.job.entities.updated == 1);
  CHECK(report.skipped_rows ==
        2);  // Another partition's key is not reached, and without type none is made.
  CHECK(account.value(a, "p") == "2");
  CHECK(account.value(a, "q") == "null");
  CHECK(account.version(a) == 2);
  report = account.run(
      SyncMode::Patch,
      "d",
      hosts({R"({"_key":"a","r":3})", R"({"_key":"a","r":4})", host("new", R"("p":5,"x":null)")}));
  CHECK(report.job.entities.updated == 1);
  CHECK(report.job.entities.created == 1);
  CHECK(report.job.entities.deleted == 0);
  CHECK(account.value(a, "r") == "4");
  CHECK(account.value(a, "p") == "2");
  CHECK(account.value(account.id("d", "new"), "p") == "5");
  account.diff("d", hosts({host("a", R"("p":1,"q":1)"), host("new")}));
  CHECK(account.value(a, "p") == "1");
  CHECK(account.value(a, "r") == "null");
}

TEST_CASE("D22 PATCH refuses relationships and deletes") {
  Account account;
  const std::string job = account.start(SyncMode::Patch, "");
  const auto refused = account.upload(job, body({}, {edge("e", "a", "b")}));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "Relationship uploads are not allowed for PATCH sync jobs");
  CHECK_FALSE(account.upload(job, R"({"deleteEntities":[{"_key":"a"}]})"));
  CHECK_FALSE(account.upload(job, R"({"entities":[{"p":1}]})"));
  CHECK_FALSE(account.upload(job, R"({"entities":[{"_id":7,"p":1}]})"));
}

TEST_CASE("D34 CREATE_OR_UPDATE merges by key and deletes what the lists name") {
  Account account;
  account.run(SyncMode::CreateOrUpdate,
              "",
              body({host("a", R"("p":1,"q":1)"), host("b")}, {edge("e", "a", "b", R"("w":1)")}));
  const std::string a = account.id("", "a");
  account.run(SyncMode::Patch, "", hosts({row(a, R"("p":5,"z":5)")}));
  SyncReport report =
      account.run(SyncMode::CreateOrUpdate,
                  "",
                  body({R"({"_key":"a","p":2,"q":null,"r":3})", R"({"_key":"none"})"},
                       {edge("e", "a", "b", R"("v":2)")}));
  CHECK(report.job.entities.updated == 1);
  CHECK(report.job.entities.deleted == 0);
  CHECK(report.job.entities.create_errors == 1);
  CHECK(report.job.relationships.updated == 1);
  CHECK(account.value(a, "p") == "2");
  CHECK(account.value(a, "q") == "null");
  CHECK(account.value(a, "r") == "3");
  CHECK(account.value(a, "z") == "5");
  CHECK(account.relationship_value(account.relationship_id("", "e"), "w") == "1");
  CHECK(account.relationship_value(account.relationship_id("", "e"), "v") == "2");

  account.diff("d", hosts({host("x")}));
  report = account.run(SyncMode::CreateOrUpdate,
                       "",
                       R"({"deleteEntities":[{"_id":")" + account.id("d", "x") +
                           R"("},{"_key":"b"},{"_key":"nobody"},{"_id":"junk"}]})");
  CHECK(report.job.entities.deleted == 2);
  CHECK(report.job.entities.delete_errors == 2);
  CHECK(report.job.relationships.deleted == 1);  // It goes with its end.
  CHECK(account.entities() == 1);
}

TEST_CASE("wire-api 5 delete lists: relationships, rows of the job win, DIFF stays at home") {
  Account account;
  account.diff("d", body({host("a"), host("b")}, {edge("e", "a", "b")}));
  account.diff("e", hosts({host("x")}));
  const SyncReport report =
      account.diff("d",
                   R"({"entities":[)" + host("a") + "," + host("b") + R"(],"relationships":[)" +
                       edge("e", "a", "b") + R"(],"deleteEntities":[{"_key":"a"},{"_id":")" +
                       account.id("e", "x") + R"("}]})");
  CHECK(report.job.entities.deleted == 0);
  CHECK(report.job.entities.delete_errors == 1);
  CHECK(account.entities() == 3);
  const SyncReport gone = account.run(
      SyncMode::CreateOrUpdate, "d", R"({"deleteRelationships":[{"_key":"e"},{"_key":"f"}]})");
  CHECK(gone.job.relationships.deleted == 1);
  CHECK(gone.job.relationships.delete_errors == 1);
  const std::string job = account.start(SyncMode::CreateOrUpdate, "d");
  CHECK_FALSE(account.upload(job, R"({"deleteEntities":[{"p":1}]})"));
}

TEST_CASE("wire-api 4 CROSS_SCOPE joins existing entities and owns its edges (D35)") {
  Account account;
  account.diff("d", hosts({host("a")}));
  StartJob managed{.source = "integration-managed"};
  managed.integration_instance_id = "i-1";
  account.run(managed, hosts({host("m")}));
  const auto cross = [](const std::string& key, const std::string& ends) {
    return R"({"_key":")" + key + R"(","_type":"t","_class":"HAS",)" + ends + "}";
  };
  const std::string both =
      R"("_fromEntityKey":"a","_fromEntityScope":"d","_fromEntitySource":"api","_toEntityKey":"m","_toEntityScope":"i-1","_toEntitySource":"integration-managed")";
  const std::string no_source =
      R"("_fromEntityKey":"a","_fromEntityScope":"d","_toEntityKey":"m","_toEntityScope":"i-1")";
  const std::string bare = R"("_fromEntityKey":"a","_toEntityKey":"m","_toEntityScope":"i-1")";
  SyncReport report =
      account.run(SyncMode::CrossScope,
                  "d",
                  body({}, {cross("1", both), cross("2", no_source), cross("3", bare)}));
  CHECK(report.job.relationships.created == 2);
  CHECK(report.job.relationships.create_errors == 1);
  report = account.run(SyncMode::CrossScope, "d", body({}, {cross("1", both)}));
  CHECK(report.job.relationships.deleted == 1);
  CHECK(report.unchanged_relationships == 1);
  CHECK(account.entities() == 2);
  const std::string job = account.start(SyncMode::CrossScope, "d");
  CHECK_FALSE(account.upload(job, hosts({host("b")})));
  CHECK_FALSE(account.upload(job, R"({"deleteEntities":[{"_key":"a"}]})"));
}

TEST_CASE("D34 an update that changes the type and leaves a PATCH alone keeps it") {
  Account account;
  account.diff("d", hosts({host("a", R"("size":1)")}));
  const std::string id = account.id("d", "a");
  account.run(SyncMode::Patch, "d", hosts({row(id, R"("tier":"patched")")}));
  account.run(SyncMode::CreateOrUpdate,
              "d",
              hosts({R"({"_key":"a","_type":"other","_class":"Host","size":2})"}));
  CHECK(account.value(id, "_type") == R"("other")");
  CHECK(account.value(id, "tier") == R"("patched")");
  CHECK(account.value(id, "size") == "2");
}
