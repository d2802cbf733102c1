// DuckDB on the same data, in memory, on one thread: typed tables, indexes on keys, statistics
// collected.
#pragma once

#include <memory>
#include <string>

#include "bench/peers/peer.h"

namespace callisto::bench {

// Where bench/peers/install_duckdb.sh puts the library of a program in build/PRESET/bin.
[[nodiscard]] std::string installed_duckdb();

// Empty. `library`: the path of libduckdb.so. Errors: NotFound when it cannot be loaded; Internal
// with DuckDB's message.
[[nodiscard]] Result<std::unique_ptr<Peer>> open_duckdb(const std::string& library);

}  // namespace callisto::bench
