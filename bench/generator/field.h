// What one property of a generated entity or relationship looks like.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench/generator/random.h"

namespace callisto::bench {

// A number with one decimal, exact on every platform.
struct Tenths {
  std::int64_t tenths = 0;
  friend bool operator==(Tenths, Tenths) = default;
};

using PropertyValue =
    std::variant<bool, std::int64_t, Tenths, std::string, std::vector<std::string>>;

// Lifetime: names live as long as the program.
struct Property {
  std::string_view name;
  PropertyValue value;
};

using Words = std::span<const std::string_view>;

enum class FieldKind : std::uint8_t { Text, Choice, Number, Decimal, Date, Flag, List, Rules };

struct Field {
  std::string_view name{};
  FieldKind kind = FieldKind::Text;
  std::string_view text{};      // Text: a template, see expand().
  Words choices{};              // Choice, List.
  std::int64_t low = 0;         // Number, Decimal (tenths), Date (days before the workload's now).
  std::int64_t high = 0;        // The same; List: most elements.
  std::uint32_t skew = 1;       // Choice, List, Number: Random::skewed's power.
  std::uint32_t present = 100;  // Percent of the objects that have it.
  std::uint32_t yes = 50;       // Flag: percent true.

  // Chained after a maker below: choice("tier", kTiers).in(40).
  [[nodiscard]] constexpr Field in(std::uint32_t percent) const {
    Field copy = *this;
    copy.present = percent;
    return copy;
  }
};

constexpr Field text(std::string_view name, std::string_view pattern) {
  return {.name = name, .kind = FieldKind::Text, .text = pattern};
}

constexpr Field choice(std::string_view name, Words choices, std::uint32_t skew = 1) {
  return {.name = name, .kind = FieldKind::Choice, .choices = choices, .skew = skew};
}

constexpr Field number(std::string_view name,
                       std::int64_t low,
                       std::int64_t high,
                       std::uint32_t skew = 1) {
  return {.name = name, .kind = FieldKind::Number, .low = low, .high = high, .skew = skew};
}

constexpr Field decimal(std::string_view name, std::int64_t low_tenths, std::int64_t high_tenths) {
  return {.name = name, .kind = FieldKind::Decimal, .low = low_tenths, .high = high_tenths};
}

constexpr Field date(std::string_view name, std::int64_t days_min, std::int64_t days_max) {
  return {.name = name, .kind = FieldKind::Date, .low = days_min, .high = days_max};
}

constexpr Field flag(std::string_view name, std::uint32_t percent_true) {
  return {.name = name, .kind = FieldKind::Flag, .yes = percent_true};
}

constexpr Field list(std::string_view name, Words choices, std::int64_t elements_max) {
  return {
      .name = name, .kind = FieldKind::List, .choices = choices, .high = elements_max, .skew = 2};
}

// Firewall rules as JSON text in a string, the way integrations store nested data.
constexpr Field rules(std::string_view name) {
  return {.name = name, .kind = FieldKind::Rules};
}

// The moment that the generated graph was collected at, in epoch ms: dates lie before it.
inline constexpr std::int64_t kWorkloadNowMs = 1'763'000'000'000;
inline constexpr std::int64_t kDayMs = 86'400'000;

// Appends the value of `field` for object number `row`, or nothing when the object lacks it.
void append_field(std::vector<Property>& out,
                  const Field& field,
                  std::uint32_t row,
                  Random& random);

// Fills a template: {row} the object's number; {first} {last} {word} {host} from word lists; {hex}
// eight hexadecimal digits; {n} 0 to 99. The first and last name depend on the row alone, so that
// the fields of one person agree.
[[nodiscard]] std::string expand(std::string_view pattern, std::uint32_t row, Random& random);

}  // namespace callisto::bench
