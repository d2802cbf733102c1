#include "repl/new_place.h"

#include <unistd.h>

#include <system_error>

namespace callisto::repl {
namespace fs = std::filesystem;

NewPlace::NewPlace(const std::string& directory) {
  if (directory.empty()) return;
  std::error_code error;
  directory_ = fs::absolute(directory, error).lexically_normal();
  if (!directory_.has_filename()) directory_ = directory_.parent_path();  // "made/"
  was_empty_ = fs::is_directory(directory_, error) && fs::is_empty(directory_, error) && !error;
  for (fs::path at = directory_; !fs::exists(fs::symlink_status(at, error)) && at.has_filename();
       at = at.parent_path()) {
    first_new_ = at;
  }
}

void NewPlace::discard() {
  std::error_code error;
  if (was_empty_) doomed_ = directory_;
  if (first_new_.empty() || !fs::exists(directory_, error)) return;
  // Under another name at once: whoever comes now makes a graph of their own.
  const fs::path aside = directory_.string() + ".failed-" + std::to_string(::getpid());
  fs::rename(directory_, aside, error);
  if (!error) doomed_ = aside;
}

void NewPlace::clear() {
  if (doomed_.empty()) return;
  std::error_code error;
  if (was_empty_) {
    for (fs::directory_iterator entry(doomed_, error), end; !error && entry != end;
         entry.increment(error)) {
      std::error_code ignored;
      fs::remove_all(entry->path(), ignored);
    }
    return;
  }
  fs::remove_all(doomed_, error);
  // Folders on the way that were made for it, unless they hold something else by now.
  for (fs::path at = directory_; at != first_new_;) {
    at = at.parent_path();
    if (!fs::remove(at, error)) return;
  }
}

}  // namespace callisto::repl
