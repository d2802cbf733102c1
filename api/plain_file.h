// The small files that versions before kept beside the journal, without a digest. Their content is
// taken over into the journal when a database is opened; then they go.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include <callisto/error.h>

namespace callisto {

class PlainFile {
 public:
  // `path` empty: there is none.
  explicit PlainFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] const std::string& path() const { return path_; }

  // nullopt: there is none. Errors: Io.
  [[nodiscard]] Result<std::optional<std::string>> read() const;
  // When its content is in the journal. A file that cannot be removed counts no more.
  void remove() const;

 private:
  std::string path_;
};

}  // namespace callisto
