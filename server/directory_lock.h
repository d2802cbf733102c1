// The data directory of a server, for one process at a time.
#pragma once

#include <memory>
#include <string>

#include <callisto/error.h>

namespace callisto::server {

// Held until it is destroyed, or the process ends.
class DirectoryLock {
 public:
  // Makes the directory (mode 0700) when it is missing. Errors: Io: it cannot be used, another
  // server has it, or it is the store of one graph and not a folder of accounts.
  [[nodiscard]] static Result<std::unique_ptr<DirectoryLock>> take(const std::string& directory);

  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace callisto::server
