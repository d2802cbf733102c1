#include "repl/text_file.h"

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

#include <sys/stat.h>

namespace callisto::repl {
namespace {

constexpr std::uintmax_t kTextBytesMax = std::uintmax_t{1} << 30;

}  // namespace

Result<std::string> read_text_file(const std::string& path) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  }

  struct stat about {};

  if (::stat(path.c_str(), &about) != 0) {
    return fail(ErrorCode::Io,
                "cannot read " + path + ": " + std::generic_category().message(errno));
  }
  if (S_ISDIR(about.st_mode)) return fail(ErrorCode::Io, "cannot read " + path + ": a directory");
  if (static_cast<std::uintmax_t>(about.st_size) > kTextBytesMax) {
    return fail(ErrorCode::LimitExceeded, path + " is larger than 1 GiB: not a script");
  }
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.good() && !in.eof()) return fail(ErrorCode::Io, "cannot read " + path);
  return text;
}

}  // namespace callisto::repl
