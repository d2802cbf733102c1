// Remembers, outside the log, how far the log is known to be on disk, so that a log that was cut is
// not taken for one that ends there.
//
// Written after each sync and, but for the first time, never synced itself: it may be behind the
// log, never ahead of it. Two slots are written in turn, so that a torn write leaves the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <callisto/error.h>

namespace callisto::persist {

class DurableMark {
 public:
  struct Place {
    std::uint64_t sequence = 0;  // 0: nothing has been stored yet.
    std::uint64_t digest = 0;    // Of the log's record there.
  };

  // The last place of a file; none when it is missing, or neither slot is whole. Errors: Io.
  [[nodiscard]] static Result<std::optional<Place>> read(const std::string& path);
  // Makes the file, synced, with both slots at this place. Errors: Io.
  [[nodiscard]] static Status create(const std::string& path, const Place& place);
  // To move it on. Errors: Io.
  [[nodiscard]] static Result<DurableMark> open(const std::string& path);

  DurableMark(DurableMark&& other) noexcept;
  DurableMark& operator=(DurableMark&& other) noexcept;
  ~DurableMark();

  // A write that fails is ignored: the mark is then older than it could be.
  void move_to(const Place& place);

 private:
  DurableMark(int file, unsigned next_slot) : file_(file), next_slot_(next_slot) {}

  int file_ = -1;
  unsigned next_slot_ = 0;
};

}  // namespace callisto::persist
