#include "api/replace_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace callisto {
namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Status replace_file(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  const auto failed = [&](const std::string& what) -> Status {
    return fail(ErrorCode::Io, "cannot " + what + " " + fresh + ": " + std::strerror(errno));
  };
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed("open");
  const bool written = write_all(file, text);
  const bool synced = written && ::fsync(file) == 0;
  ::close(file);
  if (!written) return failed("write");
  if (!synced) return failed("sync");
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return failed("rename");
  const std::string parent = path.substr(0, path.rfind('/') + 1);
  const int directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    static_cast<void>(::fsync(directory));
    ::close(directory);
  }
  return {};
}

}  // namespace callisto
