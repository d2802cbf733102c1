// The checked variants of the C library would be inline definitions of what is defined here.
#undef _FORTIFY_SOURCE
#include "tests/fault/system_calls.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <map>
#include <mutex>

#include <sys/stat.h>
#include <sys/syscall.h>

namespace callisto::tests {
namespace {

std::mutex mutex;
std::string watched;
DiskFaults faults;
DiskCounts counts;
DiskModel* model = nullptr;
std::map<int, DiskModel::File> files;  // By descriptor; of those the model knows.

std::string path_of(int file) {
  char link[64];
  char path[PATH_MAX];
  static_cast<void>(std::snprintf(link, sizeof link, "/proc/self/fd/%d", file));
  const ssize_t size = ::readlink(link, path, sizeof path);
  return size < 0 ? std::string{} : std::string(path, static_cast<std::size_t>(size));
}

bool is_watched(const std::string& path) {
  return !watched.empty() && path.compare(0, watched.size(), watched) == 0;
}

// Relative to the watched directory.
std::string below(const std::string& path) {
  return path.size() <= watched.size() ? std::string{} : path.substr(watched.size() + 1);
}

// Whether this call shall fail; errno is set then, and left alone otherwise.
bool fails(const std::string& path, bool reads) {
  const int before = errno;
  const std::lock_guard lock(mutex);
  if (!is_watched(path)) {
    errno = before;
    return false;
  }
  if (reads && faults.writes_only) {
    errno = before;
    return false;
  }
  ++counts.calls;
  const bool after = faults.for_ever && counts.calls > faults.fail_at && !reads;
  const bool hit = faults.fail_at != 0 && (counts.calls == faults.fail_at || after);
  if (hit) ++counts.failed;
  errno = hit ? faults.error : before;
  return hit;
}

bool fails(int file, bool reads) {
  {
    const std::lock_guard lock(mutex);
    if (watched.empty()) return false;
  }
  const int before = errno;
  const std::string path = path_of(file);
  errno = before;
  return fails(path, reads);
}

// tell(model) when there is one and the path is watched. Keeps errno.
template <class Tell>
void record(const std::string& path, Tell&& tell) {
  const int before = errno;
  const std::lock_guard lock(mutex);
  if (model != nullptr && is_watched(path)) tell(*model);
  errno = before;
}

// The same for an open file that the model knows.
template <class Tell>
void record(int file, Tell&& tell) {
  const int before = errno;
  const std::lock_guard lock(mutex);
  const auto known = files.find(file);
  if (model != nullptr && known != files.end()) tell(*model, known->second);
  errno = before;
}

void note_open(const std::string& path, int file, int flags) {
  record(path, [&](DiskModel& disk) {
    if ((flags & O_DIRECTORY) != 0 || (flags & O_ACCMODE) == O_RDONLY) return;
    files[file] = disk.open_file(below(path));
    if ((flags & O_TRUNC) != 0) disk.truncate(files[file], 0);
  });
}

void note_write(int file, std::uint64_t at, const void* data, ssize_t size) {
  if (size <= 0) return;
  record(file, [&](DiskModel& disk, DiskModel::File known) {
    disk.write(known, at, {static_cast<const char*>(data), static_cast<std::size_t>(size)});
  });
}

void note_sync(int file) {
  const int before = errno;
  const std::string path = path_of(file);
  const std::lock_guard lock(mutex);
  if (is_watched(path)) {
    ++counts.syncs;
    const auto known = files.find(file);
    if (model != nullptr && known != files.end()) {
      model->sync(known->second);
    } else if (model != nullptr) {
      model->sync_directory(below(path));
    }
  }
  errno = before;
}

int open_file(const char* path, int flags, unsigned mode) {
  const bool reads = (flags & O_ACCMODE) == O_RDONLY;
  if (fails(path, reads)) return -1;
  const auto file = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  if (file >= 0) note_open(path, file, flags);
  return file;
}

}  // namespace

void watch_disk(const std::string& directory, const DiskFaults& wanted, DiskModel* recorder) {
  const std::lock_guard lock(mutex);
  watched = directory;
  faults = wanted;
  counts = {};
  model = recorder;
  files.clear();
}

DiskCounts disk_counts() {
  const std::lock_guard lock(mutex);
  return counts;
}

std::uint64_t recorded_calls() {
  const std::lock_guard lock(mutex);
  return model == nullptr ? 0 : model->calls();
}

}  // namespace callisto::tests

// The C library's functions for this program and what it links: the first definition wins.
extern "C" {

using namespace callisto::tests;

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  return open_file(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  return open_file(path, flags, mode);
}

int close(int file) {
  {
    const int before = errno;
    const std::lock_guard lock(mutex);
    files.erase(file);
    errno = before;
  }
  return static_cast<int>(::syscall(SYS_close, file));
}

ssize_t write(int file, const void* data, size_t size) {
  if (fails(file, false)) return -1;
  const auto at = ::lseek(file, 0, SEEK_CUR);
  const auto written = ::syscall(SYS_write, file, data, size);
  if (at >= 0) note_write(file, static_cast<std::uint64_t>(at), data, written);
  return written;
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  if (fails(file, false)) return -1;
  const auto written = ::syscall(SYS_pwrite64, file, data, size, at);
  note_write(file, static_cast<std::uint64_t>(at), data, written);
  return written;
}

ssize_t pwrite64(int file, const void* data, size_t size, off_t at) {
  return pwrite(file, data, size, at);
}

ssize_t pread(int file, void* data, size_t size, off_t at) {
  if (fails(file, true)) return -1;
  return ::syscall(SYS_pread64, file, data, size, at);
}

ssize_t pread64(int file, void* data, size_t size, off_t at) {
  return pread(file, data, size, at);
}

// Nothing is synced for real: no power is cut but the model's, and a slow disk takes most of the
// time otherwise.
int fdatasync(int file) {
  if (fails(file, false)) return -1;
  note_sync(file);
  return 0;
}

int fsync(int file) {
  if (fails(file, false)) return -1;
  note_sync(file);
  return 0;
}

int ftruncate(int file, off_t size) noexcept {
  if (fails(file, false)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_ftruncate, file, size));
  if (result == 0) {
    record(file, [&](DiskModel& disk, DiskModel::File known) {
      disk.truncate(known, static_cast<std::uint64_t>(size));
    });
  }
  return result;
}

int ftruncate64(int file, off_t size) noexcept {
  return ftruncate(file, size);
}

int rename(const char* from, const char* to) noexcept {
  if (fails(std::string(from), false)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_rename, from, to));
  if (result == 0) {
    record(std::string(from), [&](DiskModel& disk) { disk.rename(below(from), below(to)); });
  }
  return result;
}

int unlink(const char* path) noexcept {
  if (fails(std::string(path), false)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_unlink, path));
  if (result == 0) record(std::string(path), [&](DiskModel& disk) { disk.remove(below(path)); });
  return result;
}

int mkdir(const char* path, mode_t mode) noexcept {
  if (fails(std::string(path), false)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_mkdir, path, mode));
  const std::string made(path);
  if (result == 0) {
    record(made, [&](DiskModel& disk) {
      if (!below(made).empty()) disk.make_directory(below(made));
    });
  }
  return result;
}

}  // extern "C"
