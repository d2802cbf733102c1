#include "bench/generator/field.h"

#include <algorithm>

#include <fmt/format.h>

#include "bench/generator/words.h"

namespace callisto::bench {
namespace {

std::string_view pick(Words words, Random& random) {
  return words[random.below(static_cast<std::uint32_t>(words.size()))];
}

std::string_view name_of_row(Words names, std::uint32_t row, std::uint64_t salt) {
  return names[mix(row, salt) % names.size()];
}

void append_placeholder(std::string& out,
                        std::string_view name,
                        std::uint32_t row,
                        Random& random) {
  if (name == "row") {
    out += std::to_string(row);
  } else if (name == "first") {
    out += name_of_row(kFirstNames, row, 1);
  } else if (name == "last") {
    out += name_of_row(kLastNames, row, 2);
  } else if (name == "word") {
    out += pick(kWords, random);
  } else if (name == "host") {
    out += pick(kHostRoles, random);
  } else if (name == "hex") {
    out += fmt::format("{:08x}", random.next());
  } else if (name == "n") {
    out += std::to_string(random.below(100));
  } else {
    out.append("{").append(name).append("}");
  }
}

std::vector<std::string> pick_list(const Field& field, Random& random) {
  const auto wanted = random.below(static_cast<std::uint32_t>(field.high) + 1);
  std::vector<std::string> elements;
  for (std::uint32_t i = 0; i < wanted; ++i) {
    const auto index = random.skewed(static_cast<std::uint32_t>(field.choices.size()), field.skew);
    std::string element(field.choices[index]);
    if (std::find(elements.begin(), elements.end(), element) == elements.end()) {
      elements.push_back(std::move(element));
    }
  }
  return elements;
}

std::string firewall_rules(Random& random) {
  constexpr auto kPorts = std::to_array<int>({22, 53, 80, 443, 1433, 3306, 3389, 5432, 6379, 8080});
  std::string out = "[";
  const auto count = 1 + random.below(6);
  for (std::uint32_t i = 0; i < count; ++i) {
    const int port = kPorts[random.below(kPorts.size())];
    // One draw a statement: the order of arguments would be the compiler's choice.
    const std::string_view protocol = random.percent(80) ? "tcp" : "udp";
    const std::uint32_t second = random.below(256);
    const std::uint32_t third = random.below(256);
    out +=
        fmt::format(R"({}{{"ToPort":{},"FromPort":{},"IpProtocol":"{}","CidrIp":"10.{}.{}.0/24"}})",
                    i == 0 ? "" : ",",
                    port,
                    port,
                    protocol,
                    second,
                    third);
  }
  return out + "]";
}

PropertyValue make_value(const Field& field, std::uint32_t row, Random& random) {
  switch (field.kind) {
    case FieldKind::Text:
      return expand(field.text, row, random);
    case FieldKind::Choice: {
      const auto size = static_cast<std::uint32_t>(field.choices.size());
      return std::string(field.choices[random.skewed(size, field.skew)]);
    }
    case FieldKind::Number: {
      const auto span = static_cast<std::uint32_t>(field.high - field.low + 1);
      return field.low + random.skewed(span, field.skew);
    }
    case FieldKind::Decimal:
      return Tenths{random.between(field.low, field.high)};
    case FieldKind::Date: {
      const std::int64_t days = random.between(field.low, field.high);
      return kWorkloadNowMs - days * kDayMs - random.below(static_cast<std::uint32_t>(kDayMs));
    }
    case FieldKind::Flag:
      return random.percent(field.yes);
    case FieldKind::List:
      return pick_list(field, random);
    case FieldKind::Rules:
      return firewall_rules(random);
  }
  return false;
}

}  // namespace

std::string expand(std::string_view pattern, std::uint32_t row, Random& random) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    out += pattern.substr(0, open);
    append_placeholder(out, pattern.substr(open + 1, close - open - 1), row, random);
    pattern.remove_prefix(close + 1);
  }
  return out.append(pattern);
}

void append_field(std::vector<Property>& out,
                  const Field& field,
                  std::uint32_t row,
                  Random& random) {
  if (field.present < 100 && !random.percent(field.present)) return;
  out.push_back({field.name, make_value(field, row, random)});
}

}  // namespace callisto::bench
