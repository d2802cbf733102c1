#include "api/plain_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace callisto {

Result<std::optional<std::string>> PlainFile::read() const {
  if (path_.empty() || ::access(path_.c_str(), F_OK) != 0) return std::optional<std::string>{};
  std::ifstream file(path_, std::ios::binary);
  if (!file) return fail(ErrorCode::Io, "cannot read " + path_ + ": " + std::strerror(errno));
  return std::optional(std::string{std::istreambuf_iterator<char>(file), {}});
}

void PlainFile::remove() const {
  if (!path_.empty()) static_cast<void>(::unlink(path_.c_str()));
}

}  // namespace callisto
