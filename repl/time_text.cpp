// Times over the calendar of <chrono>; numbers over fmt.
#include "repl/time_text.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace callisto::repl {
namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;
constexpr std::int64_t kYear0Ms = -62'167'219'200'000;
constexpr std::int64_t kYear10000Ms = 253'402'300'800'000;

struct Unit {
  std::int64_t ms;
  const char* one;
  const char* many;
};

constexpr std::array<Unit, 6> kUnits{{{365 * kMsPerDay, "year", "years"},
                                      {30 * kMsPerDay, "month", "months"},
                                      {kMsPerDay, "day", "days"},
                                      {3'600'000, "h", "h"},
                                      {60'000, "min", "min"},
                                      {1'000, "s", "s"}}};

}  // namespace

std::string iso_time(std::int64_t epoch_ms) {
  if (epoch_ms < kYear0Ms || epoch_ms >= kYear10000Ms) return std::to_string(epoch_ms);
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(epoch_ms)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                                 static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()),
                                 clock.hours().count(),
                                 clock.minutes().count(),
                                 clock.seconds().count());
  if (clock.subseconds().count() != 0) text += fmt::format(".{:03}", clock.subseconds().count());
  return text + "Z";
}

std::string age_words(std::int64_t epoch_ms, std::int64_t now_ms) {
  const bool future = epoch_ms > now_ms;
  const std::int64_t distance = future ? epoch_ms - now_ms : now_ms - epoch_ms;
  for (const Unit& unit : kUnits) {
    if (distance < unit.ms) continue;
    const std::int64_t count = distance / unit.ms;
    const char* noun = count == 1 ? unit.one : unit.many;
    return future ? fmt::format("in {} {}", count, noun) : fmt::format("{} {} ago", count, noun);
  }
  return "just now";
}

std::string time_with_age(std::int64_t epoch_ms, std::int64_t now_ms) {
  return fmt::format("{} ({})", iso_time(epoch_ms), age_words(epoch_ms, now_ms));
}

std::string duration_words(double microseconds) {
  if (microseconds < 1'000) return fmt::format("{:.0f} µs", microseconds);
  if (microseconds < 100'000) return fmt::format("{:.1f} ms", microseconds / 1'000);
  if (microseconds < 1'000'000) return fmt::format("{:.0f} ms", microseconds / 1'000);
  if (microseconds < 60'000'000) return fmt::format("{:.2f} s", microseconds / 1'000'000);
  const auto seconds = static_cast<std::int64_t>(microseconds / 1'000'000);
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t place = text.size(); place > 3;) {
    place -= 3;
    text.insert(place, ",");
  }
  return text;
}

std::string counted(std::uint64_t number, const std::string& noun) {
  if (number == 1) return "1 " + noun;
  const std::size_t size = noun.size();
  const bool ies = size > 1 && noun[size - 1] == 'y' &&
                   std::string_view("aeiou").find(noun[size - 2]) == std::string_view::npos;
  return grouped(number) + " " + (ies ? noun.substr(0, size - 1) + "ies" : noun + "s");
}

std::string byte_words(double bytes) {
  static constexpr std::array kNames{"B", "kB", "MB", "GB", "TB"};
  std::size_t step = 0;
  while (bytes >= 1'000 && step + 1 < kNames.size()) {
    bytes /= 1'000;
    ++step;
  }
  return step == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, kNames[step]);
}

}  // namespace callisto::repl
