// What the benchmarks run on: the same graph twice in Callisto, without and with 10,000 overrides,
// and once in SQLite; plus what loading it cost.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"
#include "bench/peers/sqlite_peer.h"
#include "bench/suite/graph_loader.h"
#include "bench/suite/override_set.h"
#include <callisto/database.h>

namespace callisto::bench {

struct BenchOptions {
  Size size = Size::S;
  std::uint64_t seed = 1;
  std::string only{};       // Reads whose name contains this; empty: all.
  std::string directory{};  // For the durable database; empty: a fresh one in the temporary folder.
  double seconds = 0.4;     // For each side of a comparison of reads.
  bool sqlite = true;
  bool disk = true;
};

// Thread safety: one thread.
class Environment {
 public:
  // Loads everything. Says on stderr what it does. Errors: any of the engines'.
  static Result<std::unique_ptr<Environment>> open(const BenchOptions& options);

  // Round 0 of the overrides, into the overlaid database and, as plain updates, into SQLite.
  Status apply_first_overrides();

  [[nodiscard]] std::string_view id(std::string_view type, std::uint32_t row) const {
    return ids_.at(type).at(row);
  }

  [[nodiscard]] std::vector<std::string_view> ids_of(const std::vector<Pin>& pins) const;

  [[nodiscard]] std::uint64_t elements() const {
    return workload.entities() + workload.relationships();
  }

  BenchOptions options;
  Workload workload;
  std::optional<Database> plain{};
  std::optional<Database> overlaid{};
  std::unique_ptr<SqlitePeer> sqlite{};

  std::vector<SyncFigures> loads{};
  std::uint64_t graph_bytes = 0;  // Growth of the resident set by the first load, heap trimmed.
  std::uint64_t sqlite_bytes = 0;
  double sqlite_load_seconds = 0;
  double first_override_us = 0;
  double sqlite_override_us = 0;

 private:
  explicit Environment(const BenchOptions& chosen)
      : options(chosen), workload(chosen.size, chosen.seed) {}

  Status load_callisto();
  Status load_sqlite();

  std::map<std::string_view, std::vector<std::string>> ids_;
};

}  // namespace callisto::bench
