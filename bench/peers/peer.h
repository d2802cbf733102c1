// Another database on the same data: what the benchmarks ask of each.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/pins.h"
#include "bench/generator/workload.h"
#include "bench/peers/table_loader.h"
#include "bench/suite/answer.h"
#include <callisto/error.h>

namespace callisto::bench {

// One prepared query. Lifetime: within its peer's. Errors: Internal with the peer's message.
class PeerStatement {
 public:
  PeerStatement() = default;
  PeerStatement(const PeerStatement&) = delete;
  PeerStatement& operator=(const PeerStatement&) = delete;
  virtual ~PeerStatement() = default;

  // The timed way: binds ?1, runs to the end and fetches every cell. Returns the rows.
  virtual Result<std::uint64_t> consume(std::string_view value) = 0;
  virtual Result<Answer> read_answer(std::string_view value) = 0;
};

// Thread safety: one thread. Works with one thread. Errors of all functions: Internal with the
// peer's message.
class Peer {
 public:
  Peer() = default;
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  virtual ~Peer() = default;

  // "sqlite": the key of its SQL in question files, the beginning of its counters.
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::string version() const = 0;

  // Fills all tables, then makes the indexes and statistics. Returns the seconds in the peer and in
  // making the values.
  virtual Result<double> load(const Workload& workload, const RowIds& ids) = 0;

  virtual Result<std::unique_ptr<PeerStatement>> prepare(std::string_view sql) = 0;

  // Plain updates of the same cells, in one transaction, the way that is fastest for this peer.
  // `ids` is parallel to `pins`.
  virtual Status update(const std::vector<Pin>& pins, const std::vector<std::string_view>& ids) = 0;

  // Sets okta_user's criticality, in a transaction of its own.
  virtual Status update_user(std::string_view id, double criticality) = 0;

  // Writes all tables and indexes into a new file.
  virtual Status save(const std::string& path) = 0;

  // Opens a saved file as another database of this kind.
  [[nodiscard]] virtual Result<std::unique_ptr<Peer>> open_file(const std::string& path) const = 0;
};

}  // namespace callisto::bench
