// Reads, and planning them.
#include <chrono>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/suite/benchmarks.h"
#include "bench/suite/plan_set.h"

namespace callisto::bench {
namespace {

// A run as long as this is its own measurement: the first one, made when answers were compared.
constexpr double kLongPeerRunUs = 1e6;
constexpr std::size_t kSamplesMax = 100'000;  // Time is the limit: short runs get many turns.

void measure_peers(benchmark::State& state,
                   const ReadCase& read_case,
                   const CampaignOptions& options) {
  for (const ReadCase::Asked& asked : read_case.asked()) {
    Samples samples;
    if (asked.first_us >= kLongPeerRunUs) {
      samples.add(asked.first_us);
    } else {
      samples = measure({read_case.peer_run(asked)}, options).sides[0];
    }
    state.counters[asked.peer->counter("us")] = samples.median();
    state.counters[asked.peer->counter("samples")] = static_cast<double>(samples.count());
    state.counters[asked.peer->counter("first_us")] = asked.first_us;
  }
}

void read(benchmark::State& state, ReadCase& read_case, double seconds) {
  for ([[maybe_unused]] auto iteration : state) {
    if (!read_case.error().empty()) {
      state.SkipWithError(read_case.error().c_str());
      break;
    }
    const CampaignOptions options{.seconds = seconds, .samples_max = kSamplesMax};
    const Campaign ours = measure(
        {read_case.plain_run(), read_case.overlaid_run(), read_case.plain_run(true)}, options);
    if (ours.failed) {
      state.SkipWithError("a run failed");
      break;
    }
    const double plain = ours.sides[0].median();
    const double overlaid = ours.sides[1].median();
    state.SetIterationTime(overlaid / 1e6);
    state.counters["plain_us"] = plain;
    state.counters["overlay_us"] = overlaid;
    state.counters["overlay_p95_us"] = ours.sides[1].quantile(0.95);
    state.counters["overlay_ratio"] = overlaid / plain;
    state.counters["same_ratio"] = ours.sides[2].median() / plain;
    state.counters["first_us"] = read_case.first_us();
    state.counters["rows"] = read_case.rows();
    state.counters["samples"] = static_cast<double>(ours.sides[1].count());
    const auto goal = read_case.question().goals_us.find(read_case.size());
    if (goal != read_case.question().goals_us.end()) state.counters["goal_us"] = goal->second;
    if (read_case.difference().empty()) measure_peers(state, read_case, options);
  }
  if (!read_case.difference().empty()) state.SetLabel("ANSWERS DIFFER " + read_case.difference());
}

void plan(benchmark::State& state, Environment& environment, const Question& question) {
  Session session = environment.plain->session();
  // A comment makes each text new to the plan cache.
  std::uint64_t serial = 0;
  const Run prepare = [&](std::uint64_t) {
    return session.prepare(fmt::format("{} /* {} */", question.j1ql, serial++)).has_value();
  };
  for ([[maybe_unused]] auto iteration : state) {
    const Campaign campaign = measure({prepare});
    if (campaign.failed) {
      state.SkipWithError("not understood");
      break;
    }
    state.SetIterationTime(campaign.sides[0].median() / 1e6);
    state.counters["p50_us"] = campaign.sides[0].median();
  }
}

// Each query's median of a few runs, and of these the median, the 99th percentile and the highest.
void plan_varied(benchmark::State& state, Environment& environment) {
  constexpr std::uint64_t kRuns = 15;
  Session session = environment.plain->session();
  Samples queries;
  std::uint64_t serial = 0;
  for ([[maybe_unused]] auto iteration : state) {
    for (const std::string& text : varied_queries()) {
      Samples runs;
      for (std::uint64_t run = 0; run < kRuns; ++run) {
        const std::string fresh = fmt::format("{} /* {} */", text, serial++);
        const auto start = std::chrono::steady_clock::now();
        const bool understood = session.prepare(fresh).has_value();
        runs.add(microseconds_since(start));
        if (!understood) return state.SkipWithError(("not understood: " + text).c_str());
      }
      queries.add(runs.median());
    }
    state.SetIterationTime(queries.median() / 1e6);
  }
  state.counters["queries"] = static_cast<double>(queries.count());
  state.counters["p50_us"] = queries.median();
  state.counters["p99_us"] = queries.quantile(0.99);
  state.counters["max_us"] = queries.quantile(1);
}

void once(benchmark::internal::Benchmark* benchmark) {
  benchmark->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);
}

}  // namespace

void register_reads(std::vector<std::unique_ptr<ReadCase>>& cases, double seconds) {
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    const std::string name = fmt::format("read/{}", read_case->question().name);
    ReadCase* const pointer = read_case.get();
    benchmark::RegisterBenchmark(name.c_str(), [pointer, seconds](benchmark::State& state) {
      read(state, *pointer, seconds);
    })->Apply(once);
  }
}

void register_plans(Environment& environment, const std::vector<std::unique_ptr<ReadCase>>& cases) {
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    const Question& question = read_case->question();
    if (!question.neighbour_of.empty()) continue;
    const std::string name = fmt::format("plan/{}", question.name);
    benchmark::RegisterBenchmark(name.c_str(), [&environment, &question](benchmark::State& state) {
      plan(state, environment, question);
    })->Apply(once);
  }
  if (environment.options.selects()) return;
  benchmark::RegisterBenchmark("plan/varied", [&environment](benchmark::State& state) {
    plan_varied(state, environment);
  })->Apply(once);
}

}  // namespace callisto::bench
