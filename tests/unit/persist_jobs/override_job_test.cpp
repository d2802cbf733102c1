// O-5 to O-11: starting an OVERRIDE job and uploading into it.
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

StartJob override_job(const std::string& scope) {
  StartJob request;
  request.mode = SyncMode::Override;
  request.scope = scope;
  return request;
}

std::string numbered_rows(int first, int count) {
  std::string rows;
  for (int i = first; i < first + count; ++i) {
    if (!rows.empty()) rows += ',';
    rows += row("no-such-" + std::to_string(i), R"("p":1)");
  }
  return R"({"entities":[)" + rows + "]}";
}

}  // namespace

TEST_CASE("O-5 an OVERRIDE job starts with source api and a scope") {
  Account account;
  SECTION("without a scope it is refused") {
    const auto job = account.persister->start(override_job(""));
    REQUIRE_FALSE(job);
    CHECK(job.error().code == ErrorCode::InvalidInput);
    CHECK(wire_code(job.error()) == "SCOPE_REQUIRED");
  }
  SECTION("with another source it is refused") {
    for (const char* source :
         {"integration-managed", "integration-external", "system-internal", "API", "api "}) {
      StartJob request = override_job("s");
      request.source = source;
      request.integration_instance_id = "i-1";
      const auto job = account.persister->start(request);
      REQUIRE_FALSE(job);
      CHECK(wire_code(job.error()) == "INVALID_SOURCE");
    }
  }
  SECTION("names of scopes are matched exactly") {
    account.diff("d", hosts({host("a")}));
    account.pin("s", row(account.id("d", "a"), R"("p":1)"));
    account.pin("S", row(account.id("d", "a"), R"("q":2)"));
    account.pin("s ", row(account.id("d", "a"), R"("r":3)"));
    CHECK(account.scopes() == std::vector<std::string>{"s", "S", "s "});
  }
}

TEST_CASE("O-6 the account must be enabled, at start and only then") {
  PersisterOptions off;
  off.overrides_enabled = false;
  Account account(off);
  const auto refused = account.persister->start(override_job("s"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "OVERRIDE sync mode is not enabled for this account");
  CHECK(wire_code(refused.error()) == "OVERRIDE_NOT_ENABLED");

  account.diff("d", hosts({host("a", R"("p":"base")")}));
  account.persister->set_overrides_enabled(true);
  const std::string job = account.start(SyncMode::Override, "s");
  account.persister->set_overrides_enabled(false);  // Stops no running job ...
  REQUIRE(account.upload(job, hosts({row(account.id("d", "a"), R"("p":"pin")")})));
  account.finalize(job);
  CHECK(account.value(account.id("d", "a"), "p") == R"("pin")");  // ... and drops no override.
  CHECK_FALSE(account.persister->start(override_job("s")));
}

TEST_CASE("O-7 a row needs an _id, keys with an underscore are ignored") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1,"displayName":"A")")}));
  const std::string a = account.id("d", "a");
  SECTION("missing, empty or no string: the whole upload is refused, naming the row") {
    for (const char* bad : {R"({"p":1})",
                            R"({"_id":"","p":1})",
                            R"({"_id":7,"p":1})",
                            R"({"_id":null,"p":1})",
                            R"({"_id":["x"],"p":1})"}) {
      const std::string job = account.start(SyncMode::Override, "s");
      const auto uploaded =
          account.upload(job, hosts({row(a, R"("p":2)"), bad, row(a, R"("q":2)")}));
      REQUIRE_FALSE(uploaded);
      CHECK(wire_code(uploaded.error()) == "ENTITY_ID_REQUIRED");
      CHECK(uploaded.error().message ==
            R"(entities[1]: "_id" is required and must be a non-empty string)");
      CHECK(account.persister->find(job)->entities.uploaded == 0);
      account.finalize(job);
      CHECK(account.value(a, "p") == "1");
    }
  }
  SECTION("ignored keys") {
    account.pin("s", row(a, R"("_type":"evil","_class":"Evil","_key":"x","_x":{"a":[{}]},"p":2)"));
    CHECK(account.value(a, "_type") == R"("host")");
    CHECK(account.value(a, "_key") == R"("a")");
    CHECK(account.value(a, "_x") == "null");
    CHECK(account.value(a, "p") == "2");
  }
}

TEST_CASE("O-8 relationships are refused, delete lists too") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string job = account.start(SyncMode::Override, "s");
  const std::string good = row(account.id("d", "a"), R"("p":1)");
  const auto relationships = account.upload(
      job, R"({"entities":[)" + good + R"(],"relationships":[)" + edge("e", "a", "a") + "]}");
  REQUIRE_FALSE(relationships);
  CHECK(relationships.error().message ==
        "Relationship uploads are not allowed for OVERRIDE sync jobs");
  CHECK(wire_code(relationships.error()) == "RELATIONSHIPS_NOT_ALLOWED");
  CHECK_FALSE(account.upload(job, good + "\n" + edge("e", "a", "a")));
  const auto deletes =
      account.upload(job, R"({"entities":[)" + good + R"(],"deleteEntities":[{"_key":"a"}]})");
  REQUIRE_FALSE(deletes);
  CHECK(wire_code(deletes.error()) == "DELETES_NOT_ALLOWED");
  CHECK_FALSE(account.upload(job, R"({"deleteRelationships":[{"_key":"a"}]})"));
  CHECK(account.persister->find(job)->entities.uploaded == 0);
  // Lists that are there but empty hold none.
  CHECK(account.upload(job,
                       R"({"entities":[)" + good + R"(],"relationships":[],"deleteEntities":[]})"));
}

TEST_CASE("O-9 at most 10,000 rows a job, over all uploads, matching or not") {
  Account account;
  const std::string job = account.start(SyncMode::Override, "s");
  SECTION("in one upload") {
    const auto uploaded = account.upload(job, numbered_rows(0, 10'001));
    REQUIRE_FALSE(uploaded);
    CHECK(uploaded.error().message == "OVERRIDE sync jobs are limited to 10000 entities per job");
    CHECK(wire_code(uploaded.error()) == "OVERRIDE_LIMIT_EXCEEDED");
    CHECK(account.upload(job, numbered_rows(0, 10'000)));
  }
  SECTION("the upload that would pass the cap is refused whole, the job stays open") {
    REQUIRE(account.upload(job, numbered_rows(0, 9'999)));
    const auto uploaded = account.upload(job, numbered_rows(9'999, 2));
    REQUIRE_FALSE(uploaded);
    CHECK(uploaded.error().message == "OVERRIDE sync jobs are limited to 10000 entities per job");
    CHECK(account.persister->find(job)->entities.uploaded == 9'999);
    REQUIRE(account.upload(job, numbered_rows(9'999, 1)));  // Exactly 10,000 is fine.
    CHECK_FALSE(account.upload(job, numbered_rows(0, 1)));  // Repeats count as rows.
    CHECK(account.finalize(job).skipped_rows == 10'000);
  }
}

TEST_CASE("O-10 the later row of an _id replaces the earlier one whole") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  const std::string job = account.start(SyncMode::Override, "s");
  REQUIRE(account.upload(job, hosts({row(a, R"("p":1,"q":1)"), row(a, R"("p":2)")})));
  REQUIRE(account.upload(job, hosts({row(a, R"("p":3,"r":3)")})));
  const SyncReport report = account.finalize(job);
  CHECK(report.job.entities.uploaded == 3);
  CHECK(report.job.entities.updated == 1);
  CHECK(account.value(a, "p") == "3");
  CHECK(account.value(a, "q") == "null");
  CHECK(account.value(a, "r") == "3");
}

TEST_CASE("O-11 null pins absence, illegal values refuse the upload, naming row and key") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1,"q":[1,2])")}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("p":null)"));
  CHECK(account.value(a, "p") == "null");
  CHECK(account.value(a, "p", LayerView::Integration) == "1");
  CHECK(account.states("s", a, "p") == "active");

  const std::string job = account.start(SyncMode::Override, "s");
  const auto uploaded =
      account.upload(job, hosts({row(a, R"("p":1)"), row(a, R"("nested.key":{"x":1})")}));
  REQUIRE_FALSE(uploaded);
  CHECK(wire_code(uploaded.error()) == "INVALID_PROPERTY_VALUE");
  CHECK(uploaded.error().message.find("entities[1]") == 0);
  CHECK(uploaded.error().message.find("nested.key") != std::string::npos);
  CHECK(account.persister->find(job)->entities.uploaded == 0);
  CHECK_FALSE(account.upload(job, hosts({row(a, R"("p":[1,"x"])")})));
  CHECK_FALSE(account.upload(job, hosts({row(a, R"("p":[[1]])")})));
}
