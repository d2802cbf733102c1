// oracle_run SEED PAIRS [DIFFERENCES]: a long run of engine against oracle; prints each difference,
// made small, and ends with one line of counts.
#include <cstdio>
#include <cstdlib>

#include "tests/oracle/pairs.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s SEED PAIRS [DIFFERENCES]\n", argv[0]);
    return 2;
  }
  const std::uint64_t seed = std::strtoull(argv[1], nullptr, 10);
  const std::size_t pairs = std::strtoull(argv[2], nullptr, 10);
  const std::size_t reports_max = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  const callisto::oracle::Tally tally = callisto::oracle::check_pairs(seed, pairs, reports_max);
  for (const std::string& report : tally.reports) {
    std::printf("---- difference\n%s\n", report.c_str());
  }
  std::printf("%zu pairs, %zu with rows, %zu differences\n",
              tally.pairs,
              tally.not_empty,
              tally.reports.size());
  return tally.reports.empty() ? 0 : 1;
}
