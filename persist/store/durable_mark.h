// Remembers, outside the log, how far the log is known to be on disk, so that a log that was cut is
// not taken for one that ends there.
//
// Written after each sync and never synced itself: it may be behind the log, never ahead of it. Two
// slots are written in turn, so that a torn write leaves the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <callisto/error.h>

namespace callisto::persist {

class DurableMark {
 public:
  struct Place {
    std::uint64_t sequence = 0;
    std::uint64_t digest = 0;  // Of the log's record there.
  };

  // Errors: Io.
  static Result<DurableMark> open(const std::string& path);
  DurableMark(DurableMark&& other) noexcept;
  DurableMark& operator=(DurableMark&&) = delete;
  ~DurableMark();

  [[nodiscard]] std::optional<Place> last() const { return last_; }  // As read by open().

  // A write that fails is ignored: the mark is then older than it could be.
  void move_to(const Place& place);

 private:
  explicit DurableMark(int file) : file_(file) {}

  int file_ = -1;
  unsigned next_slot_ = 0;
  std::optional<Place> last_{};
};

}  // namespace callisto::persist
