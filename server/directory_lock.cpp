#include "server/directory_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <sys/file.h>
#include <sys/stat.h>

namespace callisto::server {
namespace {

tl::unexpected<Error> unusable(const std::string& directory, const std::string& reason) {
  return fail(ErrorCode::Io, "cannot serve " + directory + ": " + reason);
}

}  // namespace

Result<std::unique_ptr<DirectoryLock>> DirectoryLock::take(const std::string& directory) {
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
  const std::string path = (root / "server.lock").string();
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return unusable(directory, std::strerror(errno));
  std::unique_ptr<DirectoryLock> lock(new DirectoryLock(descriptor));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  const bool taken = errno == EWOULDBLOCK;
  return unusable(directory, taken ? "another server has it open" : std::strerror(errno));
}

DirectoryLock::~DirectoryLock() {
  ::close(descriptor_);
}

}  // namespace callisto::server
