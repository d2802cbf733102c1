// SQLite on the same data, in memory: typed tables, indexes on keys and on both ends of every
// relationship, statistics collected.
#pragma once

#include <memory>

#include "bench/peers/peer.h"

namespace callisto::bench {

// Empty. Errors: Internal with SQLite's message.
[[nodiscard]] Result<std::unique_ptr<Peer>> open_sqlite();

}  // namespace callisto::bench
