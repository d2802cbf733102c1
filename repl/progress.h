// Progress of anything that takes longer than a second, on standard error.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

namespace callisto::repl {

// Quick work shows nothing. On a terminal a line with rate and time left is redrawn from the first
// second on and wiped at the end; otherwise one line is written at the end.
//
// Thread safety: update() may be called from any thread; it costs two stores.
class Progress {
 public:
  enum class Unit : std::uint8_t { Bytes, None };

  Progress(std::string what, Unit unit);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void update(std::uint64_t done, std::uint64_t total) {
    done_.store(done, std::memory_order_relaxed);
    total_.store(total, std::memory_order_relaxed);
  }

  [[nodiscard]] double elapsed_us() const;

  // The line as it is drawn, without cursor movement.
  [[nodiscard]] static std::string line(const std::string& what,
                                        Unit unit,
                                        std::uint64_t done,
                                        std::uint64_t total,
                                        double elapsed_us);

 private:
  void draw_until(const std::stop_token& stop);

  std::string what_;
  Unit unit_;
  std::chrono::steady_clock::time_point start_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> total_{0};
  std::jthread drawer_;  // Last: it uses the others.
};

}  // namespace callisto::repl
