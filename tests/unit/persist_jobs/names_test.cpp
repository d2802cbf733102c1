// The names of an upload come into the graph with what is committed, and not before.
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/unit/persist_jobs/account.h"

namespace callisto::persist::test {
namespace {

struct NameCounts {
  std::uint32_t types = 0;
  std::uint32_t classes = 0;
  std::uint32_t verbs = 0;
  std::uint32_t properties = 0;
  std::uint32_t strings = 0;
  bool operator==(const NameCounts&) const = default;
};

NameCounts counts(const Account& account) {
  const Names& names = account.store->snapshot()->names();
  return {names.types.size(),
          names.classes.size(),
          names.verbs.size(),
          names.properties.size(),
          names.strings.size()};
}

// An entity with a type, a class and a property of its own.
std::string odd_entity(const std::string& key) {
  return fmt::format(
      R"({{"_key":"{0}","_type":"t{0}","_class":["C{0}","Host"],"p{0}":"{0}","name":"n{0}"}})",
      key);
}

std::string odd_body(int count) {
  std::vector<std::string> entities;
  for (int i = 0; i < count; ++i) {
    entities.push_back(odd_entity("k" + std::to_string(i)));
  }
  return body(entities, {edge("e", "k0", "k1", R"("since":1)")});
}

TEST_CASE("names of an aborted upload leave no trace") {
  Account account;
  account.diff("base", hosts({host("h")}));
  const NameCounts before = counts(account);
  const std::string job = account.start(SyncMode::Diff, "other");
  REQUIRE(account.upload(job, odd_body(200)));
  CHECK(counts(account) == before);
  REQUIRE(account.persister->abort(job, "changed my mind"));
  CHECK(counts(account) == before);
  account.diff("third", odd_body(2));
  CHECK(counts(account).types == before.types + 2);
  CHECK(counts(account).classes == before.classes + 2);
}

TEST_CASE("names of a refused upload, an expired job and a dry run leave no trace") {
  Account account;
  account.diff("base", hosts({host("h")}));
  const NameCounts before = counts(account);
  const std::string job = account.start(SyncMode::Diff, "other");
  std::string broken = odd_body(50);
  broken.insert(broken.rfind("]}"), R"(,{"_key":5})");
  CHECK_FALSE(account.upload(job, broken));
  REQUIRE(account.upload(job, odd_body(3)));
  CHECK(account.finalize(job, {.dry_run = true}).job.entities.created == 3);
  CHECK(counts(account) == before);
  account.clock.now += std::int64_t{48} * 3'600'000;
  account.diff("base", hosts({host("h")}));
  CHECK(counts(account) == before);
}

TEST_CASE("a finalize that the deletion guard refuses takes its names back and can be repeated") {
  Account account;
  std::vector<std::string> rows;
  for (int i = 0; i < 40; ++i) {
    rows.push_back(host("h" + std::to_string(i)));
  }
  account.diff("base", hosts(rows));
  const NameCounts before = counts(account);
  const std::string job = account.start(SyncMode::Diff, "base");
  REQUIRE(account.upload(job, odd_body(3)));
  account.diff("other", hosts({R"({"_key":"o","_type":"o","_class":["Other"],"between":1})"}));
  const NameCounts between = counts(account);
  CHECK_FALSE(account.persister->finalize(job, {.deletion_guard = DeletionGuard{}}));
  CHECK(counts(account) == between);
  CHECK(between != before);
  const SyncReport report = account.finalize(job);
  CHECK(report.job.entities.created == 3);
  CHECK(report.job.relationships.created == 1);
  CHECK(account.value(account.id("base", "k1"), "pk1") == R"("k1")");
  CHECK(account.value(account.id("base", "k2"), "_class") == R"(["Ck2","Host"])");
  CHECK(account.value(account.id("base", "k2"), "_type") == R"("tk2")");
  CHECK(account.relationship_value(account.relationship_id("base", "e"), "since") == "1");
}

TEST_CASE("jobs that are open at once bring their names in the order of their finalize") {
  Account account;
  const std::string first = account.start(SyncMode::Diff, "a");
  const std::string second = account.start(SyncMode::Diff, "b");
  // Both know "shared", each under a code of its own.
  REQUIRE(account.upload(
      first,
      hosts({R"({"_key":"x","_type":"one","_class":["One"],"own1":"1","shared":"a","zeta":1})",
             R"({"_key":"y","_type":"two","_class":["Two","One"],"alpha":2,"shared":"b"})"})));
  REQUIRE(account.upload(
      second,
      hosts({R"({"_key":"x","_type":"two","_class":["One"],"shared":"c","zeta":3,"own2":"2"})"})));
  account.finalize(second);
  account.finalize(first);
  CHECK(account.value(account.id("a", "x"), "own1") == R"("1")");
  CHECK(account.value(account.id("a", "x"), "shared") == R"("a")");
  CHECK(account.value(account.id("a", "x"), "zeta") == "1");
  CHECK(account.value(account.id("a", "y"), "alpha") == "2");
  CHECK(account.value(account.id("a", "y"), "_type") == R"("two")");
  CHECK(account.value(account.id("a", "y"), "_class") == R"(["Two","One"])");
  CHECK(account.value(account.id("b", "x"), "own2") == R"("2")");
  CHECK(account.value(account.id("b", "x"), "zeta") == "3");
  CHECK(account.value(account.id("b", "x"), "_class") == R"(["One"])");
  // The same again changes nothing.
  CHECK(
      account
          .diff(
              "b",
              hosts(
                  {R"({"_key":"x","_type":"two","_class":["One"],"shared":"c","zeta":3,"own2":"2"})"}))
          .job.entities.updated == 0);
}

TEST_CASE("a refused mutation leaves no name behind") {
  Account account;
  account.diff("base", hosts({host("h")}));
  const NameCounts before = counts(account);
  CreateRelationship request;
  request.type = "a_type";
  request.verb = "VERB";
  request.from_id = account.id("base", "h");
  request.to_id = account.id("base", "nobody");
  CHECK_FALSE(account.persister->create_relationship(request));
  CHECK(counts(account) == before);
}

TEST_CASE("65,000 types of aborted jobs do not refuse an honest upload") {
  Account account;
  account.diff("base", hosts({host("h")}));
  for (int round = 0; round < 2; ++round) {
    std::string rows;
    for (int i = 0; i < 40'000; ++i) {
      rows += fmt::format(R"({}{{"_key":"{}","_type":"r{}t{}","_class":["C"]}})",
                          rows.empty() ? "" : ",",
                          i,
                          round,
                          i);
    }
    const std::string job = account.start(SyncMode::Diff, "other");
    REQUIRE(account.upload(job, R"({"entities":[)" + rows + "]}"));
    REQUIRE(account.persister->abort(job, ""));
  }
  const SyncReport report = account.diff("honest", odd_body(3));
  CHECK(report.job.entities.created == 3);
}

TEST_CASE("a job that brings more types than a graph may have ends with an error that says so") {
  Account account;
  account.diff("base", hosts({host("h")}));
  const NameCounts before = counts(account);
  const std::string job = account.start(SyncMode::Diff, "many");
  for (int part = 0; part < 2; ++part) {
    std::string rows;
    for (int i = 0; i < 33'000; ++i) {
      rows += fmt::format(R"({}{{"_key":"{}-{}","_type":"p{}t{}","_class":["C"]}})",
                          rows.empty() ? "" : ",",
                          part,
                          i,
                          part,
                          i);
    }
    REQUIRE(account.upload(job, R"({"entities":[)" + rows + "]}"));
  }
  const auto report = account.persister->finalize(job, {});
  REQUIRE(report);
  CHECK(report->job.status == JobStatus::ErrorBadData);
  CHECK(report->job.error ==
        "a graph has at most 65000 types (limit \"types\"): it has 1 and this change brings 66000 "
        "new "
        "ones");
  CHECK(counts(account) == before);
}

TEST_CASE("graph_bytes: a write beyond it is refused, what is there is served, deletes are taken") {
  Account account;
  std::vector<std::string> rows;
  for (int i = 0; i < 3'000; ++i) {
    rows.push_back(
        host("h" + std::to_string(i), fmt::format(R"("text":"{}{}")", i, std::string(100, 'x'))));
  }
  account.diff("base", hosts(rows));
  const NameCounts before = counts(account);
  const std::size_t used = account.store->graph_bytes();
  account.store->set_graph_bytes_max(used + 50'000);
  const std::string job = account.start(SyncMode::Diff, "more");
  REQUIRE(account.upload(job, hosts(rows)));
  const auto refused = account.persister->finalize(job, {});
  REQUIRE(refused);
  CHECK(refused->job.status == JobStatus::ErrorBadData);
  CHECK(refused->job.error.find(fmt::format(
            "at most {} are allowed (graph_bytes); it takes {} now", used + 50'000, used)) !=
        std::string::npos);
  CHECK(account.entities() == 3'000);
  CHECK(counts(account) == before);
  CHECK(account.store->graph_bytes() == used);

  CreateEntity request;
  request.key = "large";
  request.type = "host";
  request.classes = {"Host"};
  request.properties = {{"text", std::string(200'000, 'y')}};
  const auto large = account.persister->create_entity(request);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::LimitExceeded);
  CHECK(large.error().message.find("graph_bytes") != std::string::npos);

  account.store->set_graph_bytes_max(used / 2);  // As after a restart with a lower limit.
  CHECK(account.value(account.id("base", "h5"), "text").size() > 100);
  CHECK(account.persister->delete_entity(account.id("base", "h5"), false));
  CHECK(account.persister->delete_entity(account.id("base", "h6"), true));
  CHECK(account.diff("base", hosts({})).job.entities.deleted == 2'998);
  CHECK(account.entities() == 0);
}

}  // namespace
}  // namespace callisto::persist::test
