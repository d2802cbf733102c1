// The limits of one run: time, memory, cancellation.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include <callisto/error.h>
#include <callisto/query_options.h>

namespace callisto::query {

// Checked every kStepsPerCheck steps, a step being about one row or relationship looked at, or
// kBytesPerStep bytes of text. After stopped() everything unwinds quickly; the reason is in
// status(). A run and its subqueries have one guard.
class Guard {
 public:
  static constexpr std::uint32_t kStepsPerCheck = 4096;
  static constexpr std::size_t kBytesPerStep = 64;

  explicit Guard(const QueryOptions& options);

  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  ~Guard() {
    if (budget_ != nullptr) budget_->release(granted_bytes_ - kept_bytes_);
  }

  // Counts steps; true when the run has to end.
  [[nodiscard]] bool step(std::uint32_t steps = 1) {
    left_ -= static_cast<std::int64_t>(steps);
    if (left_ > 0) return false;
    return check();
  }

  // Counts bytes that were read, compared or written; true when the run has to end.
  [[nodiscard]] bool work(std::size_t bytes) {
    left_ -= static_cast<std::int64_t>(bytes / kBytesPerStep) + 1;
    if (left_ > 0) return false;
    return check();
  }

  // For the moments between batches, which a caller may have filled with other work: looks at
  // cancellation at once. True when the run has to end.
  [[nodiscard]] bool interrupted() { return cancelled() ? check() : stopped(); }

  // Counts memory that is held until the end of the run; true when the run has to end.
  [[nodiscard]] bool hold(std::size_t bytes);

  void release(std::size_t bytes) { held_bytes_ -= bytes; }

  // Counts bytes that are held even after the run, in an answer: the budget keeps them charged.
  // True when the run has to end.
  [[nodiscard]] bool keep(std::size_t bytes);
  // The answer was thrown away: of what is kept, so much.
  void forget(std::size_t bytes);

  [[nodiscard]] std::size_t kept() const { return kept_bytes_; }

  [[nodiscard]] std::size_t held() const { return held_bytes_; }

  [[nodiscard]] bool stopped() const { return error_.has_value(); }

  [[nodiscard]] Status status() const;

  void stop(Error error);

  [[nodiscard]] const QueryLimits& limits() const { return limits_; }

 private:
  bool check();
  void grant();
  [[nodiscard]] bool cancelled() const;

  QueryLimits limits_;
  std::shared_ptr<const std::atomic<bool>> cancel_;
  QueryBudget* budget_;
  std::chrono::steady_clock::time_point deadline_;
  std::int64_t left_ = kStepsPerCheck;
  std::size_t held_bytes_ = 0;
  std::size_t granted_bytes_ = 0;  // Of the budget: at least what is held, in whole blocks.
  std::size_t kept_bytes_ = 0;     // Of what is held: outlives the run.
  std::optional<Error> error_{};
};

// Counts memory whose size changes, such as an arena's, for as long as this lives.
class HeldBytes {
 public:
  explicit HeldBytes(Guard& guard) : guard_(guard) {}

  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;

  ~HeldBytes() { guard_.release(bytes_); }

  // It is that large now; true when the run has to end.
  bool set(std::size_t bytes) {
    if (bytes == bytes_) return guard_.stopped();
    if (bytes < bytes_) {
      guard_.release(bytes_ - bytes);
      bytes_ = bytes;
      return guard_.stopped();
    }
    const std::size_t more = bytes - bytes_;
    bytes_ = bytes;
    return guard_.hold(more);
  }

 private:
  Guard& guard_;
  std::size_t bytes_ = 0;
};

}  // namespace callisto::query
