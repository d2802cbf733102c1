#include "server/directory_lock.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <sys/stat.h>

namespace callisto::server {
namespace {

tl::unexpected<Error> unusable(const std::string& directory, const std::string& reason) {
  return fail(ErrorCode::Io, "cannot serve " + directory + ": " + reason);
}

}  // namespace

Result<std::unique_ptr<DirectoryLock>> lock_accounts(const std::string& directory) {
  const std::filesystem::path root(directory);
  std::error_code error;
  if (std::filesystem::exists(root / "journal" / "CURRENT", error)) {
    return unusable(
        directory,
        "it is the store of one graph; a server keeps a folder for each account: move it "
        "to a folder of its own below, named like its account");
  }
  std::filesystem::create_directories(root.parent_path(), error);
  if (::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST) {
    return unusable(directory, std::strerror(errno));
  }
  if (::access((root / "").c_str(), R_OK | X_OK) != 0) {
    return unusable(directory, std::strerror(errno));
  }
  Result<std::unique_ptr<DirectoryLock>> lock = DirectoryLock::take(directory);
  if (!lock) return unusable(directory, "another server has it open: " + lock.error().message);
  return lock;
}

}  // namespace callisto::server
