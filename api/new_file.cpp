#include "api/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>
#include <utility>

#include <fmt/format.h>

#include <sys/stat.h>

namespace callisto {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;
constexpr int kNamesTried = 100;

tl::unexpected<Error> io_error(const char* doing, const std::string& path) {
  return fail(ErrorCode::Io, fmt::format("cannot {} {}: {}", doing, path, std::strerror(errno)));
}

// Names of files that are open already, which a rename would not reach.
bool is_open_file(const std::string& path) {
  return path.starts_with("/dev/") || path.starts_with("/proc/");
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

NewFile::NewFile(std::string path, std::string fresh, int file)
    : path_(std::move(path)), fresh_(std::move(fresh)), file_(file) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      fresh_(std::exchange(other.fresh_, {})),
      file_(std::exchange(other.file_, -1)),
      buffer_(std::move(other.buffer_)) {}

NewFile::~NewFile() {
  if (file_ >= 0) ::close(file_);
  if (file_ >= 0 && !fresh_.empty()) static_cast<void>(::unlink(fresh_.c_str()));
}

Result<NewFile> NewFile::create(const std::string& path) {
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  if (fs::is_directory(there)) {
    errno = EISDIR;
    return io_error("write", path);
  }
  if (fs::exists(there) && (!fs::is_regular_file(there) || is_open_file(path))) {
    return open_as_it_is(path);
  }
  if (!fs::is_symlink(fs::symlink_status(path, error))) return create_beside(path);
  const fs::path target = fs::weakly_canonical(path, error);
  return create_beside(error ? path : target.string());
}

Result<NewFile> NewFile::open_as_it_is(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return io_error("write", path);
  return NewFile(path, {}, file);
}

Result<NewFile> NewFile::create_beside(const std::string& path) {
  std::random_device random;
  for (int i = 0; i < kNamesTried; ++i) {
    std::string fresh = fmt::format("{}.{:08x}.new", path, random());
    const int file =
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file >= 0) return NewFile(path, std::move(fresh), file);
    if (errno != EEXIST) break;
  }
  return io_error("write", path);
}

tl::unexpected<Error> NewFile::failed(const char* doing) const {
  return io_error(doing, path_);
}

Status NewFile::write(std::string_view text) {
  buffer_ += text;
  return buffer_.size() < kBufferBytes ? Status{} : drain();
}

Status NewFile::drain() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

Status NewFile::finish() {
  if (Status drained = drain(); !drained) return drained;
  // Pipes and some devices have nothing to sync.
  if (::fsync(file_) != 0 && !(fresh_.empty() && errno == EINVAL)) return failed("sync");
  if (fresh_.empty()) return {};
  if (std::rename(fresh_.c_str(), path_.c_str()) != 0) return failed("rename to");
  ::close(std::exchange(file_, -1));
  const int folder = ::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return {};  // One that may be written to and not read.
  const bool synced = ::fsync(folder) == 0 || errno == EINVAL;
  const int reason = errno;
  ::close(folder);
  errno = reason;
  return synced ? Status{} : Status(failed("sync the folder of"));
}

}  // namespace callisto
