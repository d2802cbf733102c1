// Stands between this test program (RocksDB included) and the kernel: makes chosen calls fail, and
// remembers what a power cut would leave of each file.
//
// write, pwrite, fdatasync and fsync of this process go through it.
#pragma once

#include <cstdint>
#include <string>

namespace callisto::tests {

struct DiskFaults {
  // The call of this number (from 1, counted over writes and syncs below `directory`) fails.
  // 0: none.
  std::uint64_t fail_at = 0;
  bool for_ever = false;  // And all after it.
  int error = 0;          // errno.
};

// Counts and, with faults, fails calls on files below `directory`. Empty: off.
void watch_disk(const std::string& directory, const DiskFaults& faults);

struct DiskCounts {
  std::uint64_t calls = 0;
  std::uint64_t failed = 0;
  std::uint64_t syncs = 0;
};

[[nodiscard]] DiskCounts disk_counts();

// Cuts each file of a copy of the watched directory to the length that the original had when it was
// last synced, and removes those that never were: what a disk may hold after the power went. Files
// that are written in place (the durable mark) keep their last bytes.
void cut_power_of(const std::string& copy);

}  // namespace callisto::tests
