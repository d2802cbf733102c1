// Loading, syncing, overriding and updating the graphs in memory.
#include <functional>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/generator/random.h"
#include "bench/suite/benchmarks.h"

namespace callisto::bench {
namespace {

constexpr int kSyncs = 5;
constexpr std::uint64_t kUpdates = 2'000;

using Body = std::function<void(benchmark::State&)>;

void add(const std::string& name, const Body& body) {
  benchmark::RegisterBenchmark(name.c_str(), body)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

// One report of something measured when the environment was made.
void report(benchmark::State& state, double microseconds) {
  for ([[maybe_unused]] auto iteration : state)
    state.SetIterationTime(microseconds / 1e6);
  state.counters["p50_us"] = microseconds;
}

void load(benchmark::State& state, const Environment& environment) {
  Samples seconds;
  for (const SyncFigures& figures : environment.loads)
    seconds.add(figures.seconds);
  const SyncFigures& first = environment.loads.front();
  report(state, seconds.median() * 1e6);
  state.counters["elements"] = static_cast<double>(first.objects);
  state.counters["elements_per_s"] = static_cast<double>(first.objects) / seconds.median();
  state.counters["json_mb_per_s"] = static_cast<double>(first.bytes) / 1e6 / seconds.median();
  for (const LoadedPeer& peer : environment.peers)
    state.counters[peer.counter("us")] = peer.load_seconds * 1e6;
}

void memory(benchmark::State& state, const Environment& environment) {
  report(state, 0);
  const auto elements = static_cast<double>(environment.elements());
  state.counters["bytes_per_element"] = static_cast<double>(environment.graph_bytes) / elements;
  state.counters["own_bytes_per_element"] =
      static_cast<double>(environment.plain->summary().memory_bytes) / elements;
  for (const LoadedPeer& peer : environment.peers) {
    state.counters[peer.counter("bytes_per_element")] = static_cast<double>(peer.bytes) / elements;
  }
}

// `sync(revision)` runs one sync; `step` 0 repeats the same revision, 1 goes on to the next.
void resync(benchmark::State& state,
            std::uint32_t& revision,
            std::uint32_t step,
            const std::function<Result<SyncFigures>(std::uint32_t)>& sync) {
  Samples samples;
  SyncFigures last;
  for ([[maybe_unused]] auto iteration : state) {
    for (int i = 0; i < kSyncs; ++i) {
      revision += step;
      Result<SyncFigures> figures = sync(revision);
      if (!figures) return state.SkipWithError(figures.error().message.c_str());
      last = *figures;
      samples.add(last.seconds * 1e6);
    }
    state.SetIterationTime(samples.median() / 1e6);
  }
  const SyncJob& job = last.report.job;
  state.counters["p50_us"] = samples.median();
  state.counters["rows"] = static_cast<double>(last.objects);
  state.counters["updated"] = static_cast<double>(job.entities.updated + job.relationships.updated);
  state.counters["rows_per_s"] = static_cast<double>(last.objects) / samples.median() * 1e6;
}

// What applies one set of overrides, ready to be timed.
using Applier = std::function<Status()>;

// `make(pins)` prepares a set; `step` 0 repeats the first one, 1 goes on to the next.
Result<Samples> repeat_overrides(const Environment& environment,
                                 std::uint32_t step,
                                 const std::function<Applier(const std::vector<Pin>&)>& make) {
  Samples samples;
  std::uint32_t round = step == 0 ? 0 : 1;
  for (int i = 0; i < kSyncs; ++i, round += step) {
    const std::vector<Pin> pins = override_pins(environment.workload, round);
    const Applier apply = make(pins);
    const auto start = std::chrono::steady_clock::now();
    Status applied = apply();
    if (!applied) return tl::make_unexpected(std::move(applied).error());
    samples.add(microseconds_since(start));
  }
  return samples;
}

void replace_overrides(benchmark::State& state, Environment& environment, std::uint32_t step) {
  // Every set is of the same entities.
  const auto ids = environment.ids_of(override_pins(environment.workload, 0));
  SyncReport last;
  const auto ours = [&](const std::vector<Pin>& pins) -> Applier {
    return [&environment, &last, body = override_body(pins, ids)]() -> Status {
      CALLISTO_TRY(last, apply_overrides(*environment.overlaid, body));
      return {};
    };
  };
  for ([[maybe_unused]] auto iteration : state) {
    const Result<Samples> samples = repeat_overrides(environment, step, ours);
    if (!samples) return state.SkipWithError(samples.error().message.c_str());
    state.SetIterationTime(samples->median() / 1e6);
    state.counters["p50_us"] = samples->median();
  }
  state.counters["overrides"] = static_cast<double>(last.overrides_set);
  state.counters["updated"] = static_cast<double>(last.job.entities.updated);
  for (const LoadedPeer& peer : environment.peers) {
    const auto theirs = [&](const std::vector<Pin>& pins) -> Applier {
      return [&] { return peer.peer->update(pins, ids); };
    };
    const Result<Samples> samples = repeat_overrides(environment, step, theirs);
    if (!samples) return state.SkipWithError(samples.error().message.c_str());
    state.counters[peer.counter("us")] = samples->median();
  }
}

// `run(id, value)` updates one user's criticality.
Result<Samples> repeat_updates(const Environment& environment,
                               const std::function<Status(std::string_view, double)>& run) {
  Samples samples;
  Random random(environment.options.seed + 7);
  const std::uint32_t rows = environment.workload.rows(kind_of("okta_user"));
  for (std::uint64_t i = 0; i < kUpdates; ++i) {
    const std::string_view id = environment.id("okta_user", random.below(rows));
    const auto start = std::chrono::steady_clock::now();
    Status updated = run(id, static_cast<double>(i % 10));
    if (!updated) return tl::make_unexpected(updated.error());
    samples.add(microseconds_since(start));
  }
  return samples;
}

void update(benchmark::State& state, Environment& environment) {
  const auto ours = [&](std::string_view id, double value) -> Status {
    UpdateEntity request;
    request.id = id;
    request.properties["criticality"] = value;
    CALLISTO_TRY([[maybe_unused]] const std::string updated,
                 environment.overlaid->update_entity(request));
    return {};
  };
  for ([[maybe_unused]] auto iteration : state) {
    const Result<Samples> samples = repeat_updates(environment, ours);
    if (!samples) return state.SkipWithError(samples.error().message.c_str());
    state.SetIterationTime(samples->median() / 1e6);
    state.counters["p50_us"] = samples->median();
    state.counters["p95_us"] = samples->quantile(0.95);
  }
  for (const LoadedPeer& peer : environment.peers) {
    const Result<Samples> samples = repeat_updates(
        environment,
        [&](std::string_view id, double value) { return peer.peer->update_user(id, value); });
    if (!samples) return state.SkipWithError(samples.error().message.c_str());
    state.counters[peer.counter("us")] = samples->median();
  }
}

void register_syncs(Environment& environment) {
  static std::uint32_t user_revision = 0;
  static std::uint32_t edge_revision = 0;
  const auto users = [&environment](std::uint32_t revision) {
    return sync_entities(
        *environment.overlaid, environment.workload, kind_of("okta_user"), revision);
  };
  const auto edges = [&environment](std::uint32_t revision) {
    return sync_relationships(*environment.overlaid,
                              environment.workload,
                              relationship_kind_of("aws_instance_connects_aws_instance"),
                              revision);
  };
  for (const std::uint32_t step : {0U, 1U}) {
    const std::string suffix = step == 0 ? "unchanged" : "one_percent";
    add("sync/users_" + suffix,
        [=](benchmark::State& state) { resync(state, user_revision, step, users); });
    add("sync/relationships_" + suffix,
        [=](benchmark::State& state) { resync(state, edge_revision, step, edges); });
  }
}

}  // namespace

void register_writes(Environment& environment) {
  add("load/memory", [&](benchmark::State& state) { load(state, environment); });
  add("memory/graph", [&](benchmark::State& state) { memory(state, environment); });
  register_syncs(environment);
  add("override/first_10000", [&](benchmark::State& state) {
    report(state, environment.first_override_us);
    for (const LoadedPeer& peer : environment.peers)
      state.counters[peer.counter("us")] = peer.first_override_us;
  });
  add("override/same_10000",
      [&](benchmark::State& state) { replace_overrides(state, environment, 0); });
  add("override/other_10000",
      [&](benchmark::State& state) { replace_overrides(state, environment, 1); });
  add("update/memory", [&](benchmark::State& state) { update(state, environment); });
}

}  // namespace callisto::bench
