// Jobs that would take away much of what there is are refused unless that is expected.
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

std::vector<std::string> some_hosts(int count) {
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back(host("h" + std::to_string(i)));
  }
  return rows;
}

std::vector<std::string> first(const std::vector<std::string>& rows, int count) {
  return {rows.begin(), rows.begin() + count};
}

// A job with one upload, to be finalized.
std::string job_with(Account& account,
                     SyncMode mode,
                     const std::string& scope,
                     const std::string& text) {
  const std::string job = account.start(mode, scope);
  const auto uploaded = account.upload(job, text);
  INFO((uploaded ? "" : uploaded.error().message));
  REQUIRE(uploaded);
  return job;
}

std::string refusal(Account& account, const std::string& job, const FinalizeOptions& options = {}) {
  const auto report = account.persister->finalize(job, options);
  REQUIRE_FALSE(report);
  CHECK(report.error().code == ErrorCode::Conflict);
  CHECK(wire_code(report.error()) == "DELETION_GUARD");
  // Still to be decided.
  CHECK(account.persister->find(job)->status == JobStatus::AwaitingUploads);
  return report.error().message;
}

FinalizeOptions expecting(std::uint64_t count) {
  return {.deletion_guard = DeletionGuard{.expected = count}};
}

}  // namespace

TEST_CASE("a guard speaks of one deletion as of one") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string job = job_with(account, SyncMode::Diff, "d", R"({"entities":[]})");
  CHECK(refusal(account, job) ==
        "this DIFF would delete 1 of the 1 entities of its scope, more than half: nothing is "
        "written. If that is right, say that 1 deletion is expected");
  CHECK(refusal(account, job, expecting(0)) ==
        "this DIFF would delete 1 entity where 0 deletions are expected: nothing is written");
  CHECK(refusal(account, job, expecting(2)) ==
        "this DIFF would delete 1 entity where 2 deletions are expected: nothing is written");
  account.pin("s", row(account.id("d", "a"), R"("p":1)"));
  const std::string pins = job_with(account, SyncMode::Override, "s", R"({"entities":[]})");
  CHECK(refusal(account, pins, expecting(2)) ==
        "this OVERRIDE would delete 1 pin where 2 deletions are expected: nothing is written");
}

TEST_CASE("a guard refuses a DIFF that would delete much of its scope, until it is expected") {
  Account account;
  const std::vector<std::string> rows = some_hosts(40);
  account.diff("d", hosts(rows));
  const std::string job = job_with(account, SyncMode::Diff, "d", hosts(first(rows, 25)));
  CHECK(refusal(account, job) ==
        "this DIFF would delete 15 of the 40 entities of its scope, more than 20 %: nothing is "
        "written. If that is right, say that 15 deletions are expected");
  CHECK(account.entities() == 40);
  CHECK(refusal(account, job, expecting(14)) ==
        "this DIFF would delete 15 entities where 14 deletions are expected: nothing is written");
  REQUIRE(account.persister->finalize(job, expecting(15)));
  CHECK(account.entities() == 25);
  const auto few = job_with(account, SyncMode::Diff, "d", hosts(first(rows, 15)));
  REQUIRE(account.persister->finalize(few, {}));  // 40 %, but few, and not most of them.
  account.diff("d", hosts({rows[0]}));            // Without a guard, as clients of the wire expect.
  CHECK(account.entities() == 1);
}

TEST_CASE("a guard holds for small scopes: all of 8, or most of them") {
  Account account;
  const std::vector<std::string> rows = some_hosts(8);
  account.diff("d", hosts(rows));
  const std::string none = job_with(account, SyncMode::Diff, "d", R"({"entities":[]})");
  CHECK(refusal(account, none).find("8 of the 8 entities of its scope, more than half") !=
        std::string::npos);
  const std::string three = job_with(account, SyncMode::Diff, "d", hosts(first(rows, 3)));
  CHECK(refusal(account, three).find("5 of the 8") != std::string::npos);
  const std::string nothing = account.start(SyncMode::Diff, "d");  // No upload at all.
  CHECK(refusal(account, nothing).find("8 of the 8") != std::string::npos);
  const std::string half = job_with(account, SyncMode::Diff, "d", hosts(first(rows, 4)));
  REQUIRE(account.persister->finalize(half, {}));
  CHECK(account.entities() == 4);
}

TEST_CASE("a guard counts relationships whose ends both stay") {
  Account account;
  const std::vector<std::string> rows = some_hosts(20);
  std::vector<std::string> edges;
  for (int i = 1; i < 20; ++i) {
    edges.push_back(edge("e" + std::to_string(i), "h0", "h" + std::to_string(i)));
  }
  account.diff("d", body(rows, edges));
  // A folder in which the file of relationships is missing.
  const std::string job = job_with(account, SyncMode::Diff, "d", hosts(rows));
  CHECK(
      refusal(account, job).find("19 of the 19 relationships of its scope whose ends both stay") !=
      std::string::npos);
  // Their ends have other keys now: they are not made, and those before would go.
  const std::string renamed =
      job_with(account, SyncMode::Diff, "d", body(rows, {edge("e1", "h0", "nobody")}));
  CHECK(refusal(account, renamed).find("19 of the 19 relationships") != std::string::npos);
  REQUIRE(account.persister->finalize(job, expecting(19)));
  CHECK(account.relationships() == 0);
  CHECK(account.entities() == 20);

  // With the hub go all its relationships: that is one entity.
  account.diff("d", body(rows, edges));
  const std::vector<std::string> without_hub(rows.begin() + 1, rows.end());
  const std::string hub = job_with(account, SyncMode::Diff, "d", hosts(without_hub));
  REQUIRE(account.persister->finalize(hub, {}));
  CHECK(account.relationships() == 0);
}

TEST_CASE("O-12 a guard counts the pins of a scope that would go") {
  Account account;
  account.diff("d", hosts(some_hosts(30)));
  const auto pins = [&](int count) {
    std::string rows;
    for (int i = 0; i < count; ++i) {
      rows += (i == 0 ? "" : ",") +
              row(account.id("d", "h" + std::to_string(i)), R"("tier":1,"owner":"x")");
    }
    return R"({"entities":[)" + rows + "]}";
  };
  account.run(SyncMode::Override, "s", pins(30));
  const auto job = job_with(account, SyncMode::Override, "s", pins(20));
  CHECK(refusal(account, job) ==
        "this OVERRIDE would delete 20 of the 60 pins of its scope, more than 20 %: nothing is "
        "written. If that is right, say that 20 deletions are expected");
  CHECK(refusal(account, job, expecting(10)).find("would delete 20 pins where 10") !=
        std::string::npos);
  const auto passed = account.persister->finalize(job, expecting(20));
  REQUIRE(passed);
  CHECK(passed->overrides_removed == 20);
  account.run(SyncMode::Override, "s", pins(4));
  const auto all = account.start(SyncMode::Override, "s");
  CHECK(refusal(account, all).find("8 of the 8 pins of its scope, more than half") !=
        std::string::npos);
  // Another value is no loss.
  const auto changed =
      job_with(account,
               SyncMode::Override,
               "s",
               R"({"entities":[)" + row(account.id("d", "h0"), R"("tier":2)") + "," +
                   row(account.id("d", "h1"), R"("tier":2,"owner":"y")") + "," +
                   row(account.id("d", "h2"), R"("tier":2,"owner":"y")") + "]}");
  REQUIRE(account.persister->finalize(changed, {}));
}

TEST_CASE("O-29 a dry run tells what the guard says, and is none the less a report") {
  Account account;
  account.diff("d", hosts({host("a"), host("b"), host("c")}));
  const std::string job = job_with(account, SyncMode::Diff, "d", hosts({host("a")}));
  const auto told = [&](FinalizeOptions options) {
    options.dry_run = true;
    const auto report = account.persister->finalize(job, options);
    REQUIRE(report);
    CHECK(report->job.entities.deleted == 2);
    CHECK((to_json(*report).find("\"refusal\"") != std::string::npos) == !report->refusal.empty());
    return report->refusal;
  };
  CHECK(told({}) == refusal(account, job));
  CHECK(told(expecting(1)) == refusal(account, job, expecting(1)));
  CHECK(told(expecting(2)).empty());
  CHECK(told({.deletion_guard = std::nullopt}).empty());
}

TEST_CASE("O-29 a dry run leaves no job behind when it is discarded") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::size_t jobs = account.persister->list().size();
  const std::string job = job_with(account, SyncMode::Diff, "d", R"({"entities":[]})");
  const SyncReport report = account.finalize(job, {.dry_run = true});
  CHECK(report.job.entities.deleted == 1);
  REQUIRE(account.persister->discard(job));
  CHECK(account.persister->list().size() == jobs);
  CHECK_FALSE(account.persister->find(job));
  CHECK_FALSE(account.persister->discard(job));
  account.reopen();
  CHECK(account.persister->list().size() == jobs);
  CHECK(account.entities() == 1);
}
