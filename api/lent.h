// The clock and the source of ids that a caller lends: what they throw ends at the door.
#pragma once

#include <string>

#include "core/errors/barrier.h"
#include <callisto/clock.h>

namespace callisto {

// Both throw LentFailure, and nothing else.
class LentClock final : public Clock {
 public:
  explicit LentClock(const Clock& clock) : clock_(clock) {}

  [[nodiscard]] std::int64_t now_ms() const override {
    try {
      return clock_.now_ms();
    } catch (...) {
      throw LentFailure{error_of_caller("the clock")};
    }
  }

 private:
  const Clock& clock_;
};

class LentIds final : public IdSource {
 public:
  explicit LentIds(IdSource& ids) : ids_(ids) {}

  [[nodiscard]] std::string next_uuid() override {
    try {
      return ids_.next_uuid();
    } catch (...) {
      throw LentFailure{error_of_caller("the source of ids")};
    }
  }

 private:
  IdSource& ids_;
};

}  // namespace callisto
