// The engine against the oracle on random graphs and queries. For other pairs than those of CI:
//   CALLISTO_ORACLE_SEED=7 CALLISTO_ORACLE_PAIRS=200000 build/dev/bin/oracle_tests
#include <cstdlib>

#include <catch2/catch.hpp>

#include "tests/oracle/pairs.h"

namespace callisto::oracle {

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("j1ql 10 engine and oracle agree on random graphs and queries") {
  const std::uint64_t seed = from_environment("CALLISTO_ORACLE_SEED", 1);
  const std::uint64_t pairs = from_environment("CALLISTO_ORACLE_PAIRS", 5000);
  const Tally tally = check_pairs(seed, static_cast<std::size_t>(pairs), 1);
  for (const std::string& report : tally.reports) {
    FAIL_CHECK(report);
  }
  CHECK(tally.pairs >= pairs);
  // Answers that are all empty would prove little.
  INFO(tally.not_empty << " of " << tally.pairs << " answers have rows");
  CHECK(tally.not_empty * 10 >= tally.pairs * 4);
}

}  // namespace callisto::oracle
