// A write under a pin says so (O-31).
#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("O-31 updateEntity names the values that an override hides, and its scope") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  account.pin("old", row(a, R"("tier":1)"));
  account.pin("young", row(a, R"("tier":2,"owner":"x")"));
  WriteReport report;
  REQUIRE(account.persister->update_entity(
      {.id = a, .properties = {{"tier", 3.0}, {"owner", 4.0}, {"free", 5.0}}}, &report));
  REQUIRE(report.hidden.size() == 2);
  CHECK(report.hidden[0].property == "owner");
  CHECK(report.hidden[0].scope == "young");
  CHECK(report.hidden[1].property == "tier");
  CHECK(report.hidden[1].scope == "old");  // The one that shows.
  CHECK(account.value(a, "tier") == "1");
}

TEST_CASE("O-31 the report of a PATCH counts and names the values that do not show") {
  Account account;
  account.diff("d", hosts({host("a"), host("b")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  account.pin("tiers", row(a, R"("tier":1)"));
  REQUIRE(account.persister->update_entity({.id = b, .properties = {{"tier", 2.0}}}));
  const SyncReport report = account.run(
      SyncMode::Patch,
      "p",
      R"({"entities":[)" + row(a, R"("tier":7,"x":1)") + "," + row(b, R"("tier":7)") + "]}");
  CHECK(report.hidden_values == 2);
  REQUIRE(report.hidden.size() == 2);
  CHECK(report.hidden[0].entity_key == "a");
  CHECK(report.hidden[0].property == "tier");
  CHECK(report.hidden[0].scope == "tiers");
  CHECK(report.hidden[1].entity_id == b);
  CHECK(report.hidden[1].scope.empty());  // What somebody set by hand shows.
  CHECK(to_json(report).find(R"("numValuesHidden":2)") != std::string::npos);
  // As often as it is asked for.
  account.reopen();
  CHECK(to_json(*account.persister->report(report.job.id, 100)) == to_json(report));
}
