// The directory of a graph that a command may make, and takes back when it fails.
#pragma once

#include <filesystem>
#include <string>

namespace callisto::repl {

// Look before the graph is opened, discard() while it is still open (so that nobody else opens it
// meanwhile), clear() when it is closed. A directory that held anything before is never touched.
// Thread safety: one thread.
class NewPlace {
 public:
  // Empty: the graph is in memory.
  explicit NewPlace(const std::string& directory);

  void discard();
  void clear();

 private:
  std::filesystem::path directory_;
  std::filesystem::path first_new_;  // The first folder of the path that was not there; or empty.
  std::filesystem::path doomed_;     // What clear() removes.
  bool was_empty_ = false;           // The directory was there, with nothing in it.
};

}  // namespace callisto::repl
