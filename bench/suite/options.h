// The command line of callisto_bench.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"
#include <callisto/error.h>

namespace callisto::bench {

struct BenchOptions {
  Size size = Size::S;
  std::uint64_t seed = 1;
  std::string questions{};  // A folder; empty: that of this checkout.
  std::string only{};       // Words of names, see select_questions(); empty: all.
  std::string query{};      // J1QL, instead of the questions.
  std::string sql{};        // The same for the peers; empty: they are not asked.
  std::string directory{};  // For the durable database; empty: a fresh one in the temporary folder.
  std::string duckdb_library{};  // Empty: where install_duckdb.sh puts it.
  double seconds = 0.2;          // For each side of a comparison of reads.
  bool neighbours = true;
  bool sqlite = true;
  bool duckdb = true;
  bool disk = true;
  bool check = false;   // Only compares answers.
  bool record = false;  // Writes the answers into the question files, when all agree.

  // Some questions, not all that there is to measure.
  [[nodiscard]] bool selects() const { return !only.empty() || !query.empty(); }
};

[[nodiscard]] std::string_view usage();

// `arguments` without the program's name. Google Benchmark's own go to `rest`. Errors:
// InvalidInput.
[[nodiscard]] Result<BenchOptions> read_options(const std::vector<std::string>& arguments,
                                                std::vector<std::string>& rest);

}  // namespace callisto::bench
