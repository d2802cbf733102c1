// How many bytes of uploads open sync jobs may hold in memory, for all databases that share it.
//
// Thread safety: any.
#pragma once

#include <atomic>
#include <cstddef>

namespace callisto {

class UploadBudget {
 public:
  explicit UploadBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // False, and nothing is taken, when more would be held than may be.
  [[nodiscard]] bool take(std::size_t bytes) {
    std::size_t held = held_;
    do {
      if (held > bytes_max_ || bytes > bytes_max_ - held) return false;
    } while (!held_.compare_exchange_weak(held, held + bytes));
    return true;
  }

  // For what was taken before a restart: it may be more than is allowed now.
  void take_anyway(std::size_t bytes) { held_ += bytes; }

  void give_back(std::size_t bytes) { held_ -= bytes; }

  [[nodiscard]] std::size_t held() const { return held_; }

  [[nodiscard]] std::size_t bytes_max() const { return bytes_max_; }

 private:
  const std::size_t bytes_max_;
  std::atomic<std::size_t> held_{0};
};

}  // namespace callisto
