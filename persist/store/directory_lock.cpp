// flock() on the directory, and a table of what this process holds: a network file system may grant
// the same process a lock twice, and forget it when any descriptor of the directory is closed.
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>

#include <callisto/directory_lock.h>

#include <sys/file.h>
#include <sys/stat.h>

namespace callisto {
namespace {

using Place = std::pair<std::uint64_t, std::uint64_t>;

// Descriptors of the directories that this process holds.
class Held {
 public:
  // Never destroyed: a lock may be given back while the program ends.
  static Held& instance() {
    static Held* const held = new Held;
    return *held;
  }

  std::mutex mutex;
  std::map<Place, int> descriptors;

 private:
  Held() {
    // A child has copies of the descriptors, which would keep the locks of a parent that ended.
    ::pthread_atfork([] { instance().mutex.lock(); },
                     [] { instance().mutex.unlock(); },
                     [] {
                       for (const auto& [place, descriptor] : instance().descriptors) {
                         ::close(descriptor);
                       }
                       instance().descriptors.clear();
                       instance().mutex.unlock();
                     });
  }
};

// Some network file systems lock only what is open for writing, which a directory never is. What
// RocksDB locks in it keeps other processes out there, and the table this one.
bool cannot_be_locked(int error) {
  return error == EBADF || error == EOPNOTSUPP || error == ENOLCK || error == EINVAL;
}

tl::unexpected<Error> in_use(const std::string& directory, const char* by) {
  return fail(ErrorCode::Io, directory + " is open in " + by + "; only one at a time can use it");
}

}  // namespace

DirectoryLock::DirectoryLock(Place place) : place_(place), owner_(::getpid()) {}

Result<std::unique_ptr<DirectoryLock>> DirectoryLock::take(const std::string& directory) {
  const std::string dot = directory + "/.";  // A link to a directory is followed, on purpose.
  const int descriptor = ::open(dot.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  struct stat info {};

  if (descriptor < 0 || ::fstat(descriptor, &info) != 0) {
    const std::string reason = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    return fail(ErrorCode::Io, "cannot use " + directory + " as a data directory: " + reason);
  }
  const Place place{std::uint64_t{info.st_dev}, std::uint64_t{info.st_ino}};
  Held& held = Held::instance();
  const std::lock_guard lock(held.mutex);
  if (held.descriptors.count(place) != 0) {
    ::close(descriptor);
    return in_use(directory, "this process already");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && !cannot_be_locked(errno)) {
    const int error = errno;
    ::close(descriptor);
    if (error == EWOULDBLOCK) return in_use(directory, "another process");
    return fail(ErrorCode::Io, "cannot lock " + directory + ": " + std::strerror(error));
  }
  held.descriptors.emplace(place, descriptor);
  return std::unique_ptr<DirectoryLock>(new DirectoryLock(place));
}

DirectoryLock::~DirectoryLock() {
  if (!held()) return;
  Held& all = Held::instance();
  const std::lock_guard lock(all.mutex);
  const auto mine = all.descriptors.find(place_);
  ::close(mine->second);
  all.descriptors.erase(mine);
}

bool DirectoryLock::held() const {
  return owner_ == ::getpid();
}

}  // namespace callisto
