// Reads beside a writer, and by several sessions at once.
#include <array>
#include <atomic>
#include <chrono>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/suite/benchmarks.h"

namespace callisto::bench {
namespace {

constexpr double kMeasuresPerRead = 5;  // A percentile needs more samples than a median.
constexpr double kBesideUsMax = 30e6;
constexpr std::uint64_t kSyncsMin = 3;
constexpr std::uint32_t kFirstRevision = 1'000;  // After those of the sync benchmarks.

double duration_us(const Environment& environment) {
  return kMeasuresPerRead * environment.options.seconds * 1e6;
}

// Runs until `done(microseconds since the start)`, keeping the time of each. Empty when one failed.
template <class Done>
Samples read_until(const Run& run, const Done& done) {
  Samples samples;
  const double start = steady_microseconds();
  double now = start;
  for (std::uint64_t i = 0; !done(now - start); ++i) {
    const double before = now;
    if (!run(i)) return {};
    now = steady_microseconds();
    samples.add(now - before);
  }
  return samples;
}

// Full re-syncs of all users, one percent of them changed each time, until it is destroyed.
class Writer {
 public:
  explicit Writer(Environment& environment)
      : thread_([this, &environment](const std::stop_token& stop) {
          static std::uint32_t revision = kFirstRevision;
          while (!stop.stop_requested() && !failed_) {
            failed_ =
                !sync_entities(
                     *environment.overlaid, environment.workload, kind_of("okta_user"), ++revision)
                     .has_value();
            ++syncs_;
          }
        }) {}

  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::atomic<std::uint64_t> syncs_{0};
  std::atomic<bool> failed_{false};
  std::jthread thread_;  // Last: it uses the others.
};

void beside(benchmark::State& state, Environment& environment, ReadCase& read_case) {
  if (!read_case.error().empty()) return state.SkipWithError(read_case.error().c_str());
  for ([[maybe_unused]] auto iteration : state) {
    const Run run = read_case.overlaid_run();
    const double least_us = duration_us(environment);
    const Samples alone = read_until(run, [=](double us) { return us >= least_us; });
    const Writer writer(environment);
    const Samples with = read_until(run, [&writer, least_us](double us) {
      return writer.failed() || us >= kBesideUsMax ||
             (us >= least_us && writer.syncs() >= kSyncsMin);
    });
    if (writer.failed() || alone.empty() || with.empty()) {
      return state.SkipWithError("a sync or a read failed");
    }
    state.SetIterationTime(with.median() / 1e6);
    state.counters["alone_p50_us"] = alone.median();
    state.counters["alone_p99_us"] = alone.quantile(0.99);
    state.counters["beside_p50_us"] = with.median();
    state.counters["beside_p99_us"] = with.quantile(0.99);
    state.counters["samples"] = static_cast<double>(with.count());
    state.counters["syncs"] = static_cast<double>(writer.syncs());
  }
}

// Answers per second of all sessions, each in a thread of its own. 0 when a run failed.
double throughput(const ReadCase& read_case, std::size_t sessions, double us) {
  std::vector<std::uint64_t> answers(sessions, 0);
  std::atomic<bool> failed{false};
  const double start = steady_microseconds();
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t& count : answers) {
      threads.emplace_back([&count, &failed, &read_case, start, us] {
        const Run run = read_case.session_run();
        while (!failed && steady_microseconds() - start < us) {
          failed = failed || !run(count);
          ++count;
        }
      });
    }
  }
  const double seconds = (steady_microseconds() - start) / 1e6;
  if (failed) return 0;
  const auto all = std::accumulate(answers.begin(), answers.end(), std::uint64_t{0});
  return static_cast<double>(all) / seconds;
}

void sessions(benchmark::State& state, const Environment& environment, const ReadCase& read_case) {
  if (!read_case.error().empty()) return state.SkipWithError(read_case.error().c_str());
  for ([[maybe_unused]] auto iteration : state) {
    for (const std::size_t count : std::to_array<std::size_t>({1, 2, 8})) {
      const double per_second = throughput(read_case, count, duration_us(environment));
      if (per_second == 0) return state.SkipWithError("a run failed");
      state.counters[fmt::format("per_s_{}", count)] = per_second;
      state.SetIterationTime(1 / per_second);
    }
  }
}

void add(const std::string& name, const std::function<void(benchmark::State&)>& body) {
  benchmark::RegisterBenchmark(name.c_str(), body)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace

void register_together(Environment& environment,
                       const std::vector<std::unique_ptr<ReadCase>>& cases) {
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    if (!read_case->question().concurrent) continue;
    ReadCase* const one = read_case.get();
    const std::string& name = one->question().name;
    add("sessions/" + name,
        [one, &environment](benchmark::State& state) { sessions(state, environment, *one); });
    add("beside/" + name,
        [one, &environment](benchmark::State& state) { beside(state, environment, *one); });
  }
}

}  // namespace callisto::bench
