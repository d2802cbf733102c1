#include "bench/suite/environment.h"

#include <cstdio>

#include <fmt/format.h>

#include "bench/suite/campaign.h"
#include "bench/suite/process_memory.h"

namespace callisto::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class... Arguments>
void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::print(stderr, "bench: {}\n", fmt::format(format, std::forward<Arguments>(arguments)...));
}

Status update_in_sqlite(SqlitePeer& sqlite,
                        const std::vector<Pin>& pins,
                        const std::vector<std::string_view>& ids) {
  std::map<std::string, SqlStatement> statements;
  if (Status begun = sqlite.execute("BEGIN"); !begun) return begun;
  for (std::size_t i = 0; i < pins.size(); ++i) {
    const std::string sql =
        fmt::format("UPDATE {} SET \"{}\" = ?1 WHERE _id = ?2", pins[i].type, pins[i].property);
    auto found = statements.find(sql);
    if (found == statements.end()) {
      CALLISTO_TRY(SqlStatement statement, sqlite.prepare(sql));
      found = statements.emplace(sql, std::move(statement)).first;
    }
    Status updated = found->second.execute({pins[i].value, std::string(ids[i])});
    if (!updated) return updated;
  }
  return sqlite.execute("COMMIT");
}

}  // namespace

Result<std::unique_ptr<Environment>> Environment::open(const BenchOptions& options) {
  std::unique_ptr<Environment> environment(new Environment(options));
  if (Status loaded = environment->load_callisto(); !loaded) {
    return tl::make_unexpected(std::move(loaded).error());
  }
  if (options.sqlite) {
    if (Status loaded = environment->load_sqlite(); !loaded) {
      return tl::make_unexpected(std::move(loaded).error());
    }
  }
  return environment;
}

Status Environment::load_callisto() {
  const std::uint64_t before = trimmed_resident_bytes();
  for (std::optional<Database>* database : {&plain, &overlaid}) {
    CALLISTO_TRY(Database opened, Database::open({}));
    *database = std::move(opened);
    CALLISTO_TRY(const SyncFigures load, load_graph(**database, workload));
    loads.push_back(load);
    say("loaded {} entities and relationships in {:.2f} s, peak {} MB",
        load.objects,
        load.seconds,
        peak_resident_bytes() >> 20U);
    if (database == &plain) graph_bytes = trimmed_resident_bytes() - before;
  }
  say("{} bytes resident for each", graph_bytes / elements());
  for (const EntityKind& kind : entity_kinds()) {
    CALLISTO_TRY(ids_[kind.type], entity_ids(*plain, workload, kind));
  }
  return {};
}

Status Environment::load_sqlite() {
  const std::uint64_t before = trimmed_resident_bytes();
  CALLISTO_TRY(sqlite, SqlitePeer::open());
  const auto ids = [this](std::string_view type, std::uint32_t row) { return id(type, row); };
  CALLISTO_TRY(sqlite_load_seconds, sqlite->load(workload, ids));
  sqlite_bytes = trimmed_resident_bytes() - before;
  say("loaded SQLite in {:.2f} s, {} bytes for each",
      sqlite_load_seconds,
      sqlite_bytes / elements());
  return {};
}

std::vector<std::string_view> Environment::ids_of(const std::vector<Pin>& pins) const {
  std::vector<std::string_view> ids;
  ids.reserve(pins.size());
  for (const Pin& pin : pins)
    ids.push_back(id(pin.type, pin.row));
  return ids;
}

Status Environment::apply_first_overrides() {
  const std::vector<Pin> pins = override_pins(workload, 0);
  const std::vector<std::string_view> ids = ids_of(pins);
  const std::string body = override_body(pins, ids);
  Clock::time_point start = Clock::now();
  CALLISTO_TRY(const SyncReport report, apply_overrides(*overlaid, body));
  first_override_us = microseconds_since(start);
  say("{} overrides set in {:.1f} ms", report.overrides_set, first_override_us / 1e3);
  if (sqlite == nullptr) return {};
  start = Clock::now();
  Status updated = update_in_sqlite(*sqlite, pins, ids);
  sqlite_override_us = microseconds_since(start);
  return updated;
}

}  // namespace callisto::bench
