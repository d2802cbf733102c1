// JSON text of values.
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "core/values/arena.h"
#include <callisto/number_text.h>
#include <callisto/value.h>
#include <callisto/value_view.h>

namespace callisto {

namespace {

constexpr double kExactIntegerEnd = 9007199254740992.0;  // 2^53.

constexpr int kPlainDigitsMax = 21;  // Before the point.
constexpr int kPlainZerosMax = 5;    // Behind it, before the first digit.

// "-1.25e+17" -> its parts. Requires an exponent.
struct Scientific {
  std::string_view sign;
  std::string digits;
  int point = 0;  // Digits before it; less than 1: zeros behind it.
};

Scientific parts_of(std::string_view text) {
  Scientific parts;
  if (text.front() == '-') parts.sign = text.substr(0, 1);
  const std::size_t exponent = text.find('e');
  for (const char c : text.substr(0, exponent)) {
    if (c >= '0' && c <= '9') parts.digits += c;
  }
  std::string_view power = text.substr(exponent + 1);
  if (power.front() == '+') power.remove_prefix(1);
  parts.point = number_from<int>(power).value_or(0) + 1;
  return parts;
}

void append_scientific(std::string& out, const Scientific& parts) {
  const auto count = static_cast<int>(parts.digits.size());
  out += parts.sign;
  if (count <= parts.point && parts.point <= kPlainDigitsMax) {
    out.append(parts.digits).append(static_cast<std::size_t>(parts.point - count), '0');
  } else if (0 < parts.point && parts.point <= kPlainDigitsMax) {
    const auto before = static_cast<std::size_t>(parts.point);
    out.append(parts.digits, 0, before).append(".").append(parts.digits, before);
  } else if (-kPlainZerosMax <= parts.point && parts.point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-parts.point), '0').append(parts.digits);
  } else {
    out += parts.digits.front();
    if (count > 1) out.append(".").append(parts.digits, 1);
    fmt::format_to(std::back_inserter(out), "e{:+}", parts.point - 1);
  }
}

// The letter after the backslash, 'u' for \u00XX, or 0 for a byte that stands for itself.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> escapes{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) {
    escapes[byte] = 'u';
  }
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}

constexpr std::array<char, 256> kEscapes = make_escapes();

}  // namespace

void append_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  if (std::abs(number) < kExactIntegerEnd && std::trunc(number) == number) {
    // "-0" and not "0": what is written reads back as what it was.
    if (number == 0 && std::signbit(number)) out += '-';
    const fmt::format_int digits(static_cast<std::int64_t>(number));
    out.append(digits.data(), digits.size());
    return;
  }
  std::array<char, 40> text{};  // 17 digits, sign, point and exponent.
  const auto end = fmt::format_to(text.begin(), "{}", number);
  const std::string_view written(text.data(), static_cast<std::size_t>(end - text.begin()));
  if (written.find('e') == std::string_view::npos) {
    out += written;
  } else {
    append_scientific(out, parts_of(written));
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t begin = 0;  // First byte not yet written.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) continue;
    out.append(text, begin, i - begin);
    begin = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      constexpr std::string_view kDigits = "0123456789abcdef";
      out += "00";
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  out.append(text, begin);
  out += '"';
}

void append_json(std::string& out, ValueView value) {
  switch (value.kind()) {
    case ValueKind::Null:
      out += "null";
      return;
    case ValueKind::Bool:
      out += value.as_bool() ? "true" : "false";
      return;
    case ValueKind::Number:
      append_number(out, value.as_number());
      return;
    case ValueKind::String:
      append_json_string(out, value.as_string());
      return;
    case ValueKind::List:
      break;
  }
  out += '[';
  bool first = true;
  for (const ValueView element : value.as_list()) {
    if (!first) out += ',';
    first = false;
    append_json(out, element);
  }
  out += ']';
}

std::string to_json(ValueView value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string to_json(const Value& value) {
  Arena arena;
  return to_json(view_of(value, arena));
}

}  // namespace callisto
