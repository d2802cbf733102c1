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
  if (environment.sqlite != nullptr) {
    state.counters["sqlite_us"] = environment.sqlite_load_seconds * 1e6;
  }
}

void memory(benchmark::State& state, const Environment& environment) {
  report(state, 0);
  const auto elements = static_cast<double>(environment.elements());
  state.counters["bytes_per_element"] = static_cast<double>(environment.graph_bytes) / elements;
  state.counters["own_bytes_per_element"] =
      static_cast<double>(environment.plain->summary().memory_bytes) / elements;
  if (environment.sqlite != nullptr) {
    state.counters["sqlite_bytes_per_element"] =
        static_cast<double>(environment.sqlite_bytes) / elements;
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

void replace_overrides(benchmark::State& state, Environment& environment, std::uint32_t step) {
  Samples samples;
  std::uint32_t round = step == 0 ? 0 : 1;
  SyncReport last;
  for ([[maybe_unused]] auto iteration : state) {
    for (int i = 0; i < kSyncs; ++i, round += step) {
      const std::vector<Pin> pins = override_pins(environment.workload, round);
      const std::string body = override_body(pins, environment.ids_of(pins));
      const auto start = std::chrono::steady_clock::now();
      Result<SyncReport> applied = apply_overrides(*environment.overlaid, body);
      if (!applied) return state.SkipWithError(applied.error().message.c_str());
      samples.add(microseconds_since(start));
      last = std::move(*applied);
    }
    state.SetIterationTime(samples.median() / 1e6);
  }
  state.counters["p50_us"] = samples.median();
  state.counters["overrides"] = static_cast<double>(last.overrides_set);
  state.counters["updated"] = static_cast<double>(last.job.entities.updated);
}

void update(benchmark::State& state, Environment& environment) {
  Samples samples;
  Random random(environment.options.seed + 7);
  const std::uint32_t rows = environment.workload.rows(kind_of("okta_user"));
  for ([[maybe_unused]] auto iteration : state) {
    for (std::uint64_t i = 0; i < kUpdates; ++i) {
      UpdateEntity request;
      request.id = environment.id("okta_user", random.below(rows));
      request.properties["criticality"] = static_cast<double>(i % 10);
      const auto start = std::chrono::steady_clock::now();
      const Result<std::string> updated = environment.overlaid->update_entity(request);
      if (!updated) return state.SkipWithError(updated.error().message.c_str());
      samples.add(microseconds_since(start));
    }
    state.SetIterationTime(samples.median() / 1e6);
  }
  state.counters["p50_us"] = samples.median();
  state.counters["p95_us"] = samples.quantile(0.95);
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
    if (environment.sqlite) state.counters["sqlite_us"] = environment.sqlite_override_us;
  });
  add("override/same_10000",
      [&](benchmark::State& state) { replace_overrides(state, environment, 0); });
  add("override/other_10000",
      [&](benchmark::State& state) { replace_overrides(state, environment, 1); });
  add("update/memory", [&](benchmark::State& state) { update(state, environment); });
}

}  // namespace callisto::bench
