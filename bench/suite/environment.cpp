#include "bench/suite/environment.h"

#include <cstdio>

#include <fmt/format.h>

#include "bench/peers/duckdb_peer.h"
#include "bench/peers/sqlite_peer.h"
#include "bench/suite/campaign.h"
#include "bench/suite/process_memory.h"

namespace callisto::bench {
namespace {

using Clock = std::chrono::steady_clock;

template <class... Arguments>
void say(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::print(stderr, "bench: {}\n", fmt::format(format, std::forward<Arguments>(arguments)...));
}

}  // namespace

Result<std::unique_ptr<Environment>> Environment::open(const BenchOptions& options) {
  std::unique_ptr<Environment> environment(new Environment(options));
  if (Status loaded = environment->load_callisto(); !loaded) {
    return tl::make_unexpected(std::move(loaded).error());
  }
  if (Status loaded = environment->load_peers(); !loaded) {
    return tl::make_unexpected(std::move(loaded).error());
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

Status Environment::load_peers() {
  if (options.sqlite) {
    CALLISTO_TRY(std::unique_ptr<Peer> sqlite, open_sqlite());
    if (Status loaded = load_peer(std::move(sqlite)); !loaded) return loaded;
  }
  if (!options.duckdb) return {};
  const std::string library =
      options.duckdb_library.empty() ? installed_duckdb() : options.duckdb_library;
  Result<std::unique_ptr<Peer>> duckdb = open_duckdb(library);
  if (duckdb) return load_peer(*std::move(duckdb));
  if (!options.duckdb_library.empty()) return tl::make_unexpected(std::move(duckdb).error());
  missing_peers = "DuckDB is not installed: sh bench/peers/install_duckdb.sh";
  say("without DuckDB, which is not installed: sh bench/peers/install_duckdb.sh, or --duckdb FILE");
  return {};
}

Status Environment::load_peer(std::unique_ptr<Peer> peer) {
  LoadedPeer loaded{.peer = std::move(peer)};
  const std::uint64_t before = trimmed_resident_bytes();
  CALLISTO_TRY(loaded.load_seconds,
               loaded.peer->load(workload, [this](std::string_view type, std::uint32_t row) {
                 return id(type, row);
               }));
  loaded.bytes = trimmed_resident_bytes() - before;
  say("loaded {} {} in {:.2f} s, {} bytes for each",
      loaded.peer->name(),
      loaded.peer->version(),
      loaded.load_seconds,
      loaded.bytes / elements());
  peers.push_back(std::move(loaded));
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
  for (LoadedPeer& loaded : peers) {
    start = Clock::now();
    if (Status updated = loaded.peer->update(pins, ids); !updated) return updated;
    loaded.first_override_us = microseconds_since(start);
    say("the same as updates in {}: {:.1f} ms",
        loaded.peer->name(),
        loaded.first_override_us / 1e3);
  }
  return {};
}

}  // namespace callisto::bench
