#include "bench/suite/process_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <fstream>

#include <sys/resource.h>

namespace callisto::bench {

std::uint64_t trimmed_resident_bytes() {
  malloc_trim(0);
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  if (!(file >> total >> resident)) return 0;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t peak_resident_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace callisto::bench
