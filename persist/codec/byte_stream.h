// Bytes written and read back: variable-length integers, text, raw values. Little endian.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "core/ids/uuid.h"

namespace callisto::persist {

static_assert(std::endian::native == std::endian::little, "stored numbers are copied as they are");

class ByteWriter {
 public:
  void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }

  void varint(std::uint64_t value) {
    char buffer[10];
    std::size_t size = 0;
    while (value >= 0x80) {
      buffer[size++] = static_cast<char>(value | 0x80U);
      value >>= 7U;
    }
    buffer[size++] = static_cast<char>(value);
    bytes_.append(buffer, size);
  }

  void zigzag(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
  }

  template <class T>
  void fixed(T value) {
    char buffer[sizeof(T)];
    std::memcpy(buffer, &value, sizeof(T));
    bytes_.append(buffer, sizeof(T));
  }

  void text(std::string_view value) {
    varint(value.size());
    bytes_.append(value);
  }

  void uuid(const Uuid& id) { fixed(id.bytes); }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Never reads past the end: the first read that would marks the reader as failed, and from then on
// every read gives zero or nothing. Callers check ok() once per object instead of once per byte.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }

  [[nodiscard]] std::size_t position() const { return position_; }

  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - position_; }

  void fail() { ok_ = false; }

  std::uint8_t byte() { return fixed<std::uint8_t>(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      if (!ok_ || (shift == 63 && next > 1)) break;
      value |= std::uint64_t{next & 0x7FU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    ok_ = false;
    return 0;
  }

  std::int64_t zigzag() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
  }

  template <class T>
  T fixed() {
    T value{};
    if (!ok_ || remaining() < sizeof(T)) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, bytes_.data() + position_, sizeof(T));
    position_ += sizeof(T);
    return value;
  }

  // Points into the bytes that are read.
  std::string_view text() {
    const std::uint64_t size = varint();
    if (!ok_ || size > remaining() || size > 0xFFFFFFFFU) {
      ok_ = false;
      return {};
    }
    const std::string_view value = bytes_.substr(position_, size);
    position_ += size;
    return value;
  }

  Uuid uuid() { return {fixed<std::array<std::uint8_t, 16>>()}; }

  // A number of items of at least `bytes_each`: more than the rest can hold is a failure, so that
  // a damaged count never makes a caller allocate.
  std::size_t count(std::size_t bytes_each) {
    const std::uint64_t items = varint();
    if (!ok_ || items > remaining() / bytes_each) {
      ok_ = false;
      return 0;
    }
    return items;
  }

  // varint() that must be below `limit`.
  std::uint32_t index(std::size_t limit) {
    const std::uint64_t value = varint();
    if (value >= limit) {
      ok_ = false;
      return 0;
    }
    return static_cast<std::uint32_t>(value);
  }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace callisto::persist
