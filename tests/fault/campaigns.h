// What the store promises, tried very often: the tests run a few trials of each campaign, the
// program fault_campaign as many as it is told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/fault/lying_journal.h"

namespace callisto::tests {

struct Campaign {
  std::uint64_t trials = 0;
  std::uint64_t acknowledged = 0;  // Writes that had to be found again.
  std::uint64_t injected = 0;      // Kills, cuts, changed bytes, failed calls: 0 proves nothing.
  std::uint64_t reported = 0;      // Trials that ended in an error that says what is wrong.
  std::uint64_t failures = 0;      // Lost or wrong data, a store that cannot be used.
  std::vector<std::string> first_failures{};

  void fail(std::string what);
  [[nodiscard]] std::string text() const;  // Figures, and the first failures.
};

struct Trials {
  std::uint64_t count = 0;
  std::uint64_t seed = 1;
};

// How many trials a test runs: CALLISTO_FAULT_CYCLES, or the usual number when that is more.
[[nodiscard]] std::uint64_t cycles(std::uint64_t usual);

// R1: kill -9 of a process that writes. `mode`: see writer.cpp.
[[nodiscard]] Campaign kill_writers(const std::string& mode, const Trials& trials);

// R2: the power goes at any call, with any part of what was not synced, entries of directories too.
// Off: the journal does not sync.
enum class Syncs : unsigned char { On, Off };
[[nodiscard]] Campaign cut_power(const Trials& trials, Syncs syncs, Lie lie);

// R3: so many of the calls to the file system (0: each) fail, once or all from one on, with EIO or
// ENOSPC. Answers::Always: a mutant that takes no notice.
enum class Answers : unsigned char { Right, Always };
[[nodiscard]] Campaign fail_calls(const Trials& trials, Answers answers);

// R4: so many of the bytes of a small store (0: each) are changed, and its files cut there.
[[nodiscard]] Campaign damage_bytes(const Trials& trials, Lie lie);

}  // namespace callisto::tests
