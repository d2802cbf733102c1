// callisto-bench-generate: writes the benchmark's asset graph as NDJSON files to sync.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "bench/generator/upload_writer.h"

namespace {

constexpr std::string_view kUsage =
    "usage: callisto-bench-generate [--size S|M] [--seed N] --out DIR\n"
    "\n"
    "Writes a seeded asset graph, the same on every machine: DIR/entities/<type>.ndjson,\n"
    "DIR/relationships/<type>.ndjson and DIR/manifest.tsv, which names the scope of each file.\n"
    "  --size S   about 110 thousand entities and 430 thousand relationships (default)\n"
    "  --size M   ten times that\n"
    "  --seed N   another graph of the same kind (default 1)\n";

struct Arguments {
  callisto::bench::Size size = callisto::bench::Size::S;
  std::uint64_t seed = 1;
  std::string out;
};

// Returns what is wrong, or an empty string.
std::string read_pair(std::string_view name, std::string_view value, Arguments& arguments) {
  if (name == "--size") {
    const auto size = callisto::bench::size_from(value);
    if (!size) return fmt::format("--size is XS, S or M, not '{}'", value);
    arguments.size = *size;
    return {};
  }
  if (name == "--seed") {
    const char* end = value.data() + value.size();
    const auto parsed = std::from_chars(value.data(), end, arguments.seed);
    if (parsed.ec == std::errc() && parsed.ptr == end) return {};
    return fmt::format("--seed is a whole number, not '{}'", value);
  }
  if (name == "--out") {
    arguments.out = value;
    return {};
  }
  return fmt::format("unknown option '{}'", name);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  std::string error;
  for (int i = 1; i < argc && error.empty(); i += 2) {
    const std::string_view name = argv[i];
    if (name == "--help" || name == "-h") {
      std::fputs(kUsage.data(), stdout);
      return 0;
    }
    error = i + 1 < argc ? read_pair(name, argv[i + 1], arguments)
                         : fmt::format("'{}' needs a value or is unknown", name);
  }
  if (error.empty() && arguments.out.empty()) error = "--out DIR is missing";
  if (!error.empty()) {
    fmt::print(stderr, "callisto-bench-generate: {}\n{}", error, kUsage);
    return 2;
  }
  const callisto::bench::Workload workload(arguments.size, arguments.seed);
  callisto::bench::WrittenFiles written;
  error = callisto::bench::write_files(workload, arguments.out, written);
  if (!error.empty()) {
    fmt::print(stderr, "callisto-bench-generate: {}\n", error);
    return 1;
  }
  fmt::print(stderr,
             "{} entities, {} relationships, {} MB in {}\n",
             written.entities,
             written.relationships,
             written.bytes / 1'000'000,
             arguments.out);
  return 0;
}
