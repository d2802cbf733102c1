// The data directory of a server, a folder for each account, for one process at a time.
#pragma once

#include <memory>
#include <string>

#include <callisto/directory_lock.h>
#include <callisto/error.h>

namespace callisto::server {

// Makes the directory (mode 0700) when it is missing. Errors: Io: it cannot be used, another server
// has it, or it is the store of one graph and not a folder of accounts.
[[nodiscard]] Result<std::unique_ptr<DirectoryLock>> lock_accounts(const std::string& directory);

}  // namespace callisto::server
