// The durable database: loading it, updating it, opening it again.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/generator/random.h"
#include "bench/suite/benchmarks.h"

namespace callisto::bench {
namespace {

constexpr std::uint64_t kUpdates = 200;
constexpr int kReopens = 3;

// A folder that is gone when the program ends.
class Folder {
 public:
  Folder(const std::string& wanted, const char* name) {
    std::error_code error;
    path_ = wanted.empty() ? std::filesystem::temp_directory_path(error)
                           : std::filesystem::path(wanted);
    path_ /= name;
    std::filesystem::remove_all(path_, error);
  }

  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }

  [[nodiscard]] std::string path() const { return path_.string(); }

  [[nodiscard]] std::uint64_t bytes() const {
    std::error_code error;
    std::uint64_t sum = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_, error)) {
      if (entry.is_regular_file(error)) sum += entry.file_size(error);
    }
    return sum;
  }

 private:
  std::filesystem::path path_;
};

struct DiskGraph {
  explicit DiskGraph(Environment& loaded)
      : environment(loaded), folder(loaded.options.directory, "callisto-bench-data") {}

  Status open() {
    DatabaseOptions options;
    options.directory = folder.path();
    CALLISTO_TRY(Database opened, Database::open(options));
    database = std::move(opened);
    return {};
  }

  Environment& environment;
  Folder folder;
  std::optional<Database> database{};
};

void load(benchmark::State& state, DiskGraph& disk) {
  for ([[maybe_unused]] auto iteration : state) {
    if (const Status opened = disk.open(); !opened) {
      return state.SkipWithError(opened.error().message.c_str());
    }
    const Result<SyncFigures> figures = load_graph(*disk.database, disk.environment.workload);
    if (!figures) return state.SkipWithError(figures.error().message.c_str());
    state.SetIterationTime(figures->seconds);
    state.counters["p50_us"] = figures->seconds * 1e6;
    state.counters["elements_per_s"] = static_cast<double>(figures->objects) / figures->seconds;
  }
}

// Every update is on disk, synced, before it is acknowledged.
void update(benchmark::State& state, DiskGraph& disk) {
  if (!disk.database) return state.SkipWithError("the load failed");
  Samples samples;
  Random random(disk.environment.options.seed + 11);
  const std::uint32_t rows = disk.environment.workload.rows(kind_of("okta_user"));
  for ([[maybe_unused]] auto iteration : state) {
    for (std::uint64_t i = 0; i < kUpdates; ++i) {
      UpdateEntity request;
      request.id = disk.environment.id("okta_user", random.below(rows));
      request.properties["criticality"] = static_cast<double>(i % 10);
      const auto start = std::chrono::steady_clock::now();
      const Result<std::string> updated = disk.database->update_entity(request);
      if (!updated) return state.SkipWithError(updated.error().message.c_str());
      samples.add(microseconds_since(start));
    }
    state.SetIterationTime(samples.median() / 1e6);
  }
  state.counters["p50_us"] = samples.median();
  state.counters["p95_us"] = samples.quantile(0.95);
  state.counters["min_us"] = samples.quantile(0);
}

// The same from several threads at once: they share syncs. The time is that of one update among
// all.
void update_together(benchmark::State& state, DiskGraph& disk, std::uint64_t threads) {
  if (!disk.database) return state.SkipWithError("the load failed");
  const std::uint32_t rows = disk.environment.workload.rows(kind_of("okta_user"));
  std::atomic<std::uint64_t> failed{0};
  for ([[maybe_unused]] auto iteration : state) {
    std::vector<std::jthread> workers;
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t thread = 0; thread < threads; ++thread) {
      workers.emplace_back([&, thread] {
        Random random(disk.environment.options.seed + 20 + thread);
        for (std::uint64_t i = 0; i < kUpdates; ++i) {
          UpdateEntity request;
          request.id = disk.environment.id("okta_user", random.below(rows));
          request.properties["criticality"] = static_cast<double>(i);
          if (!disk.database->update_entity(request)) ++failed;
        }
      });
    }
    workers.clear();
    const double each = microseconds_since(start) / static_cast<double>(threads * kUpdates);
    state.SetIterationTime(each / 1e6);
    state.counters["p50_us"] = each;
    state.counters["updates_per_s"] = 1e6 / each;
  }
  if (failed > 0) state.SkipWithError("an update failed");
}

// From a file that a peer wrote, to its first answer.
Result<double> reopen_peer(const Peer& peer, const std::string& path) {
  Samples samples;
  for (int i = 0; i < kReopens; ++i) {
    const auto start = std::chrono::steady_clock::now();
    CALLISTO_TRY(const std::unique_ptr<Peer> opened, peer.open_file(path));
    CALLISTO_TRY(const std::unique_ptr<PeerStatement> statement,
                 opened->prepare("SELECT count(*) FROM application"));
    CALLISTO_TRY([[maybe_unused]] const std::uint64_t rows, statement->consume({}));
    samples.add(microseconds_since(start));
  }
  return samples.median();
}

Status reopen_peers(benchmark::State& state, const Environment& environment) {
  for (const LoadedPeer& loaded : environment.peers) {
    const Folder folder(environment.options.directory, "callisto-bench-peer");
    std::error_code error;
    std::filesystem::create_directories(folder.path(), error);
    const std::string path = folder.path() + "/data";
    if (Status saved = loaded.peer->save(path); !saved) return saved;
    CALLISTO_TRY(state.counters[loaded.counter("us")], reopen_peer(*loaded.peer, path));
  }
  return {};
}

// Closing is not counted; the first answer is.
void reopen(benchmark::State& state, DiskGraph& disk, bool compacted) {
  if (!disk.database) return state.SkipWithError("the load failed");
  Samples samples;
  for ([[maybe_unused]] auto iteration : state) {
    if (compacted) {
      const Status status = disk.database->compact();
      if (!status) return state.SkipWithError(status.error().message.c_str());
    }
    state.counters["disk_mb"] = static_cast<double>(disk.folder.bytes()) / 1e6;
    for (int i = 0; i < kReopens; ++i) {
      disk.database.reset();
      const auto start = std::chrono::steady_clock::now();
      if (const Status opened = disk.open(); !opened) {
        return state.SkipWithError(opened.error().message.c_str());
      }
      Result<QueryResult> result =
          disk.database->session().run("FIND application AS a RETURN count(a) AS n");
      if (!result || !consume(*result)) return state.SkipWithError("no answer after opening");
      samples.add(microseconds_since(start));
    }
    state.SetIterationTime(samples.median() / 1e6);
  }
  state.counters["p50_us"] = samples.median();
  const Status status = compacted ? Status() : reopen_peers(state, disk.environment);
  if (!status) state.SkipWithError(status.error().message.c_str());
}

template <class Body>
void add(const char* name, const Body& body) {
  benchmark::RegisterBenchmark(name, body)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

void register_disk(Environment& environment) {
  if (!environment.options.disk) return;
  const auto disk = std::make_shared<DiskGraph>(environment);
  add("disk/load", [disk](benchmark::State& state) { load(state, *disk); });
  add("disk/update", [disk](benchmark::State& state) { update(state, *disk); });
  for (const std::uint64_t threads : {4U, 16U}) {
    const std::string name = fmt::format("disk/update_by_{}_threads", threads);
    add(name.c_str(),
        [disk, threads](benchmark::State& state) { update_together(state, *disk, threads); });
  }
  add("disk/reopen", [disk](benchmark::State& state) { reopen(state, *disk, false); });
  add("disk/reopen_compacted", [disk](benchmark::State& state) { reopen(state, *disk, true); });
}

}  // namespace callisto::bench
