#include "tests/support/scratch.h"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>

namespace callisto::tests {

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "callisto-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  root_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string Scratch::write(std::string_view name, std::string_view content) const {
  const std::filesystem::path file = root_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file.string();
}

}  // namespace callisto::tests
