// Numbers as text, and a number that is the whole of a text.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace callisto {

// "12" -> 12. Nothing for an empty text, for anything before or after the digits, and for what
// Number cannot hold. A sign only where Number is signed.
template <class Number>
[[nodiscard]] std::optional<Number> number_from(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

// The shortest text that reads back to the same number, in JSON and in J1QL: digits alone from 1e-6
// up to 1e21, else with an exponent; "null" for what is not finite.
void append_number(std::string& out, double number);

}  // namespace callisto
