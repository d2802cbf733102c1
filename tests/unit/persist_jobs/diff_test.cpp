// DIFF (wire-api 4, 6).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("wire-api 6 DIFF creates, replaces, deletes, unchanged objects count nowhere") {
  Account account;
  SyncReport report = account.diff("d",
                                   body({host("a", R"("p":1,"q":2)"), host("b"), host("c")},
                                        {edge("ab", "a", "b"), edge("bc", "b", "c")}));
  CHECK(report.job.entities.created == 3);
  CHECK(report.job.relationships.created == 2);
  const std::uint64_t version = account.store->snapshot()->version();
  account.clock.now = 2'000'000;
  report = account.diff("d",
                        body({host("c"), host("b"), host("a", R"("q":2,"p":1)")},
                             {edge("bc", "b", "c"), edge("ab", "a", "b")}));
  CHECK(report.unchanged_entities == 3);
  CHECK(report.unchanged_relationships == 2);
  CHECK(report.job.entities.updated + report.job.entities.created + report.job.entities.deleted ==
        0);
  CHECK(report.changes.empty());
  CHECK(account.version(account.id("d", "a")) == 1);
  CHECK(report.graph_version == version);  // Nothing that a reader could see.

  report = account.diff("d",
                        body({host("a", R"("p":3)"), host("b")},
                             {edge("ab", "a", "b", R"("w":1)"), edge("bc", "b", "c")}));
  CHECK(report.job.entities.updated == 1);
  CHECK(report.job.entities.deleted == 1);
  CHECK(report.job.relationships.updated == 1);
  CHECK(report.job.relationships.deleted == 1);
  CHECK(report.job.relationships.create_errors == 1);  // bc names an end that goes with this job.
  REQUIRE(report.unresolved.size() == 1);
  CHECK(report.unresolved[0].key == "bc");
  const std::string a = account.id("d", "a");
  CHECK(account.value(a, "q") == "null");  // The property set is replaced.
  CHECK(account.version(a) == 2);
  CHECK(account.value(a, "_beginOn") == "2000000");
  CHECK(account.value(a, "_createdOn") == "1000000");
  CHECK(account.relationship_value(account.relationship_id("d", "ab"), "_version") == "2");
  CHECK(account.value(account.id("d", "c"), "p") == "gone");
}

TEST_CASE("wire-api 4 DIFF never touches other partitions, but edges of deleted ends go") {
  Account account;
  account.diff("d", hosts({host("a"), host("b")}));
  account.diff(
      "e",
      body(
          {host("x")},
          {R"({"_key":"xa","_type":"t","_class":"HAS","_fromEntityKey":"x","_toEntityKey":"a","_toEntitySource":"api","_toEntityScope":"d"})",
           R"({"_key":"xb","_type":"t","_class":"HAS","_fromEntityKey":"x","_toEntityId":")" +
               account.id("d", "b") + "\"}"}));
  CHECK(account.relationships() == 2);
  const SyncReport report = account.diff("d", hosts({host("b")}));
  CHECK(report.job.relationships.deleted == 1);
  CHECK(account.entities() == 2);
  CHECK(account.relationships() == 1);
  const SyncReport emptied = account.diff("d", hosts({}));  // No uploads: the partition is emptied.
  CHECK(emptied.job.entities.deleted == 1);
  CHECK(account.entities() == 1);
  CHECK(account.relationships() == 0);
}

TEST_CASE("wire-api 6 partialDatasets.types are not deleted") {
  Account account;
  account.diff(
      "d",
      body({host("a"), R"({"_key":"u","_type":"user","_class":"User"})"}, {edge("e", "a", "a")}));
  const std::string job = account.start(SyncMode::Diff, "d");
  const SyncReport report = account.finalize(job, {.partial_types = {"host", "host_uses_host"}});
  CHECK(report.job.entities.deleted == 1);
  CHECK(report.job.relationships.deleted == 0);
  CHECK(account.value(account.id("d", "a"), "_key") == R"("a")");
  CHECK(account.value(account.id("d", "u"), "_key") == "gone");
}

TEST_CASE("DIFF: a key that changes its type keeps id, version count, layers and edges") {
  Account account;
  account.diff(
      "d", body({host("a", R"("p":1)"), host("b")}, {edge("ab", "a", "b"), edge("ba", "b", "a")}));
  account.diff(
      "e",
      body({},
           {R"({"_key":"x","_type":"t","_class":"HAS","_fromEntityId":")" + account.id("d", "b") +
            R"(","_toEntityId":")" + account.id("d", "a") + "\"}"}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("p":2)"));
  const SyncReport report =
      account.diff("d",
                   body({R"({"_key":"a","_type":"vm","_class":["VM","Host"],"p":1})", host("b")},
                        {edge("ab", "a", "b"), edge("ba", "b", "a")}));
  CHECK(report.job.entities.updated == 1);
  CHECK(report.job.relationships.updated == 0);
  CHECK(account.value(a, "_type") == R"("vm")");
  CHECK(account.value(a, "_class") == R"(["VM","Host"])");
  CHECK(account.value(a, "p") == "2");
  CHECK(account.version(a) == 3);
  CHECK(account.relationships() == 3);
  CHECK(account.relationship_value(account.relationship_id("e", "x"), "_version") == "1");
  CHECK(account
            .diff("d",
                  body({R"({"_key":"a","_type":"vm","_class":["VM","Host"],"p":1})", host("b")},
                       {edge("ab", "a", "b"), edge("ba", "b", "a")}))
            .unchanged_entities == 2);
  account.diff("d", body({host("b")}, {}));
  CHECK(account.relationships() == 0);
}

TEST_CASE("wire-api 5 a deleted and re-created entity has its old _id and goes on counting") {
  Account account;
  account.diff("d", body({host("a", R"("p":1)"), host("b")}, {edge("e", "a", "b")}));
  account.diff("d", hosts({host("b")}));
  account.clock.now = 3'000'000;
  const SyncReport report =
      account.diff("d", body({host("a", R"("p":1)"), host("b")}, {edge("e", "a", "b")}));
  CHECK(report.job.entities.created == 1);
  CHECK(report.job.relationships.created == 1);
  CHECK(account.version(account.id("d", "a")) == 2);
  CHECK(account.value(account.id("d", "a"), "_createdOn") == "1000000");
  CHECK(account.value(account.id("d", "a"), "_beginOn") == "3000000");
  CHECK(account.value(account.id("d", "a"), "_endOn") == "null");
}

TEST_CASE("wire-api 3 a job's order means nothing: edges before the entities they join") {
  Account account;
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, body({}, {edge("e", "a", "b")})));
  REQUIRE(account.upload(job, hosts({host("b")})));
  REQUIRE(account.upload(job, hosts({host("a")})));
  CHECK(account.finalize(job).job.relationships.created == 1);
}

TEST_CASE("DIFF over many chunks: only what differs is touched") {
  Account account;
  std::vector<std::string> rows;
  for (int i = 0; i < 5'000; ++i) {
    rows.push_back(host("k" + std::to_string(i),
                        R"("n":)" + std::to_string(i) + (i % 3 == 0 ? R"(,"odd":"x")" : "")));
  }
  CHECK(account.diff("d", hosts(rows)).job.entities.created == 5'000);
  rows[10] = host("k10", R"("n":-1)");
  rows[4'999] = host("k4999", R"("n":4999,"extra":1)");
  rows.erase(rows.begin() + 3'000);
  const SyncReport report = account.diff("d", hosts(rows));
  CHECK(report.job.entities.updated == 2);
  CHECK(report.job.entities.deleted == 1);
  CHECK(report.unchanged_entities == 4'997);
}
