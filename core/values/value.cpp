// JSON text of values.
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "core/values/arena.h"
#include <callisto/value.h>
#include <callisto/value_view.h>

namespace callisto {

namespace {

constexpr double kExactIntegerEnd = 9007199254740992.0;  // 2^53.

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
  fmt::format_to(std::back_inserter(out), "{}", number);  // The shortest text that reads back.
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
