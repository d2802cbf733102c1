// What a disk may hold after the power went: files and directories with what was synced of them,
// and what was not.
//
// A file keeps the bytes of its last sync; of the writes since, any sectors of 512 bytes may have
// reached the disk. A directory keeps the entries of its last sync; of what was made, renamed and
// removed in it since, any part may have.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace callisto::tests {

class DiskModel {
 public:
  DiskModel();

  // Calls on files below the root, in their order; paths are relative to it ("" is the root).
  // A file is known by the number that open_file() gave.
  using File = std::size_t;
  File open_file(const std::string& path);  // Makes it when it is missing.
  void write(File file, std::uint64_t at, std::string_view bytes);
  void truncate(File file, std::uint64_t size);
  void sync(File file);
  void make_directory(const std::string& path);
  void sync_directory(const std::string& path);
  void rename(const std::string& from, const std::string& to);
  void remove(const std::string& path);

  // How many calls there were so far.
  [[nodiscard]] std::uint64_t calls() const { return calls_.size(); }

  // Writes what the disk may hold after the first `calls` calls into a new directory.
  void write_image(std::uint64_t calls, std::mt19937_64& random, const std::string& path) const;

 private:
  enum class Kind : unsigned char { Write, Truncate, Sync, Link, Unlink, SyncEntries };

  struct Call {
    Kind kind{};
    std::size_t node = 0;    // File, or the directory whose entries it is about.
    std::uint64_t at = 0;    // Offset, size.
    std::string text{};      // Bytes, or the name of an entry.
    std::size_t target = 0;  // Node of an entry.
    std::string old_name{};  // Of a rename; in the same directory.
  };

  struct Node {
    bool is_directory = false;
    std::map<std::string, std::size_t> entries{};
  };

  struct Image;

  std::size_t add_node(bool is_directory);
  // The directory of a path, and the name in it.
  [[nodiscard]] std::pair<std::size_t, std::string> place_of(const std::string& path) const;
  [[nodiscard]] std::size_t find(const std::string& path) const;

  std::vector<Node> nodes_;  // As they are now. 0: the root.
  std::vector<Call> calls_;
};

}  // namespace callisto::tests
