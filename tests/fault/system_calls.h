// Stands between this program (RocksDB included) and the kernel: makes chosen calls fail, and
// records what would be on the disk after a power cut.
//
// open, read at an offset, write, sync, truncate, rename, unlink and mkdir of this process go
// through it.
#pragma once

#include <cstdint>
#include <string>

#include "tests/fault/disk_model.h"

namespace callisto::tests {

struct DiskFaults {
  // The call of this number (from 1, counted over all calls below `directory`) fails. 0: none.
  std::uint64_t fail_at = 0;
  bool for_ever = false;  // And all after it, but those that open to read and that read.
  int error = 0;          // errno.
  bool writes_only = false;
};

// Counts and, with faults, fails calls on files below `directory`. Empty: off. `model`, when given,
// is told of each call that succeeds.
void watch_disk(const std::string& directory, const DiskFaults& faults, DiskModel* model = nullptr);

struct DiskCounts {
  std::uint64_t calls = 0;
  std::uint64_t failed = 0;
  std::uint64_t syncs = 0;
};

[[nodiscard]] DiskCounts disk_counts();

// Calls that the model has been told of.
[[nodiscard]] std::uint64_t recorded_calls();

}  // namespace callisto::tests
