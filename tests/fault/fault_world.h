// A process that writes to a store until it is killed, and what the test needs around it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "tests/fault/numbered_commits.h"
#include "tests/support/scratch.h"

namespace callisto::tests {

// How many cycles a test runs: CALLISTO_FAULT_CYCLES, or the usual number when that is more.
[[nodiscard]] int cycles(int usual);

// last_whole_commit(); fails the test when there is none.
[[nodiscard]] std::uint64_t whole_commits(const persist::Store& store);

struct Killed {
  std::uint64_t acknowledged = 0;  // The highest number that the writer reported.
  bool failed = false;             // The writer ended by itself: it met an error.
};

// Starts writer.cpp in a mode, then kills it with SIGKILL so long after its first report.
// A process of its own, since threads of RocksDB do not survive a fork.
[[nodiscard]] Killed run_and_kill(const std::string& directory,
                                  const char* mode,
                                  unsigned microseconds);

}  // namespace callisto::tests
