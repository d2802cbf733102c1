// callisto_bench: measures Callisto on the generated asset graph, beside SQLite on the same data.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/suite/benchmarks.h"

namespace callisto::bench {
namespace {

constexpr std::string_view kUsage =
    "usage: callisto_bench [--size XS|S|M] [--seed N] [--only TEXT] [--seconds N] [--directory "
    "DIR]\n"
    "                      [--no-sqlite] [--no-disk] [--benchmark_...]\n"
    "\n"
    "  --size SIZE      S: 110 thousand entities and 430 thousand relationships; M: ten times "
    "that;\n"
    "                   XS: a hundredth of S, to see that the benchmarks run\n"
    "  --only TEXT      only reads whose name contains TEXT\n"
    "  --seconds N      how long each read is measured on each side (default: 0.4)\n"
    "  --directory DIR  where the durable database is made (default: the temporary folder)\n"
    "  --no-sqlite      without the comparison;  --no-disk  without the durable database\n"
    "  --benchmark_...  Google Benchmark's own, e.g. --benchmark_filter=read/\n"
    "                   --benchmark_out=FILE --benchmark_out_format=json\n";

// Returns what is wrong with one option, or an empty string. `value` is null for a flag at the end.
std::string read_option(std::string_view name, const char* value, BenchOptions& options) {
  if (value == nullptr) return fmt::format("'{}' needs a value", name);
  const std::string_view text = value;
  if (name == "--size") {
    const std::optional<Size> size = size_from(text);
    if (!size) return fmt::format("--size is XS, S or M, not '{}'", text);
    options.size = *size;
  } else if (name == "--seed") {
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, options.seed);
    if (parsed.ec != std::errc() || parsed.ptr != end) {
      return fmt::format("--seed is a whole number, not '{}'", text);
    }
  } else if (name == "--seconds") {
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, options.seconds);
    if (parsed.ec != std::errc() || parsed.ptr != end || options.seconds <= 0) {
      return fmt::format("--seconds is a positive number, not '{}'", text);
    }
  } else if (name == "--only") {
    options.only = text;
  } else if (name == "--directory") {
    options.directory = text;
  } else {
    return fmt::format("unknown option '{}'", name);
  }
  return {};
}

// Google Benchmark's own options stay in `rest`.
std::string read_options(int argc, char** argv, BenchOptions& options, std::vector<char*>& rest) {
  std::string error;
  for (int i = 1; i < argc && error.empty(); ++i) {
    const std::string_view name = argv[i];
    if (name.substr(0, 12) == "--benchmark_") {
      rest.push_back(argv[i]);
    } else if (name == "--no-sqlite") {
      options.sqlite = false;
    } else if (name == "--no-disk") {
      options.disk = false;
    } else {
      error = read_option(name, i + 1 < argc ? argv[i + 1] : nullptr, options);
      ++i;
    }
  }
  return error;
}

// First each query once on both graphs, with its answer compared; then the measurements. Returns
// the number of answers that differ from SQLite's.
Result<int> run(const BenchOptions& options) {
  CALLISTO_TRY(const std::unique_ptr<Environment> environment, Environment::open(options));
  std::vector<std::unique_ptr<ReadCase>> cases;
  for (const ReadQuery& query : read_queries()) {
    if (query.name.find(options.only) == std::string_view::npos) continue;
    cases.push_back(std::make_unique<ReadCase>(*environment, query));
    cases.back()->check_plain();
  }
  if (Status applied = environment->apply_first_overrides(); !applied) {
    return tl::make_unexpected(std::move(applied).error());
  }
  int differences = 0;
  for (const std::unique_ptr<ReadCase>& read_case : cases) {
    read_case->check_overlaid();
    if (read_case->difference().empty()) continue;
    ++differences;
    fmt::print(
        stderr, "bench: {}: answers differ {}\n", read_case->query().name, read_case->difference());
  }
  register_reads(cases, options.seconds);
  register_plans(*environment);
  register_writes(*environment);
  register_disk(*environment);
  benchmark::AddCustomContext("size", std::string(name_of(options.size)));
  benchmark::AddCustomContext("seed", std::to_string(options.seed));
  benchmark::AddCustomContext("entities", std::to_string(environment->workload.entities()));
  benchmark::AddCustomContext("relationships",
                              std::to_string(environment->workload.relationships()));
  benchmark::RunSpecifiedBenchmarks();
  benchmark::ClearRegisteredBenchmarks();
  return differences;
}

}  // namespace
}  // namespace callisto::bench

int main(int argc, char** argv) {
  using namespace callisto;
  if (argc > 1 && (std::string_view(argv[1]) == "--help" || std::string_view(argv[1]) == "-h")) {
    std::fputs(bench::kUsage.data(), stdout);
    return 0;
  }
  bench::BenchOptions options;
  std::vector<char*> rest{argv[0]};
  const std::string error = bench::read_options(argc, argv, options, rest);
  if (!error.empty()) {
    fmt::print(stderr, "callisto_bench: {}\n{}", error, bench::kUsage);
    return 2;
  }
  int rest_count = static_cast<int>(rest.size());
  benchmark::Initialize(&rest_count, rest.data());
  const Result<int> differences = bench::run(options);
  benchmark::Shutdown();
  if (!differences) {
    fmt::print(stderr, "callisto_bench: {}\n", differences.error().message);
    return 1;
  }
  return *differences == 0 ? 0 : 1;
}
