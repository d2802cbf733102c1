// A thread draws, the worker only counts: progress must not slow what it watches.
#include "repl/progress.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "repl/output.h"
#include "repl/time_text.h"

namespace callisto::repl {
namespace {

constexpr double kQuietUs = 1'000'000;
constexpr std::chrono::milliseconds kRedraw{100};

}  // namespace

Progress::Progress(std::string what, Unit unit)
    : what_(std::move(what)), unit_(unit), start_(std::chrono::steady_clock::now()) {
  if (error_is_terminal()) {
    drawer_ = std::jthread([this](const std::stop_token& stop) { draw_until(stop); });
  }
}

Progress::~Progress() {
  if (drawer_.joinable()) {
    drawer_.request_stop();
    drawer_.join();
    if (elapsed_us() >= kQuietUs) redraw("");
  } else if (elapsed_us() >= kQuietUs && unit_ == Unit::Bytes) {
    say(line(what_, unit_, done_.load(), done_.load(), elapsed_us()) + "\n");
  }
}

double Progress::elapsed_us() const {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start_)
      .count();
}

std::string Progress::line(const std::string& what,
                           Unit unit,
                           std::uint64_t done,
                           std::uint64_t total,
                           double elapsed_us) {
  if (unit == Unit::None) {
    return fmt::format("{}: {} · Ctrl-C stops", what, duration_words(elapsed_us));
  }
  const double seconds = elapsed_us / 1'000'000;
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  if (done >= total) {
    return fmt::format("{}: {} in {} ({}/s)",
                       what,
                       byte_words(static_cast<double>(done)),
                       duration_words(elapsed_us),
                       byte_words(rate));
  }
  const double share = static_cast<double>(done) / static_cast<double>(total);
  const auto filled = static_cast<std::size_t>(share * 20);
  std::string bar;
  for (std::size_t i = 0; i < 20; ++i)
    bar += i < filled ? "█" : "░";
  const double left_us = share > 0 ? elapsed_us * (1 - share) / share : 0;
  return fmt::format("{} {} {:.0f} % · {} of {} · {}/s · {} left",
                     what,
                     bar,
                     share * 100,
                     byte_words(static_cast<double>(done)),
                     byte_words(static_cast<double>(total)),
                     byte_words(rate),
                     duration_words(left_us));
}

void Progress::draw_until(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    wake.wait_for(lock, stop, kRedraw, [] { return false; });
    if (stop.stop_requested() || elapsed_us() < kQuietUs) continue;
    redraw(line(what_, unit_, done_.load(), total_.load(), elapsed_us()));
  }
}

}  // namespace callisto::repl
