// Exports and imports of whole graphs.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <callisto/error.h>

namespace callisto {

// Lines and bytes that an export has written so far.
using ExportProgress = std::function<Status(std::uint64_t lines, std::uint64_t bytes)>;

struct ImportReport {
  std::vector<std::string> warnings;  // Sentences.
};

}  // namespace callisto
