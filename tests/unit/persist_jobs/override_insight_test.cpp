// O-27 to O-30: why, states, dry run, views.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/persist_jobs/account.h"

using namespace callisto;
using namespace callisto::persist;
using namespace callisto::persist::test;

namespace {

std::string turns(const SyncReport& report) {
  std::string out;
  for (const OverrideTurn& turn : report.turned) {
    if (!out.empty()) out += ' ';
    out += turn.scope + ":" + turn.entity_key + "." + turn.property + "=" + to_string(turn.now);
  }
  return out;
}

}  // namespace

TEST_CASE("O-27 why lists all layers, strongest first, silent ones too") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base","displayName":"Host A")")}));
  const std::string a = account.id("d", "a");
  StartJob request{.scope = "young", .mode = SyncMode::Override};
  account.pin("old", row(a, R"("p":"old")"));
  request.author = "ana";
  request.reason = "PCI";
  request.review_by_ms = 5'000'000;
  account.run(request, hosts({row(a, R"("p":"young")")}));
  SECTION("by _id and by unique _key") {
    for (const std::string& name : {a, std::string("a")}) {
      const auto why = account.persister->why(name, "p");
      REQUIRE(why);
      CHECK(why->entity_id == a);
      CHECK(why->entity_key == "a");
      CHECK(why->display_name == "Host A");
      CHECK(to_json(why->effective) == R"("old")");
      REQUIRE(why->layers.size() == 5);
      CHECK(why->layers[0].origin == "old");
      CHECK(why->layers[0].wins);
      CHECK(why->layers[1].origin == "young");
      CHECK(why->layers[1].author == "ana");
      CHECK(why->layers[1].reason == "PCI");
      CHECK(why->layers[1].review_by_ms == 5'000'000);
      CHECK_FALSE(why->layers[1].wins);
      CHECK(why->layers[1].states == std::vector{OverrideState::Shadowed});
      CHECK(to_json(*why->layers[1].below) == R"("base")");
      CHECK_FALSE(why->layers[2].present);
      CHECK(why->layers[2].layer == Layer::Mutation);
      CHECK_FALSE(why->layers[3].present);
      CHECK(why->layers[4].layer == Layer::Base);
      CHECK(why->layers[4].origin == "d");
    }
  }
  SECTION("a property that nobody sets") {
    const auto why = account.persister->why(a, "never.heard.of");
    REQUIRE(why);
    REQUIRE(why->layers.size() == 4);
    for (const LayerValue& layer : why->layers) {
      CHECK_FALSE(layer.present);
    }
    CHECK(is_null(why->effective));
  }
  SECTION("metadata") {
    const auto why = account.persister->why(a, "_type");
    REQUIRE(why);
    CHECK(to_json(why->effective) == R"("host")");
  }
  SECTION("several entities with the key, or none") {
    account.diff("e", hosts({host("a")}));
    const auto several = account.persister->why("a", "p");
    REQUIRE_FALSE(several);
    CHECK(several.error().code == ErrorCode::Conflict);
    const auto none = account.persister->why("nobody", "p");
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::NotFound);
  }
}

TEST_CASE("O-28 states are listed, filtered, and each sync reports which overrides it turned") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"low")"), host("b", R"("p":"low")")}));
  const std::string a = account.id("d", "a");
  const std::string b = account.id("d", "b");
  CHECK(turns(account.pin("s", row(a, R"("p":"high")"))).empty());
  CHECK(account.states("s", a, "p") == "active");
  const auto sync = [&](const char* value) {
    return account.diff(
        "d", hosts({host("a", std::string(R"("p":")") + value + '"'), host("b", R"("p":"low")")}));
  };
  SyncReport report = sync("medium");
  CHECK(turns(report) == "s:a.p=drifted");
  CHECK(report.turned_counts.at(OverrideState::Drifted) == 1);
  CHECK(turns(sync("medium")).empty());
  CHECK(turns(sync("high")) == "s:a.p=redundant");
  CHECK(account.states("s", a, "p") == "redundant+drifted");
  CHECK(turns(sync("low")) == "s:a.p=active");

  CHECK(turns(account.pin("t", row(a, R"("p":"x")") + "," + row(b, R"("p":"low")"))) ==
        "t:a.p=shadowed t:b.p=redundant");
  CHECK(turns(account.diff("d", hosts({host("b", R"("p":"low")")}))) ==
        "s:a.p=orphaned t:a.p=orphaned");
  CHECK(account.states("t", a, "p") == "orphaned");
  CHECK(account.persister->overrides({.state = OverrideState::Orphaned}).size() == 2);
  CHECK(turns(sync("low")) == "s:a.p=active t:a.p=shadowed");
  CHECK(turns(account.pin("s", "")) == "t:a.p=active");

  StartJob reviewed{.scope = "r", .mode = SyncMode::Override};
  reviewed.review_by_ms = account.clock.now + 10;
  account.run(reviewed, hosts({row(b, R"("q":1)")}));
  CHECK(account.states("r", b, "q") == "active");
  account.clock.now = account.clock.now + 11;
  CHECK(account.states("r", b, "q") == "overdue");
  CHECK(account.persister->overrides({.state = OverrideState::Overdue}).size() == 1);
  CHECK(account.persister->overrides({.property = "p"}).size() == 2);
  CHECK(account.persister->overrides({.limit = 1}).size() == 1);
  CHECK(account.persister->overrides({.scope = "no such scope"}).empty());
}

TEST_CASE("O-29 a dry run of any job says what would change, and writes nothing") {
  Account account;
  account.diff("d", body({host("a", R"("p":1,"q":1)"), host("b")}, {edge("e", "a", "b")}));
  const std::string a = account.id("d", "a");
  const std::uint64_t version = account.store->snapshot()->version();
  SECTION("DIFF: per property, before and after, and what would be deleted") {
    const std::string job = account.start(SyncMode::Diff, "d");
    REQUIRE(account.upload(job, hosts({host("a", R"("p":2,"r":3)"), host("c")})));
    const SyncReport report = account.finalize(job, {.dry_run = true});
    CHECK(report.dry_run);
    CHECK(report.job.status == JobStatus::AwaitingUploads);
    CHECK(report.job.entities.created == 1);
    CHECK(report.job.entities.updated == 1);
    CHECK(report.job.entities.deleted == 1);
    CHECK(report.job.relationships.deleted == 1);
    REQUIRE(report.changes.size() == 4);
    const auto update =
        std::find_if(report.changes.begin(), report.changes.end(), [](const ObjectChange& change) {
          return change.kind == ChangeKind::Update;
        });
    REQUIRE(update != report.changes.end());
    CHECK(update->id == a);
    REQUIRE(update->properties.size() == 3);
    CHECK(update->properties[0].property == "p");
    CHECK(to_json(update->properties[0].before) == "1");
    CHECK(to_json(update->properties[0].after) == "2");
    CHECK(update->properties[1].property == "q");
    CHECK(is_null(update->properties[1].after));
    CHECK(update->properties[2].property == "r");
    CHECK(account.value(a, "p") == "1");
    CHECK(account.persister->find(job)->entities.created == 0);
    // The job is still open, and does it.
    CHECK(account.finalize(job).job.entities.deleted == 1);
    CHECK(account.value(a, "p") == "2");
  }
  SECTION("OVERRIDE") {
    const std::string job = account.start(SyncMode::Override, "s");
    REQUIRE(account.upload(job, hosts({row(a, R"("p":9)"), row("ghost", R"("p":1)")})));
    const SyncReport report = account.finalize(job, {.dry_run = true});
    CHECK(report.overrides_set == 1);
    CHECK(report.skipped_rows == 1);
    CHECK(account.scopes().empty());
    CHECK(account.value(a, "p") == "1");
    CHECK(account.persister->overrides({}).empty());
    CHECK(report.graph_version >= version);
  }
  SECTION("the list of samples has a limit, the counters have none") {
    const std::string job = account.start(SyncMode::Diff, "d");
    const SyncReport report = account.finalize(job, {.dry_run = true, .samples_max = 1});
    CHECK(report.changes.size() == 1);
    CHECK(report.job.entities.deleted == 2);
  }
}

TEST_CASE("O-30 each view shows its layers only") {
  Account account;
  account.diff("d", hosts({host("a", R"("p":"base")")}));
  const std::string a = account.id("d", "a");
  account.run(SyncMode::Patch, "x", hosts({row(a, R"("p":"patch")")}));
  REQUIRE(account.persister->update_entity({.id = a, .properties = {{"p", "mutation"}}}));
  account.pin("s", row(a, R"("p":"pin")"));
  CHECK(account.value(a, "p", LayerView::Effective) == R"("pin")");
  CHECK(account.value(a, "p", LayerView::Mutation) == R"("mutation")");
  CHECK(account.value(a, "p", LayerView::Integration) == R"("patch")");
}
