// The directory of a store: what is in it, and that it is ours.
//
//   DIR/          mode 0700
//    ├─ journal/  the RocksDB database; made beside as journal.new, so that it is there as a whole
//    └─ durable   how far the journal is known to be on disk; there before the journal
#pragma once

#include <cstdint>
#include <string>

#include <callisto/error.h>

namespace callisto::persist {

struct StoreDirectory {
  std::string root;  // Paths.
  std::string journal;
  std::string unfinished_journal;
  std::string durable;
  bool exists = false;     // The directory.
  bool has_store = false;  // Else there is nothing in it, or what a first open left that was cut.
};

// Only looks: nothing is made or changed.
//
// Errors: Io when it cannot be read, or holds other things; Corruption when it is a store that has
// lost its database or the head of it.
[[nodiscard]] Result<StoreDirectory> look_at_store(const std::string& path);

// Makes the directory, mode 0700, and those above it. Errors: Io.
[[nodiscard]] Status make_store_directory(const std::string& path);

// So that entries of the directory survive a power cut, where the file system can. Errors: Io.
[[nodiscard]] Status sync_directory(const std::string& path);

// Of its disk, for this user; when that cannot be said, as many as there can be.
[[nodiscard]] std::uint64_t bytes_free(const std::string& path);

}  // namespace callisto::persist
