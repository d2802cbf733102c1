#include "query/ast/iso_date.h"

#include <chrono>

#include <fmt/format.h>

namespace callisto::query {
namespace {

constexpr std::int64_t kFirstMoment = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
constexpr std::int64_t kLastMoment = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z

// Reads a date from left to right; each step says whether it found what it wanted.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  // Exactly `digits` of them.
  bool number(std::size_t digits, int& value) {
    if (rest_.size() < digits) return false;
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = rest_[i];
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(digits);
    return true;
  }

  // One of these characters.
  char one_of(std::string_view wanted) {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) return '\0';
    const char found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }

  // A fraction of a second, in milliseconds.
  bool fraction(int& milliseconds) {
    int scale = 100;
    milliseconds = 0;
    std::size_t digits = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      milliseconds += (rest_[digits] - '0') * scale;
      scale /= 10;
      ++digits;
    }
    rest_.remove_prefix(digits);
    return digits > 0;
  }

 private:
  std::string_view rest_;
};

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
  int zone_minutes = 0;
};

bool read_zone(Reader& reader, TimeOfDay& time) {
  const char sign = reader.one_of("Zz+-");
  if (sign == '\0' || sign == 'Z' || sign == 'z') return true;
  int hours = 0;
  int minutes = 0;
  if (!reader.number(2, hours) || hours > 23) return false;
  if (!reader.at_end()) {
    static_cast<void>(reader.one_of(":"));
    if (!reader.number(2, minutes) || minutes > 59) return false;
  }
  time.zone_minutes = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
  return true;
}

bool read_time(Reader& reader, TimeOfDay& time) {
  if (!reader.number(2, time.hour) || time.hour > 23) return false;
  if (reader.one_of(":") != '\0') {
    if (!reader.number(2, time.minute) || time.minute > 59) return false;
    if (reader.one_of(":") != '\0') {
      if (!reader.number(2, time.second) || time.second > 59) return false;
      if (reader.one_of(".,") != '\0' && !reader.fraction(time.millisecond)) return false;
    }
  }
  return read_zone(reader, time);
}

}  // namespace

std::optional<std::int64_t> epoch_ms_from_iso(std::string_view text) {
  Reader reader(text);
  int year = 0;
  int month = 1;
  int day = 1;
  TimeOfDay time;
  if (!reader.number(4, year)) return std::nullopt;
  if (reader.one_of("-") != '\0') {
    if (!reader.number(2, month)) return std::nullopt;
    if (reader.one_of("-") != '\0') {
      if (!reader.number(2, day)) return std::nullopt;
      if (reader.one_of("Tt ") != '\0' && !read_time(reader, time)) return std::nullopt;
    }
  }
  const std::chrono::year_month_day date(std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)});
  if (!reader.at_end() || !date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t minutes = (days * 24 + time.hour) * 60 + time.minute - time.zone_minutes;
  const std::int64_t moment = (minutes * 60 + time.second) * 1000 + time.millisecond;
  // A zone may carry a moment over the edge of the years that have four digits.
  if (!has_iso_form(moment)) return std::nullopt;
  return moment;
}

bool has_iso_form(std::int64_t epoch_ms) {
  return epoch_ms >= kFirstMoment && epoch_ms <= kLastMoment;
}

std::string iso_from_epoch_ms(std::int64_t epoch_ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> moment{
      std::chrono::milliseconds(epoch_ms)};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(moment - midnight);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                     static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()),
                     time.hours().count(),
                     time.minutes().count(),
                     time.seconds().count(),
                     time.subseconds().count());
}

}  // namespace callisto::query
