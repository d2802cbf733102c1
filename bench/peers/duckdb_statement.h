// A prepared query of DuckDB and the way through its results, chunk by chunk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/peers/duckdb_api.h"
#include "bench/peers/peer.h"

namespace callisto::bench {

// Lifetime: within its connection's.
class DuckdbStatement final : public PeerStatement {
 public:
  DuckdbStatement(const duckdb::Api& api, duckdb::StatementHandle* statement)
      : api_(api), statement_(statement), parameters_(api.nparams(statement)) {}

  ~DuckdbStatement() override { api_.destroy_prepare(&statement_); }

  Result<std::uint64_t> consume(std::string_view value) override;
  Result<Answer> read_answer(std::string_view value) override;

  // `place` counts from 1; the value given to consume() is number 1.
  Status bind_number(std::uint64_t place, double value);

 private:
  template <class Visit>
  Status each_chunk(std::string_view value, const Visit& visit);

  const duckdb::Api& api_;
  duckdb::StatementHandle* statement_;
  std::uint64_t parameters_;
};

// Errors: Internal with DuckDB's message.
[[nodiscard]] Result<std::unique_ptr<DuckdbStatement>> prepare_duckdb(
    const duckdb::Api& api, duckdb::ConnectionHandle* connection, const std::string& sql);

}  // namespace callisto::bench
