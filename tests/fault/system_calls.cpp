#include "tests/fault/system_calls.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include <sys/stat.h>
#include <sys/syscall.h>

namespace callisto::tests {
namespace {

std::mutex mutex;
std::string watched;
DiskFaults faults;
DiskCounts counts;
std::map<std::string, std::int64_t> synced_sizes;  // By path.

std::string path_of(int file) {
  char link[64];
  char path[PATH_MAX];
  ::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t size = ::readlink(link, path, sizeof path);
  return size < 0 ? std::string{} : std::string(path, static_cast<std::size_t>(size));
}

bool is_watched(const std::string& path) {
  return !watched.empty() && path.compare(0, watched.size(), watched) == 0;
}

// Whether this call shall fail; errno is set then.
bool fails(int file) {
  const int before = errno;
  const std::lock_guard lock(mutex);
  if (!is_watched(path_of(file))) {
    errno = before;
    return false;
  }
  ++counts.calls;
  const bool hit = faults.fail_at != 0 && (counts.calls == faults.fail_at ||
                                           (faults.for_ever && counts.calls > faults.fail_at));
  if (hit) ++counts.failed;
  errno = hit ? faults.error : before;
  return hit;
}

void note_sync(int file) {
  const std::lock_guard lock(mutex);
  const std::string path = path_of(file);
  if (!is_watched(path)) return;
  ++counts.syncs;

  struct stat info {};

  if (::fstat(file, &info) == 0 && S_ISREG(info.st_mode)) synced_sizes[path] = info.st_size;
}

}  // namespace

void watch_disk(const std::string& directory, const DiskFaults& wanted) {
  const std::lock_guard lock(mutex);
  watched = directory;
  faults = wanted;
  counts = {};
  synced_sizes.clear();
}

DiskCounts disk_counts() {
  const std::lock_guard lock(mutex);
  return counts;
}

void cut_power_of(const std::string& copy) {
  namespace fs = std::filesystem;
  const std::lock_guard lock(mutex);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(copy)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  for (const fs::path& file : files) {
    const std::string extension = file.extension().string();
    const std::string name = file.filename().string();
    const bool appended =
        extension == ".log" || extension == ".sst" || name.compare(0, 9, "MANIFEST-") == 0;
    if (!appended) continue;
    const std::string below = file.string().substr(copy.size());
    auto known = synced_sizes.find(watched + below);
    // The first files of a store are written before its database gets its name.
    if (known == synced_sizes.end() && below.compare(0, 9, "/journal/") == 0) {
      known = synced_sizes.find(watched + "/journal.new/" + below.substr(9));
    }
    if (known == synced_sizes.end()) {
      fs::remove(file);
    } else if (static_cast<std::int64_t>(fs::file_size(file)) > known->second) {
      fs::resize_file(file, static_cast<std::uintmax_t>(known->second));
    }
  }
}

}  // namespace callisto::tests

// The C library's functions for this program and what it links: the first definition wins.
extern "C" {

ssize_t write(int file, const void* data, size_t size) {
  if (callisto::tests::fails(file)) return -1;
  return ::syscall(SYS_write, file, data, size);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  if (callisto::tests::fails(file)) return -1;
  return ::syscall(SYS_pwrite64, file, data, size, at);
}

ssize_t pwrite64(int file, const void* data, size_t size, off_t at) {
  return pwrite(file, data, size, at);
}

int fdatasync(int file) {
  if (callisto::tests::fails(file)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_fdatasync, file));
  if (result == 0) callisto::tests::note_sync(file);
  return result;
}

int fsync(int file) {
  if (callisto::tests::fails(file)) return -1;
  const auto result = static_cast<int>(::syscall(SYS_fsync, file));
  if (result == 0) callisto::tests::note_sync(file);
  return result;
}

}  // extern "C"
