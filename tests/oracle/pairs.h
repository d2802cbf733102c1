// Many random pairs of graph and query, one after the other from a seed.
#pragma once

#include <cstdint>

#include "tests/oracle/shrink.h"
#include "tests/support/random_query.h"

namespace callisto::oracle {

// Runs of the engine that differ from run to run: layer, deleted entities, revisits. Deterministic.
[[nodiscard]] QueryOptions random_options(const test::Dice& dice);

struct Tally {
  std::size_t pairs = 0;
  std::size_t not_empty = 0;
  std::vector<std::string> reports{};  // Of differences, shrunk; at most `reports_max`.
};

// Pairs 0 to count - 1 of `seed`. Complexity: about a millisecond each in an optimized build.
[[nodiscard]] Tally check_pairs(std::uint64_t seed, std::size_t count, std::size_t reports_max);

}  // namespace callisto::oracle
