// Start, list, ids, the wire form of jobs (wire-api 2, 3).
#include <catch2/catch.hpp>

#include "persist/codec/report_record.h"
#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("wire-api 2 what a start request must have") {
  Account account;
  const auto code = [&](const StartJob& request) {
    const auto job = account.persister->start(request);
    return job ? std::string("ok") : std::string(wire_code(job.error()));
  };
  CHECK(code({.scope = ""}) == "SCOPE_REQUIRED");
  CHECK(code({.scope = "", .mode = SyncMode::CrossScope}) == "SCOPE_REQUIRED");
  CHECK(code({.scope = "", .mode = SyncMode::Patch}) == "ok");
  CHECK(code({.scope = "", .mode = SyncMode::CreateOrUpdate}) == "ok");
  CHECK(code({.source = "nonsense", .scope = "s"}) == "INVALID_SOURCE");
  CHECK(code({.source = "integration-managed"}) == "SYNC_JOB_INVALID_INTEGRATION_INSTANCE");
  CHECK(code({.source = "integration-managed", .scope = "s", .integration_instance_id = "i"}) ==
        "SCOPE_NOT_ALLOWED");
  CHECK(code({.source = "integration-external", .integration_instance_id = "i"}) == "ok");
  CHECK(code({.source = "system-internal", .scope = "s", .integration_instance_id = "i"}) == "ok");
  CHECK(code({.scope = "s", .job_id = "a/b"}) == "INVALID_JOB_ID");
  CHECK(code({.scope = "s", .job_id = "abc-1"}) == "ok");
  CHECK(code({.scope = "s", .job_id = "abc-1"}) == "SYNC_JOB_EXISTS");
  CHECK(code({.scope = std::string(2000, 's')}) == "INVALID_PROPERTY_VALUE");
}

TEST_CASE("D37 unknown integration instances are refused in strict mode") {
  PersisterOptions strict;
  strict.create_instances_on_first_use = false;
  Account account(strict);
  const auto job =
      account.persister->start({.source = "integration-managed", .integration_instance_id = "i"});
  REQUIRE_FALSE(job);
  CHECK(job.error().message == "Integration instance not found");
}

TEST_CASE("jobs are found, listed newest first, and unknown ones named") {
  Account account;
  const std::string first = account.start(SyncMode::Diff, "a");
  account.clock.now = account.clock.now + 1;
  const std::string second = account.start(SyncMode::Override, "b");
  const std::string third = account.start(SyncMode::Patch, "c");
  std::vector<std::string> ids;
  for (const SyncJob& job : account.persister->list())
    ids.push_back(job.id);
  CHECK(ids == std::vector<std::string>{third, second, first});
  for (const auto& result : {account.persister->find("nope"),
                             account.upload("nope", "{}"),
                             account.persister->abort("nope", "")}) {
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::NotFound);
    CHECK(wire_code(result.error()) == "SYNC_JOB_NOT_FOUND");
  }
  account.reopen();
  CHECK(account.persister->list().size() == 3);
}

TEST_CASE("ended jobs are kept to the last thousand, open ones all") {
  Account account;
  const std::string open = account.start(SyncMode::Diff, "open");
  const std::string first = account.start(SyncMode::Patch, "");
  account.finalize(first);
  for (int i = 0; i < 1'000; ++i) {
    account.clock.now = account.clock.now + 1;
    account.finalize(account.start(SyncMode::Patch, ""));
  }
  CHECK(account.persister->list().size() == 1'001);
  CHECK_FALSE(account.persister->find(first));
  std::size_t reports = 0;  // They go with their jobs.
  account.store->for_each_side(kReportPrefix,
                               [&](std::string_view, std::string_view) { ++reports; });
  CHECK(reports == 1'000);
  CHECK(account.persister->find(open));
  account.reopen();
  CHECK(account.persister->list().size() == 1'001);
}

TEST_CASE("uploads of open jobs hold bytes of the budget until their jobs end") {
  PersisterOptions options;
  options.uploads = std::make_shared<UploadBudget>(100'000);
  const UploadBudget& budget = *options.uploads;
  Account account(options);
  const std::string rows = hosts({host("a", R"("p":")" + std::string(9'000, 'x') + '"')});
  const std::string job = account.start(SyncMode::Diff, "d");
  REQUIRE(account.upload(job, rows));
  const std::size_t one = budget.held();
  CHECK(one > 9'000);
  const std::string other = account.start(SyncMode::Diff, "e");
  REQUIRE_FALSE(account.upload(other, "[]"));  // Refused for another reason.
  CHECK(budget.held() == one);
  const auto refused =
      account.upload(other, hosts({host("b", R"("p":")" + std::string(95'000, 'x') + '"')}));
  REQUIRE_FALSE(refused);
  CHECK(wire_code(refused.error()) == "UPLOADS_LIMIT_EXCEEDED");
  CHECK(refused.error().code == ErrorCode::LimitExceeded);
  CHECK(budget.held() == one);
  CHECK(account.persister->find(other)->entities.uploaded == 0);
  account.reopen();
  CHECK(budget.held() == one);
  SECTION("finalized") {
    account.finalize(job);
  }
  SECTION("aborted") {
    REQUIRE(account.persister->abort(job, ""));
  }
  SECTION("expired") {
    account.clock.now = account.clock.now + 24LL * 60 * 60 * 1000;
    account.start(SyncMode::Diff, "d");
  }
  SECTION("closed") {
    account.persister.reset();
  }
  CHECK(budget.held() == 0);
}

TEST_CASE("wire-api 2 a job as JSON") {
  Account account;
  const auto job =
      account.persister->start({.source = "integration-managed", .integration_instance_id = "i-1"});
  const std::string json = to_json(*job);
  for (const char* part : {R"("id":"00000000-0000-4000-8000-000000000001")",
                           R"("source":"integration-managed")",
                           R"("scope":null)",
                           R"("accountId":"acct")",
                           R"("integrationJobId":"00000000-0000-4000-8000-000000000001")",
                           R"("syncMode":"DIFF")",
                           R"("status":"AWAITING_UPLOADS")",
                           R"("done":false)",
                           R"("startTimestamp":1000000)",
                           R"("numEntitiesUploaded":0)",
                           R"("numRelationshipCreateErrors":0)",
                           R"("numEntityRawDataEntriesUploaded":0)",
                           R"("numMappedRelationshipsCreated":0)"}) {
    INFO(json);
    CHECK(json.find(part) != std::string::npos);
  }
  CHECK(to_json(account.diff("d", hosts({host("a")}))).find(R"("status":"FINISHED","done":true)") !=
        std::string::npos);
  CHECK(to_json(*account.persister->start({.scope = "s"})).find("integrationJobId") ==
        std::string::npos);
  for (const char* name : {"DIFF", "PATCH", "CROSS_SCOPE", "CREATE_OR_UPDATE", "OVERRIDE"}) {
    CHECK(std::string(to_string(*parse_sync_mode(name))) == name);
  }
  CHECK_FALSE(parse_sync_mode("override"));
}

TEST_CASE("an integration's partition: instance, description, no scope") {
  Account account;
  StartJob request{.source = "integration-managed", .integration_instance_id = "i-1"};
  request.integration_type = "aws";
  request.integration_name = "prod";
  account.run(request, hosts({host("a")}));
  PartitionInfo owner{.source = "integration-managed", .scope = "", .instance_id = "i-1"};
  const std::string a = to_string(uuid_v5(name_spaces("acct", owner).entities, "a"));
  CHECK(account.value(a, "_integrationInstanceId") == R"("i-1")");
  CHECK(account.value(a, "_integrationType") == R"("aws")");
  request.integration_name = "production";
  account.run(request, hosts({host("a"), host("b")}));
  CHECK(account.value(a, "_integrationName") == R"("production")");
  CHECK(account.version(a) == 1);
}
