// A file that is there as a whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include <callisto/error.h>

namespace callisto {

// Writes beside the path, under a name that nobody else has (O_EXCL, no link is followed), mode
// 0600; finish() syncs it and gives it its name. What has the name is replaced then; a link to a
// file stays, and what it leads to is replaced. A pipe, a socket or a device is written to as it
// is, and so are the names of open files (/dev/stdout, /proc/self/fd/3).
class NewFile {
 public:
  // Errors (all functions): Io, naming the file.
  [[nodiscard]] static Result<NewFile> create(const std::string& path);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();  // Without finish() nothing is left.

  Status write(std::string_view text);  // Buffered.
  Status finish();

 private:
  NewFile(std::string path, std::string fresh, int file);
  static Result<NewFile> open_as_it_is(const std::string& path);
  static Result<NewFile> create_beside(const std::string& path);
  Status drain();
  [[nodiscard]] tl::unexpected<Error> failed(const char* doing) const;

  std::string path_;
  std::string fresh_;  // Empty: written as it is.
  int file_;
  std::string buffer_;
};

}  // namespace callisto
