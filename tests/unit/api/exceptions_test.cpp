// What a caller's own functions throw becomes an error of the call that needed them.
#include <stdexcept>

#include <catch2/catch.hpp>

#include "tests/unit/api/api_fixture.h"

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr const char* kHost = R"({"_key":"a","_type":"host","_class":"Host"})";

class FailingClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override {
    if (fails == 1) throw std::runtime_error("no time");
    if (fails == 2) throw 42;
    return 1'700'000'000'000;
  }

  int fails = 0;
};

class FailingIds final : public IdSource {
 public:
  std::string next_uuid() override {
    if (fails) throw std::runtime_error("no id");
    return "00000000-0000-4000-8000-00000000000" + std::to_string(next_++);
  }

  bool fails = true;

 private:
  int next_ = 0;
};

template <class T>
void check_refused(const Result<T>& result, const char* who) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::InvalidInput);
  CHECK(result.error().message.find(who) != std::string::npos);
}

std::string exported(const Database& db) {
  std::string text;
  REQUIRE(db.export_ndjson([&](std::string_view line) -> Status {
    text.append(line).append("\n");
    return {};
  }));
  return text;
}

}  // namespace

TEST_CASE("a clock that throws: the call fails, nothing is changed, and the next one works") {
  FailingClock clock;
  Database db = *Database::open({.clock = &clock});
  const SyncJob job = *db.start_job({.scope = "s"});
  REQUIRE(db.upload(job.id, kHost));
  const std::string id = *db.create_entity({"k", "host", {"Host"}, {}});
  const std::string before = exported(db);
  for (const int fails : {1, 2}) {
    clock.fails = fails;
    const char* const who = fails == 1 ? "the clock threw: no time" : "the clock threw";
    check_refused(db.start_job({.scope = "t"}), who);
    check_refused(db.upload(job.id, kHost), who);
    check_refused(db.finalize(job.id), who);
    check_refused(db.finalize(job.id, {.dry_run = true}), who);
    check_refused(db.abort_job(job.id, ""), who);
    check_refused(db.create_entity({"l", "host", {"Host"}, {}}), who);
    check_refused(db.update_entity({id, {{"a", 1.0}}}), who);
    check_refused(db.delete_entity(id), who);
    check_refused(db.put_raw_data(id, "api", {{"d", "text/plain", "x"}}), who);
    check_refused(db.why(id, "a"), who);
    check_refused(db.session().run("FIND host"), who);
    // What does not need the time does not ask for it; a job is not overdue then.
    REQUIRE(db.jobs().size() == 1);
    CHECK(db.jobs()[0].status == JobStatus::AwaitingUploads);
    CHECK(db.job(job.id)->entities.uploaded == 1);
    CHECK(db.overrides().empty());
    QueryOptions options;
    options.now_ms = 0;
    CHECK(db.session().run("FIND host", options));
    CHECK(exported(db) == before);
  }
  clock.fails = 0;
  CHECK(db.finalize(job.id)->job.entities.created == 1);
  CHECK(db.update_entity({id, {{"a", 1.0}}}));
}

TEST_CASE("a source of ids that throws: the job is not started") {
  FailingIds ids;
  Database db = *Database::open({.ids = &ids});
  check_refused(db.start_job({.scope = "s"}), "the source of ids threw: no id");
  CHECK(db.jobs().empty());
  ids.fails = false;
  CHECK(db.start_job({.scope = "s"}));
}

TEST_CASE("a sink that throws or refuses ends the export") {
  World world;
  world.sync_inventory();
  Database& db = world.database();
  const std::string before = world.exported();
  int lines = 0;
  const Status thrown = db.export_ndjson([&](std::string_view) -> Status {
    if (++lines == 3) throw std::runtime_error("no more");
    return {};
  });
  check_refused(thrown, "the sink threw: no more");
  CHECK(lines == 3);
  const Status refused =
      db.export_ndjson([](std::string_view) -> Status { return fail(ErrorCode::Io, "full"); });
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "full");
  check_refused(db.export_ndjson(nullptr), "needs a sink");
  CHECK(world.exported() == before);
}

TEST_CASE("a sink may read and write the database, and the export stays that of its beginning") {
  World world;
  world.sync_inventory();
  Database& db = world.database();
  const std::string before = world.exported();
  std::string text;
  REQUIRE(db.export_ndjson([&](std::string_view line) -> Status {
    text.append(line).append("\n");
    CALLISTO_TRY(const std::string id, db.create_entity({"in", "host", {"Host"}, {}}));
    CALLISTO_TRY(const std::string entity, db.view().entity(id));
    return entity.empty() ? Status(fail(ErrorCode::Internal, "")) : Status{};
  }));
  CHECK(text == before);
  CHECK(world.rows("FIND host").size() == 1);
}

TEST_CASE("a progress function that throws ends the upload, and the job stays open") {
  World world;
  const Scratch scratch;
  scratch.write("a.ndjson", kHost);
  const SyncJob job = world.start(SyncMode::Diff, "s");
  const auto uploaded =
      world.database().upload_path(job.id, scratch.path(""), {}, [](std::uint64_t, std::uint64_t) {
        throw std::runtime_error("enough");
      });
  check_refused(uploaded, "the progress function threw: enough");
  CHECK(world.database().job(job.id)->status == JobStatus::AwaitingUploads);
}
