#include "core/ids/uuid.h"

#include <span>

#include "core/ids/sha1.h"

namespace callisto {

namespace {

// Where byte i's two digits stand: a dash follows bytes 3, 5, 7 and 9.
constexpr std::array<std::uint8_t, 16> kDigitAt = {
    0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
constexpr std::array<std::uint8_t, 4> kDashAt = {8, 13, 18, 23};

constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_digit_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::uint8_t digit = 0; digit < 10; ++digit) {
    values[static_cast<std::size_t>('0') + digit] = digit;
  }
  for (std::uint8_t digit = 0; digit < 6; ++digit) {
    values[static_cast<std::size_t>('a') + digit] = static_cast<std::uint8_t>(10 + digit);
    values[static_cast<std::size_t>('A') + digit] = static_cast<std::uint8_t>(10 + digit);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kDigitValues = make_digit_values();

}  // namespace

Uuid uuid_v5(const Uuid& name_space, std::string_view name) {
  const auto* text = reinterpret_cast<const std::uint8_t*>(name.data());
  const Sha1State digest = sha1(name_space.bytes, {text, name.size()});
  Uuid id;
  for (std::size_t word = 0; word < 4; ++word) {
    for (std::size_t i = 0; i < 4; ++i) {
      id.bytes[word * 4 + i] = static_cast<std::uint8_t>(digest[word] >> (24 - 8 * i));
    }
  }
  // RFC 4122: version 5 in the high half of byte 6, variant 10 in the high bits of byte 8.
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x50U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

void format_uuid(const Uuid& id, char* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    out[kDigitAt[i]] = kDigits[id.bytes[i] >> 4U];
    out[kDigitAt[i] + 1] = kDigits[id.bytes[i] & 15U];
  }
  for (const std::uint8_t dash : kDashAt) {
    out[dash] = '-';
  }
}

std::string to_string(const Uuid& id) {
  std::string text(kUuidTextSize, '\0');
  format_uuid(id, text.data());
  return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != kUuidTextSize) return std::nullopt;
  for (const std::uint8_t dash : kDashAt) {
    if (text[dash] != '-') return std::nullopt;
  }
  Uuid id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    const std::uint8_t high = kDigitValues[static_cast<unsigned char>(text[kDigitAt[i]])];
    const std::uint8_t low = kDigitValues[static_cast<unsigned char>(text[kDigitAt[i] + 1U])];
    if (high == kNoDigit || low == kNoDigit) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  return id;
}

}  // namespace callisto
