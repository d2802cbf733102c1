// Small files that are always whole.
#pragma once

#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto {

// Writes beside the file, syncs, and renames: a crash leaves the old or the new one.
//
// Errors: Io, naming the file. Thread safety: one at a time for each path.
Status replace_file(const std::string& path, std::string_view text);

}  // namespace callisto
