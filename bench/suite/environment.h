// What the benchmarks run on: the same graph twice in Callisto, without and with 10,000 overrides,
// and once in each peer; plus what loading it cost.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/workload.h"
#include "bench/peers/peer.h"
#include "bench/suite/graph_loader.h"
#include "bench/suite/options.h"
#include "bench/suite/override_set.h"
#include <callisto/database.h>

namespace callisto::bench {

// A peer on the same data, and what that cost.
struct LoadedPeer {
  std::unique_ptr<Peer> peer;
  double load_seconds = 0;
  std::uint64_t bytes = 0;  // Growth of the resident set, heap trimmed.
  double first_override_us = 0;

  // "sqlite_us" for "us".
  [[nodiscard]] std::string counter(std::string_view what) const {
    return std::string(peer->name()) + "_" + std::string(what);
  }
};

// Thread safety: one thread.
class Environment {
 public:
  // Loads everything. Says on stderr what it does. Errors: any of the engines'.
  static Result<std::unique_ptr<Environment>> open(const BenchOptions& options);

  // Round 0 of the overrides, into the overlaid database and, as plain updates, into the peers.
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
  std::vector<LoadedPeer> peers{};
  std::string missing_peers{};  // Why peers are not there and how to have them; one a line.

  std::vector<SyncFigures> loads{};
  std::uint64_t graph_bytes = 0;  // Growth of the resident set by the first load, heap trimmed.
  double first_override_us = 0;

 private:
  explicit Environment(const BenchOptions& chosen)
      : options(chosen), workload(chosen.size, chosen.seed) {}

  Status load_callisto();
  Status load_peers();
  Status load_peer(std::unique_ptr<Peer> peer);

  std::map<std::string_view, std::vector<std::string>> ids_;
};

}  // namespace callisto::bench
