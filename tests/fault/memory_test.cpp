// Out of memory at every allocation: a clean error, nothing changed, and the same call works when
// there is memory again.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/fault/failing_memory.h"
#include <callisto/database.h>
#include <callisto/diagnosis.h>
#include <callisto/editing.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

class FixedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return 1'700'000'000'000; }
};

const FixedClock kClock;

std::string hosts(int count, const char* more = "") {
  std::string body;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    body += R"({"_key":"host-)" + number + R"(","_type":"host","_class":"Host","name":"host )" +
            number + R"(","cpu":)" + std::to_string(i % 5) + R"(,"tags":["a","b)" + number + "\"]" +
            more + "}\n";
  }
  for (int i = 1; i < count; ++i) {
    body +=
        R"({"_key":"link-)" + std::to_string(i) +
        R"(","_type":"host_has_host","_class":"HAS","_fromEntityKey":"host-0","_toEntityKey":"host-)" +
        std::to_string(i) + "\"}\n";
  }
  return body;
}

// A database in which every call below has something to do.
struct World {
  World() : db(*Database::open({.clock = &kClock})) {
    sync({.scope = "hosts"}, hosts(30));
    id = db.why("host-1", "cpu")->entity_id;
    link = *db.create_relationship({"more", "host_has_host", "HAS", id, id, {}});
    REQUIRE(db.update_entity({id, {{"owner", std::string("a team with a long name")}}}));
    sync({.scope = "pins", .mode = SyncMode::Override}, pin("9"));
    open({.scope = "hosts", .job_id = "open"}, hosts(20, R"(,"new":"a property that is new")"));
    open({.scope = "pins", .mode = SyncMode::Override, .job_id = "pins"}, pin("7"));
    REQUIRE(db.start_job({.scope = "hosts", .job_id = "empty"}));
    REQUIRE(db.put_raw_data(id, "api", {{"first", "text/plain", "what the provider said"}}));
    update = {.id = id, .properties = {{"owner", std::string("another long name")}}};
    relate = {"a new key", "host_has_host", "HAS", id, id, {{"a", 1.0}}};
  }

  [[nodiscard]] std::string pin(const std::string& value) const {
    return R"({"entities":[{"_id":")" + id + R"(","cpu":)" + value + "}]}";
  }

  void open(const StartJob& request, const std::string& body) {
    const auto job = db.start_job(request);
    REQUIRE(job);
    REQUIRE(db.upload(job->id, body));
  }

  void sync(StartJob request, const std::string& body) {
    request.job_id = "made-" + request.scope;
    open(request, body);
    REQUIRE(db.finalize(request.job_id)->job.status == JobStatus::Finished);
  }

  // All there is to see.
  [[nodiscard]] std::string digest() const {
    std::string text;
    REQUIRE(db.export_ndjson([&](std::string_view line) -> Status {
      text.append(line).append("\n");
      return {};
    }));
    for (const SyncJob& job : db.jobs()) {
      text += to_json(job) + "\n";
    }
    for (const OverrideInfo& info : db.overrides()) {
      text += info.scope + info.entity_id + info.property + to_json(info.value) + "\n";
    }
    const auto documents = db.raw_data(id);
    REQUIRE(documents);
    for (const RawDocument& document : *documents) {
      text += document.name + document.data + "\n";
    }
    return text;
  }

  Database db;
  Session session = db.session();
  std::string id;
  std::string link;
  // What the calls are given is made beforehand: the library answers for its own memory.
  UpdateEntity update;
  CreateRelationship relate;
};

using Call = std::function<Status(World&)>;

template <class T>
Status status_of(Result<T>&& result) {
  if (result) return {};
  return tl::make_unexpected(std::move(result).error());
}

Call query(const char* text) {
  return [text](World& world) -> Status {
    CALLISTO_TRY(QueryResult result, world.session.run(text));
    std::string json;
    return result.write_json(json);
  };
}

// Refuses the k-th allocation of a call, for k = 1, 2, ... until there is no k-th.
void check(const Call& call) {
  for (const Refuse refuse : {Refuse::One, Refuse::AllAfter}) {
    std::unique_ptr<World> world;
    std::string before;
    std::uint64_t errors = 0;
    for (std::uint64_t at = 1;; ++at) {
      if (!world) {
        world = std::make_unique<World>();
        before = world->digest();
      }
      bool refused = false;
      Status status;
      {
        const FailingMemory memory(at, refuse);
        status = call(*world);
        refused = memory.refused();
      }
      if (!refused) {
        INFO((status ? "" : status.error().message));
        CHECK(status);
        break;
      }
      CAPTURE(at, refuse == Refuse::One);
      if (status) {  // It got along without.
        world.reset();
        continue;
      }
      ++errors;
      CAPTURE(status.error().message);
      REQUIRE(status.error().code == ErrorCode::LimitExceeded);
      REQUIRE(status.error().message == "out of memory");
      REQUIRE(world->digest() == before);
    }
    CHECK(errors > 0);
  }
}

}  // namespace

// What RE2 leaves behind when it finds no memory is not ours to free.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)

extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libre2.so\n";
}

TEST_CASE("R5 out of memory in a query") {
  const char* const text =
      GENERATE("FIND host WITH cpu > 2 AS h RETURN h.name, h.cpu, h.tags ORDER BY h.name",
               "FIND host THAT HAS host AS h RETURN h.name, COUNT(h) AS n",
               "FIND UNIQUE host AS h RETURN h.cpu",
               "FIND host THAT HAS host RETURN TREE",
               "FIND 'team' RETURN TREE",
               "FIND host WITH name = ('host 1' or 'host 2') AND tags = 'a' AS h RETURN "
               "CONCAT(h.name, h.cpu)",
               "FIND host WITH name = /^host [0-9]$/ AS h RETURN h.*");
  CAPTURE(text);
  check(query(text));
}

TEST_CASE("R5 out of memory in a query that is prepared, explained, diagnosed, formatted") {
  constexpr const char* kText = "FIND host WITH cpu > 2 THAT HAS host AS h RETURN h.name";
  check([](World& world) { return status_of(world.session.prepare(kText)); });
  check([](World& world) { return status_of(world.session.explain(kText)); });
  check([](World& world) { return status_of(world.session.profile(kText)); });
  check([](World&) { return status_of(format_query(kText)); });
  check([](World&) { return validate_query(kText); });
  check([](World& world) {
    return status_of(diagnose(world.db, "FIND host WITH cpu = '3' THAT HAS nothing"));
  });
}

TEST_CASE("R5 out of memory in an upload and what is around it") {
  const StartJob start{.scope = "a scope that is new", .job_id = "fresh"};
  const std::string body = hosts(25, R"(,"other":"something else")");
  const std::string reason = "no more of this, please";
  check([&](World& world) { return status_of(world.db.start_job(start)); });
  check([&](World& world) { return status_of(world.db.upload("empty", body)); });
  check([](World& world) { return status_of(world.db.upload("open", R"({"entities":[]})")); });
  check([&](World& world) { return status_of(world.db.abort_job("open", reason)); });
}

TEST_CASE("R5 out of memory in a finalize") {
  check([](World& world) { return status_of(world.db.finalize("open", {.dry_run = true})); });
  check([](World& world) { return status_of(world.db.finalize("open")); });
  check([](World& world) { return status_of(world.db.finalize("pins")); });
  check([](World& world) {
    return status_of(world.db.finalize("empty", {.deletion_guard = std::nullopt}));
  });
}

TEST_CASE("R5 out of memory in a write of one object") {
  const CreateEntity create{
      "a key that is new", "a_type", {"Class"}, {{"name", std::string("a name of some length")}}};
  const std::vector<std::string> owner{"owner"};
  const std::vector<RawDocument> documents{{"second", "application/json", R"({"a":1})"}};
  check([&](World& world) { return status_of(world.db.create_entity(create)); });
  check([](World& world) { return status_of(world.db.update_entity(world.update)); });
  check([&](World& world) { return status_of(world.db.reset_entity(world.id, owner)); });
  check([](World& world) { return status_of(world.db.delete_entity(world.id, true)); });
  check([](World& world) { return status_of(world.db.create_relationship(world.relate)); });
  check([](World& world) { return status_of(world.db.delete_relationship(world.link)); });
  check([&](World& world) { return world.db.put_raw_data(world.id, "api", documents); });
}

TEST_CASE("R5 out of memory in definitions, explanations and exports") {
  const std::vector<std::string> queries{"FIND host WITH cpu > 3"};
  const std::string name = "a.name.of.some.length";
  const Value value = std::string("a value of some length");
  const DatabaseOptions options{.account = "an account of some length"};
  check([&](World& world) { return world.db.define_smart_class("Large", queries); });
  check([&](World& world) { return world.db.set_parameter(name, value); });
  check([](World& world) { return status_of(world.db.why(world.id, "cpu")); });
  check([](World& world) { return status_of(world.db.raw_data(world.id)); });
  check([](World& world) { return status_of(world.db.report("made-hosts")); });
  check([](World& world) { return status_of(world.db.view().entity(world.id)); });
  check([](World& world) {
    return world.db.export_ndjson([](std::string_view) { return Status{}; });
  });
  check([&](World&) { return status_of(Database::open(options)); });
}
