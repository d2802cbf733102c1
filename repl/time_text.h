// Times and durations as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace callisto::repl {

// Epoch milliseconds as "2026-09-02T14:10:05Z", with ".123" when there are milliseconds. A time
// outside the years 0 to 9999 is written as its number.
[[nodiscard]] std::string iso_time(std::int64_t epoch_ms);

// "just now", "3 h ago", "2 days ago", "in 5 days".
[[nodiscard]] std::string age_words(std::int64_t epoch_ms, std::int64_t now_ms);

// "2026-09-02T14:10:05Z (3 h ago)"
[[nodiscard]] std::string time_with_age(std::int64_t epoch_ms, std::int64_t now_ms);

// "4.1 ms", "850 µs", "2.35 s", "3 min 20 s".
[[nodiscard]] std::string duration_words(double microseconds);

// 1234567 as "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t number);

// "1 row", "2 rows", "1,234 rows".
[[nodiscard]] std::string counted(std::uint64_t number, const std::string& noun);

// 1536 as "1.5 kB" (thousands, as disks and networks count).
[[nodiscard]] std::string byte_words(double bytes);

}  // namespace callisto::repl
