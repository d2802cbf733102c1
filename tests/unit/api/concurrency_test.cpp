// Many threads on one database: readers, syncs, overrides and mutations at once. Meant for the tsan
// preset, and true everywhere.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/support/scratch.h"
#include <callisto/database.h>

using namespace callisto;
using namespace callisto::tests;

namespace {

constexpr int kHosts = 60;
constexpr int kRounds = 12;

Status sync(Database& database, SyncMode mode, const std::string& scope, const std::string& body) {
  StartJob request;
  request.mode = mode;
  request.scope = scope;
  CALLISTO_TRY(const SyncJob job, database.start_job(request));
  CALLISTO_TRY([[maybe_unused]] const SyncJob uploaded, database.upload(job.id, body));
  CALLISTO_TRY([[maybe_unused]] const SyncReport report, database.finalize(job.id));
  return {};
}

// All hosts of a scope, of one round.
std::string hosts(const std::string& scope, int round) {
  std::string body = "{\"entities\":[";
  for (int i = 0; i < kHosts; ++i) {
    body += std::string(i == 0 ? "" : ",") + R"({"_key":")" + scope + std::to_string(i) +
            R"(","_type":")" + scope + R"(_host","_class":"Host","round":)" +
            std::to_string(round) + R"(,"tier":)" + std::to_string(round) + "}";
  }
  return body + "]}";
}

Result<std::vector<std::string>> column(Session& session, const std::string& query) {
  CALLISTO_TRY(QueryResult result, session.run(query));
  std::vector<std::string> values;
  for (;;) {
    CALLISTO_TRY(const RowBatch* batch, result.next());
    if (batch == nullptr) return values;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      values.push_back(to_json(batch->value(row, 0)));
    }
  }
}

// Counts what a reader sees that must not be.
int torn_reads(Database& database, const std::string& scope) {
  Session session = database.session();
  int torn = 0;
  const auto rounds = column(session, "FIND " + scope + "_host AS h RETURN h.round");
  if (!rounds || rounds->size() != kHosts) return 1;
  for (const std::string& round : *rounds) {
    if (round != rounds->front()) ++torn;
  }
  // O-2, O-18: never an owner's sync without the overrides on it.
  const auto pinned =
      column(session, "FIND " + scope + "_host WITH tier = 'pinned' AS h RETURN COUNT(h)");
  if (!pinned || pinned->front() != std::to_string(kHosts)) ++torn;
  return torn;
}

struct Work {
  Database& database;
  std::vector<std::string> ids;  // Of scope a.
  std::atomic<int> failed{0};
  std::atomic<int> torn{0};
  std::atomic<bool> stop{false};

  void check(const Status& status) {
    if (!status) ++failed;
  }

  void read() {
    while (!stop) {
      torn += torn_reads(database, "a");
      const auto why = database.why(ids.front(), "tier");
      if (!why) ++failed;
      static_cast<void>(database.overrides());
      static_cast<void>(database.jobs());
      static_cast<void>(database.summary());
      static_cast<void>(database.properties("Host"));
    }
  }

  void sync_scope(const std::string& scope) {
    for (int round = 1; round <= kRounds; ++round) {
      check(sync(database, SyncMode::Diff, scope, hosts(scope, round)));
    }
  }

  void mutate(int thread) {
    for (int i = 0; i < 3 * kRounds; ++i) {
      UpdateEntity request;
      request.id = ids[static_cast<std::size_t>(i % kHosts)];
      request.properties["hand" + std::to_string(thread)] = static_cast<double>(i);
      if (!database.update_entity(request)) ++failed;
    }
  }
};

void stress(const std::string& directory) {
  auto opened = Database::open({.directory = directory});
  REQUIRE(opened);
  Database& database = *opened;
  REQUIRE(sync(database, SyncMode::Diff, "a", hosts("a", 0)));
  REQUIRE(sync(database, SyncMode::Diff, "b", hosts("b", 0)));
  Session session = database.session();
  auto ids = column(session, "FIND a_host AS h RETURN h._id");
  REQUIRE(ids);
  std::string pins = "{\"entities\":[";
  for (std::string& id : *ids) {
    pins += (pins.back() == '[' ? "" : ",") + (R"({"_id":)" + id) + R"(,"tier":"pinned"})";
    id = id.substr(1, id.size() - 2);
  }
  pins += "]}";
  REQUIRE(sync(database, SyncMode::Override, "tiers", pins));

  Work work{.database = database, .ids = *ids};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] { work.read(); });
  }
  std::vector<std::thread> writers;
  writers.emplace_back([&] { work.sync_scope("a"); });
  writers.emplace_back([&] { work.sync_scope("b"); });
  for (int i = 0; i < 2; ++i) {
    writers.emplace_back([&, i] { work.mutate(i); });
  }
  writers.emplace_back([&] {
    for (int i = 0; i < 4; ++i) {
      work.check(sync(database, SyncMode::Override, "tiers", pins));
      if (!directory.empty()) work.check(database.compact());
    }
  });
  for (std::thread& writer : writers) {
    writer.join();
  }
  work.stop = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
  CHECK(work.failed == 0);
  CHECK(work.torn == 0);
  const auto last = column(session, "FIND Host WITH round = 12 AS h RETURN COUNT(h)");
  REQUIRE(last);
  CHECK(last->front() == std::to_string(2 * kHosts));
  const auto by_hand =
      column(session, "FIND a_host WITH hand0 >= 0 AND hand1 >= 0 AS h RETURN COUNT(h)");
  REQUIRE(by_hand);
  CHECK(by_hand->front() == std::to_string(3 * kRounds));
}

}  // namespace

TEST_CASE("O-18 O-19 readers, syncs, overrides and mutations at once, in memory") {
  stress({});
}

TEST_CASE("O-18 O-19 readers, syncs, overrides and mutations at once, on a disk") {
  const Scratch scratch;
  stress(scratch.path("data"));
}
