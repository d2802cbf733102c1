// A directory for one owner at a time, whatever it is called.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <callisto/error.h>

namespace callisto {

// Held until it is destroyed, or the process ends.
//
// The directory itself is locked (flock), not a file in it: nothing is made or changed, it works
// where nothing can be written, and there is no file that somebody could remove. Every path to the
// directory (links, bind mounts, other spellings) leads to the same lock, in this process and in
// others. A child made by fork() does not have it, and does not keep it when its parent ends.
//
// Thread safety: take() and the destructor from any thread.
class DirectoryLock {
 public:
  // Errors: Io: there is no such directory, or it is in use; the message says by whom.
  [[nodiscard]] static Result<std::unique_ptr<DirectoryLock>> take(const std::string& directory);

  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

  // False in a child made by fork(). Cheap.
  [[nodiscard]] bool held() const;

 private:
  using Place = std::pair<std::uint64_t, std::uint64_t>;  // Device and inode.

  explicit DirectoryLock(Place place);

  Place place_;
  int owner_;  // The process.
};

}  // namespace callisto
