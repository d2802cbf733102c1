// A fresh directory below the system's temporary one; removed by the destructor.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace callisto::tests {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string path(std::string_view name) const { return (root_ / name).string(); }

  // Writes a file, making its folders; gives its path.
  std::string write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path root_;
};

}  // namespace callisto::tests
