// Numbers that stand for the cells of a row.
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "bench/generator/random.h"
#include "bench/suite/answer.h"

namespace callisto::bench {
namespace {

// To twelve digits, and without the sign of a zero.
double rounded(double value) {
  constexpr double kWholeMax = 9'007'199'254'740'992.0;
  constexpr int kDigits = 12;
  if (value == std::trunc(value) && std::abs(value) < kWholeMax) return value + 0.0;
  std::array<char, 32> text{};
  const auto written = std::to_chars(
      text.data(), text.data() + text.size(), value, std::chars_format::scientific, kDigits - 1);
  double result = value;
  std::from_chars(text.data(), written.ptr, result);
  return result;
}

}  // namespace

void RowHash::add_number(double value) {
  value = rounded(value);
  std::uint64_t bits = 0;
  static_assert(sizeof bits == sizeof value);
  std::memcpy(&bits, &value, sizeof bits);
  add(mix(2, bits));
}

void RowHash::add_text(std::string_view text) {
  add(mix(3, hash_text(text)));
}

void RowHash::add(std::uint64_t part) {
  hash_ = mix(hash_, part);
}

}  // namespace callisto::bench
