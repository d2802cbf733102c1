// The directory of a store: what is in it, and that it is ours.
//
//   DIR/          mode 0700
//    ├─ journal/  the RocksDB database
//    └─ durable   how far the journal is known to be on disk
#pragma once

#include <string>

#include <callisto/error.h>

namespace callisto::persist {

struct StoreDirectory {
  std::string journal;  // Paths.
  std::string durable;
  bool is_new = false;  // Nothing has been stored yet.
};

// Makes the directory when it is missing and may be made.
//
// Errors: NotFound when there is no store and `create` is off: then nothing is made; Io when it
// cannot be made or read, or holds other things; Corruption when it is a store whose database has
// lost its head file.
[[nodiscard]] Result<StoreDirectory> prepare_store_directory(const std::string& path, bool create);

}  // namespace callisto::persist
