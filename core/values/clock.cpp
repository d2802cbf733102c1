// The machine's own clock and random ids.
#include <chrono>
#include <mutex>
#include <random>

#include "core/ids/uuid.h"
#include <callisto/clock.h>

namespace callisto {

namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  }
};

class SystemIdSource final : public IdSource {
 public:
  [[nodiscard]] std::string next_uuid() override {
    Uuid id;
    {
      const std::scoped_lock lock(mutex_);
      for (std::size_t i = 0; i < id.bytes.size(); i += 4) {
        const std::uint32_t word = entropy_();
        std::memcpy(id.bytes.data() + i, &word, sizeof word);
      }
    }
    // RFC 4122: version 4 in the high half of byte 6, variant 10 in the high bits of byte 8.
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x40U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return to_string(id);
  }

 private:
  std::mutex mutex_;
  std::random_device entropy_;
};

}  // namespace

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

IdSource& system_id_source() {
  static SystemIdSource source;
  return source;
}

}  // namespace callisto
