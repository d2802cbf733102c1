// The dates of `date(…)`. Source: j1ql 4.7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace callisto::query {

// Reads YYYY, YYYY-MM, YYYY-MM-DD, or a day with Thh, Thh:mm, Thh:mm:ss or Thh:mm:ss.s and then
// nothing, Z or +hh:mm. Without a zone the time is UTC. Digits past the millisecond are cut off.
// Empty for anything else, an impossible day included.
[[nodiscard]] std::optional<std::int64_t> epoch_ms_from_iso(std::string_view text);

// Whether the year has four digits.
[[nodiscard]] bool has_iso_form(std::int64_t epoch_ms);

// `2024-02-29T12:00:00.000Z`. Years 0 to 9999 read back to the same number.
[[nodiscard]] std::string iso_from_epoch_ms(std::int64_t epoch_ms);

}  // namespace callisto::query
