// O-1 to O-4 and O-12 to O-21: what finalize does with a scope.
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

TEST_CASE("O-1 every read sees the effective value") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("p":"pin","new":7)"));
  CHECK(account.value(a, "p") == R"("pin")");
  CHECK(account.value(a, "new") == "7");
  CHECK(account.value(a, "p", LayerView::Integration) == R"("base")");
}

TEST_CASE("O-2 an override sticks through any number of syncs of any content") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.pin("s", row(a, R"("p":"pin")"));
  for (const char* content : {R"("p":"other")", R"("p":null)", R"("p":["list"])", R"("q":1)"}) {
    account.diff("d", hosts({host("a", content)}));
    CHECK(account.value(a, "p") == R"("pin")");
  }
  account.diff("d", R"({"entities":[{"_key":"a","_type":"other_type","_class":["A","B"]}]})");
  CHECK(account.value(a, "p") == R"("pin")");
  CHECK(account.value(a, "_type") == R"("other_type")");
  account.reopen();
  CHECK(account.value(a, "p") == R"("pin")");
}

TEST_CASE("O-3 lower layers are kept as they are, with origin and time") {
  Account account;
  account.clock.now = 100;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.clock.now = 200;
  account.run(SyncMode::Patch, "patcher", hosts({row(a, R"("p":"patch")")}));
  account.clock.now = 300;
  REQUIRE(account.persister->update_entity(
      {.id = a, .properties = {{"p", "mutation"}}, .origin = "ana"}));
  account.clock.now = 400;
  account.pin("s", row(a, R"("p":"pin")"));
  const auto why = account.persister->why(a, "p");
  REQUIRE(why);
  REQUIRE(why->layers.size() == 4);
  const auto check =
      [&](std::size_t at, Layer layer, const char* value, const char* origin, std::int64_t time) {
        CHECK(why->layers[at].layer == layer);
        CHECK(why->layers[at].present);
        CHECK(to_json(why->layers[at].value) == value);
        CHECK(why->layers[at].origin == origin);
        CHECK(why->layers[at].set_at_ms == time);
        CHECK(why->layers[at].wins == (at == 0));
      };
  check(0, Layer::Override, R"("pin")", "s", 400);
  check(1, Layer::Mutation, R"("mutation")", "ana", 300);
  check(2, Layer::Patch, R"("patch")", "patcher", 200);
  check(3, Layer::Base, R"("base")", "d", 100);
}

TEST_CASE("O-4 an override remembers what lay below it when it was set") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"low")")}));
  const std::string a = account.id("d", "a");
  account.clock.now = 500;
  account.pin("s", row(a, R"("p":"high")"));
  account.diff("d", hosts({host("a", R"("p":"medium")")}));
  account.clock.now = 600;
  const auto info = [&] { return account.persister->overrides({.scope = "s"}).at(0); };
  CHECK(to_json(info().below_then) == R"("low")");
  CHECK(to_json(info().below_now) == R"("medium")");
  CHECK(account.states("s", a, "p") == "drifted");

  account.pin("s", row(a, R"("p":"high")"));  // Unchanged: time and memory stay.
  CHECK(info().set_at_ms == 500);
  CHECK(to_json(info().below_then) == R"("low")");
  account.pin("s", row(a, R"("p":"higher")"));  // Changed: both are taken anew.
  CHECK(info().set_at_ms == 600);
  CHECK(to_json(info().below_then) == R"("medium")");
  CHECK(account.states("s", a, "p") == "active");
}

TEST_CASE("O-12 the upload replaces the scope's set as a whole") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":1)"), host("b", R"("p":1)")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  account.pin("s", row(a, R"("p":2,"q":2)") + "," + row(b, R"("p":2)"));
  CHECK(account.persister->overrides({}).size() == 3);
  SECTION("a property missing from a row is removed, an entity without a row is released") {
    const SyncReport report = account.pin("s", row(a, R"("q":2)"));
    CHECK(report.overrides_set == 1);
    CHECK(report.overrides_removed == 2);
    CHECK(account.value(a, "p") == "1");
    CHECK(account.value(a, "q") == "2");
    CHECK(account.value(b, "p") == "1");
  }
  SECTION("a row without properties releases its entity") {
    account.pin("s", row(a, "") + "," + row(b, R"("p":2)"));
    CHECK(account.value(a, "p") == "1");
    CHECK(account.value(b, "p") == "2");
  }
  SECTION("no rows clear the scope") {
    account.pin("s", "");
    CHECK(account.persister->overrides({}).empty());
    CHECK(account.scopes().empty());
    CHECK(account.value(a, "p") == "1");
  }
}

TEST_CASE("O-13 a row that matches nothing is skipped, counted and named") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  std::string rows = row(a, R"("p":1)");
  for (int i = 0; i < 12; ++i) {
    rows += "," + row("ghost-" + std::to_string(i), R"("p":1)");
  }
  const SyncReport report = account.pin("s", rows + "," + row(account.id("d", "zzz"), R"("p":1)"));
  CHECK(report.skipped_rows == 13);
  CHECK(report.skipped_ids.size() == 10);
  CHECK(report.skipped_ids.front() == "ghost-0");
  CHECK(report.job.entities.uploaded == 14);
  CHECK(report.job.entities.updated == 1);
  CHECK(account.entities() == 1);
}

TEST_CASE("O-14 the oldest scope wins per property") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.pin("old", row(a, R"("p":"old")"));
  account.pin("young", row(a, R"("p":"young","q":"young")"));
  CHECK(account.value(a, "p") == R"("old")");
  CHECK(account.value(a, "q") == R"("young")");
  CHECK(account.states("young", a, "p") == "shadowed");
  account.pin("old", row(a, R"("r":1)"));  // The older goes from p: the younger shows at once.
  CHECK(account.value(a, "p") == R"("young")");
  account.pin("old", row(a, R"("p":"old again")"));  // Still the older scope.
  CHECK(account.value(a, "p") == R"("old again")");
}

TEST_CASE("O-15 a scope's age is its first finalize with an override") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  SECTION("jobs started earlier, aborted or empty reserve nothing") {
    const std::string early = account.start(SyncMode::Override, "early");
    const std::string aborted = account.start(SyncMode::Override, "aborted");
    REQUIRE(account.upload(early, hosts({row(a, R"("p":"early")")})));
    REQUIRE(account.upload(aborted, hosts({row(a, R"("p":"aborted")")})));
    REQUIRE(account.persister->abort(aborted, ""));
    account.pin("empty", "");
    account.pin("late", row(a, R"("p":"late")"));
    account.finalize(early);
    account.pin("aborted", row(a, R"("p":"aborted")"));
    account.pin("empty", row(a, R"("p":"empty")"));
    CHECK(account.scopes() == std::vector<std::string>{"late", "early", "aborted", "empty"});
    CHECK(account.value(a, "p") == R"("late")");
  }
  SECTION("a finalize whose rows all match nothing gives no age") {
    account.pin("ghosts", row("ghost", R"("p":1)"));
    CHECK(account.scopes().empty());
  }
  SECTION("updates keep the age; a cleared scope is young when it returns") {
    account.pin("first", row(a, R"("p":1)"));
    account.pin("second", row(a, R"("p":2)"));
    account.pin("first", row(a, R"("q":1)"));
    CHECK(account.scopes() == std::vector<std::string>{"first", "second"});
    account.pin("first", "");
    account.pin("first", row(a, R"("p":1)"));
    CHECK(account.scopes() == std::vector<std::string>{"second", "first"});
    CHECK(account.value(a, "p") == "2");
  }
  SECTION("ages are no clock") {
    account.clock.now = 5'000;
    account.pin("first", row(a, R"("p":1)"));
    account.clock.now = 1;
    account.pin("second", row(a, R"("p":2)"));
    CHECK(account.value(a, "p") == "1");
    account.reopen();
    account.pin("third", row(a, R"("p":3)"));
    CHECK(account.scopes() == std::vector<std::string>{"first", "second", "third"});
  }
}

TEST_CASE("O-16 OVERRIDE beats updateEntity, the latest updateEntity shows when it goes") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"p", "first"}}}));
  CHECK(account.value(a, "p") == R"("first")");
  account.pin("s", row(a, R"("p":"pin")"));
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"p", "second"}}}));
  CHECK(account.value(a, "p") == R"("pin")");
  CHECK(account.value(a, "p", LayerView::Mutation) == R"("second")");
  account.diff("d", hosts({host("a", R"("p":"base2")")}));
  account.pin("s", "");
  CHECK(account.value(a, "p") == R"("second")");
}

TEST_CASE("O-17 PATCH, OVERRIDE, removal: the PATCH value shows until the owner's next sync") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.run(SyncMode::Patch, "x", hosts({row(a, R"("p":"patch")")}));
  account.pin("s", row(a, R"("p":"pin")"));
  account.pin("s", "");
  CHECK(account.value(a, "p") == R"("patch")");
  account.diff("other", hosts({host("b")}));
  CHECK(account.value(a, "p") == R"("patch")");            // Somebody else's sync changes nothing.
  account.diff("d", hosts({host("a", R"("p":"base")")}));  // The same base as ever.
  CHECK(account.value(a, "p") == R"("base")");
}

TEST_CASE("O-18 finalize is atomic: readers see a scope before or after") {
  Account account;
  std::vector<std::string> rows;
  std::string first;
  std::string second;
  for (int i = 0; i < 200; ++i) {
    const std::string key = "k" + std::to_string(i);
    rows.push_back(host(key, R"("p":"base")"));
    if (i != 0) first += ',';
    if (i != 0) second += ',';
    first += row(account.id("d", key), R"("p":"one")");
    second += row(account.id("d", key), R"("p":"two")");
  }
  account.diff("d", hosts(rows));
  std::atomic<bool> stop{false};
  std::atomic<int> torn{0};
  std::atomic<int> reads{0};
  std::thread reader([&] {
    while (!stop) {
      const SnapshotPtr snapshot = account.store->snapshot();
      const auto p = snapshot->names().properties.find("p");
      const EntityTable* table =
          snapshot->entity_table(TypeId{*snapshot->names().types.find("host")});
      Arena scratch;
      const std::string seen = to_json(table->value(0, PropertyId{*p}, scratch));
      for (std::uint32_t i = 0; i < table->rows(); ++i) {
        if (to_json(table->value(i, PropertyId{*p}, scratch)) != seen) ++torn;
      }
      ++reads;
    }
  });
  for (int round = 0; round < 20; ++round) {
    account.pin("s", round % 2 == 0 ? first : second);
    if (round == 10) account.diff("d", hosts(rows));
  }
  while (reads < 3)
    std::this_thread::yield();
  stop = true;
  reader.join();
  CHECK(torn == 0);
}

TEST_CASE("O-19 jobs are independent, the last finalize of a scope wins entirely") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  const std::string one = account.start(SyncMode::Override, "s");
  const std::string two = account.start(SyncMode::Override, "s");
  const std::string other = account.start(SyncMode::Override, "t");
  REQUIRE(account.upload(one, hosts({row(a, R"("p":1,"q":1)")})));
  REQUIRE(account.upload(two, hosts({row(a, R"("p":2)")})));
  REQUIRE(account.upload(other, hosts({row(a, R"("r":3)")})));
  account.finalize(two);
  account.finalize(other);
  account.finalize(one);
  CHECK(account.value(a, "p") == "1");
  CHECK(account.value(a, "q") == "1");
  CHECK(account.value(a, "r") == "3");
}

TEST_CASE("O-20 finalize again, upload after the end, abort, expiry") {
  Account account;
  account.diff("d", hosts({host("a")}));
  const std::string a = account.id("d", "a");
  SECTION("a finished job is answered again, and nothing is done") {
    const std::string job = account.start(SyncMode::Override, "s");
    REQUIRE(account.upload(job, hosts({row(a, R"("p":1)")})));
    account.finalize(job);
    account.pin("s", row(a, R"("p":2)"));
    const SyncReport again = account.finalize(job);
    CHECK(again.job.entities.updated == 1);
    CHECK(account.value(a, "p") == "2");
    const auto late = account.upload(job, hosts({row(a, R"("p":3)")}));
    REQUIRE_FALSE(late);
    CHECK(wire_code(late.error()) == "JOB_NOT_AWAITING_UPLOADS");
  }
  SECTION("with what it did, whatever is asked for first") {
    account.pin("t", row(a, R"("p":[1,2],"q":"x")"));
    const std::string job = account.start(SyncMode::Override, "s");
    REQUIRE(account.upload(
        job, hosts({row(a, R"("p":null,"q":true,"r":["a","b"])"), row("nobody", R"("p":1)")})));
    CHECK_FALSE(account.persister->report(job, 100));
    FinalizeOptions none;
    none.samples_max = 0;
    CHECK(account.finalize(job, none).changes.empty());
    const SyncReport report = account.finalize(job);
    CHECK(report.changes.size() == 1);
    CHECK(report.skipped_ids == std::vector<std::string>{"nobody"});
    CHECK(report.overrides_set == 3);
    CHECK(report.graph_version == account.store->snapshot()->version());
    account.pin("t", "");
    account.reopen();
    CHECK(to_json(account.finalize(job)) == to_json(report));
    CHECK(to_json(*account.persister->report(job, 100)) == to_json(report));
  }
  SECTION("an aborted job changes nothing") {
    const std::string job = account.start(SyncMode::Override, "s");
    REQUIRE(account.upload(job, hosts({row(a, R"("p":1)")})));
    const auto aborted = account.persister->abort(job, "changed my mind");
    REQUIRE(aborted);
    CHECK(aborted->status == JobStatus::Aborted);
    CHECK(aborted->error == "changed my mind");
    const auto finalized = account.persister->finalize(job, {});
    REQUIRE_FALSE(finalized);
    CHECK(wire_code(finalized.error()) == "JOB_NOT_AWAITING_UPLOADS");
    CHECK(account.value(a, "p") == "null");
    CHECK(account.persister->abort(job, "again"));
  }
  SECTION("a job left open expires after a day") {
    const std::string job = account.start(SyncMode::Override, "s");
    account.clock.now = account.clock.now + 24LL * 60 * 60 * 1000 - 1;
    REQUIRE(account.upload(job, hosts({row(a, R"("p":1)")})));
    account.clock.now = account.clock.now + 1;
    CHECK(account.persister->find(job)->status == JobStatus::Aborted);
    CHECK_FALSE(account.upload(job, hosts({row(a, R"("p":1)")})));
    CHECK_FALSE(account.persister->finalize(job, {}));
    account.start(SyncMode::Override, "s");
    account.reopen();
    CHECK(account.persister->find(job)->status == JobStatus::Aborted);
  }
}
