// The outside world that results depend on, as interfaces: tests stop time and fix every id.
#pragma once

#include <cstdint>
#include <string>

namespace callisto {

// Milliseconds since the Unix epoch. Thread safety: implementations must allow concurrent calls.
// One that throws makes the call that needed the time fail, with InvalidInput.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual std::int64_t now_ms() const = 0;
};

// A source of new UUIDs in text form (job ids). Thread safety and exceptions: as Clock.
class IdSource {
 public:
  virtual ~IdSource() = default;
  [[nodiscard]] virtual std::string next_uuid() = 0;
};

// The machine's own clock and random version-4 UUIDs. Both live for the whole process.
[[nodiscard]] const Clock& system_clock();
[[nodiscard]] IdSource& system_id_source();

}  // namespace callisto
