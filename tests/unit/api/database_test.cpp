// Database and Session: opening, running, reopening.
#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

TEST_CASE("a database in memory syncs, pins, answers and explains") {
  World world;
  world.sync_inventory();
  CHECK(world.rows("FIND github_repo WITH criticality >= 3 AS r RETURN r.name") ==
        std::vector<std::string>{"\"payments\""});
  world.sync_overrides();
  CHECK(world.rows("FIND github_repo WITH criticality >= 8 AS r RETURN r.name, r.criticality") ==
        std::vector<std::string>{"\"payments\"|10"});

  const auto why = world.database().why("repo:1", "criticality");
  REQUIRE(why);
  CHECK(why->effective == Value(10.0));
  REQUIRE(why->layers.size() >= 3);
  CHECK(why->layers[0].origin == "older");
  CHECK(why->layers[0].wins);
  CHECK(why->layers[1].origin == "younger");
  CHECK_FALSE(why->layers[1].wins);
  CHECK(world.database().overrides({.scope = "younger"}).size() == 3);
  CHECK(world.database().overrides({.state = OverrideState::Shadowed}).size() == 1);
}

TEST_CASE("a reopened directory has the same graph, overrides, scope ages and open jobs") {
  const Scratch scratch;
  World world(scratch.path("data"));
  world.sync_inventory();
  world.sync_overrides();
  REQUIRE(world.database().update_entity(
      {.id = world.id_of("repo:3"), .properties = {{"owner", Value(std::string("ada"))}}}));
  REQUIRE(world.database().delete_entity(world.id_of("user:2")));
  const SyncJob open = world.start(SyncMode::Override, "open scope");
  REQUIRE(world.database().upload(
      open.id, R"({"entities":[{"_id":")" + world.id_of("repo:2") + R"(","note":"kept"}]})"));
  const std::string before = world.exported();
  const std::uint64_t version = world.database().summary().version;

  SECTION("from the log") {
    world.close();
  }
  SECTION("from a snapshot") {
    REQUIRE(world.database().compact());
    world.close();
  }
  world.open();
  CHECK(world.exported() == before);
  CHECK(world.database().summary().version == version);
  const auto job = world.database().job(open.id);
  REQUIRE(job);
  CHECK(job->status == JobStatus::AwaitingUploads);
  CHECK(job->entities.uploaded == 1);
  const auto report = world.database().finalize(open.id);
  REQUIRE(report);
  CHECK(report->job.entities.updated == 1);
  CHECK(world.rows("FIND github_repo WITH note = 'kept' AS r RETURN r.name") ==
        std::vector<std::string>{"\"website\""});
  // O-15: the age of a scope is not that of its last change.
  const auto why = world.database().why("repo:1", "criticality");
  REQUIRE(why);
  CHECK(why->layers[0].origin == "older");
}

TEST_CASE("a session finds its plans again and drops none that it needs") {
  World world;
  world.sync_inventory();
  Session session = world.database().session();
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 300; ++i) {
      auto result = session.run("FIND github_repo LIMIT " + std::to_string(i + 1));
      REQUIRE(result);
    }
  }
  // A plan made before the data serves the data that came later.
  auto prepared = session.prepare("FIND github_repo WITH name = 'new one'");
  REQUIRE(prepared);
  world.sync(SyncMode::Diff, "more", R"({"entities":[
    {"_key":"r9","_type":"github_repo","_class":["CodeRepo"],"name":"new one"}]})");
  auto result = session.run(*prepared);
  REQUIRE(result);
  const auto batch = result->next();
  REQUIRE(batch);
  REQUIRE(*batch != nullptr);
  CHECK((*batch)->rows() == 1);
  CHECK_FALSE(session.run(PreparedQuery{}));
}

TEST_CASE("a query keeps the version it started on, and outlives its session and database") {
  World world;
  world.sync_inventory();
  auto result = [&] {
    Session session = world.database().session();
    return session.run("FIND github_repo AS r RETURN r.name");
  }();
  REQUIRE(result);
  world.sync(SyncMode::Diff, "inventory", R"({"entities":[]})");
  world.close();
  const auto batch = result->next();
  REQUIRE(batch);
  REQUIRE(*batch != nullptr);
  CHECK((*batch)->rows() == 3);
}

TEST_CASE("explain shows the plan, profile shows rows and times as well") {
  World world;
  world.sync_inventory();
  Session session = world.database().session();
  const auto plan = session.explain("FIND github_repo THAT OWNS github_user");
  REQUIRE(plan);
  REQUIRE_FALSE(plan->empty());
  CHECK_FALSE((*plan)[0].actual_rows);
  const auto profile = session.profile("FIND github_repo THAT OWNS github_user");
  REQUIRE(profile);
  CHECK((*profile)[0].actual_rows);
  const auto bad = session.explain("FIND github_repo WITH");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == ErrorCode::ParseError);
}

TEST_CASE("a directory that is open already is refused") {
  const Scratch scratch;
  World world(scratch.path("data"));
  const auto second = Database::open({.directory = scratch.path("data")});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::Io);
  CHECK(Database::open({.account = ""}));  // "local"
}

TEST_CASE("without create a missing store is NotFound and nothing is made") {
  const Scratch scratch;
  const std::string missing = scratch.path("a/missing/one");
  const auto refused = Database::open({.directory = missing, .create = false});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::NotFound);
  CHECK(refused.error().message == "there is no data directory " + missing);
  CHECK_FALSE(std::filesystem::exists(scratch.path("a")));

  std::filesystem::create_directory(scratch.path("empty"));
  const auto empty = Database::open({.directory = scratch.path("empty"), .create = false});
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == ErrorCode::NotFound);
  CHECK(empty.error().message == "there is no stored graph in " + scratch.path("empty") + " yet");
  CHECK(std::filesystem::is_empty(scratch.path("empty")));

  REQUIRE(Database::open({.directory = scratch.path("data")}));
  CHECK(Database::open({.directory = scratch.path("data"), .create = false}));
}
