#include "bench/generator/pins.h"

#include <string>

namespace callisto::bench {
namespace {

using namespace std::string_literals;  // A plain literal would become a bool.

struct PinGroup {
  std::string_view type;
  std::uint32_t count;  // From size S on; the sum is kOverrideRows.
  std::string_view property;
  std::vector<PropertyValue> values;  // Taken in turn, and shifted by one each round.
};

const std::vector<PinGroup>& pin_groups() {
  static const std::vector<PinGroup> groups = {
      {"okta_user", 2'000, "department", {"Security"s, "Legal"s, "Data"s}},
      {"okta_user", 500, "active", {false, true}},
      {"okta_user", 500, "displayName", {"a pinned name"s, "another pinned name"s}},
      {"aws_instance", 1'000, "state", {"running"s, "stopped"s}},
      {"aws_instance", 500, "tag.Production", {true, false}},
      {"jamf_computer", 1'500, "encrypted", {false, true}},
      {"snyk_finding", 1'000, "severity", {"low"s, "critical"s}},
      {"snyk_finding", 500, "open", {false, true}},
      {"github_pull_request", 1'000, "state", {"open"s, "closed"s}},
      {"github_repo", 500, "owner", {"platform"s, "payments"s, "search"s}},
      {"application", 500, "owner", {"payments"s, "platform"s, "search"s}},
      {"cve", 500, "numericSeverity", {Tenths{99}, Tenths{10}}},
  };
  return groups;
}

}  // namespace

std::vector<Pin> override_pins(const Workload& workload, std::uint32_t round) {
  std::vector<Pin> pins;
  pins.reserve(kOverrideRows);
  std::string_view type;
  std::uint32_t offset = 0;  // Groups of one type take neighbouring rows: a row is pinned once.
  for (const PinGroup& group : pin_groups()) {
    offset = group.type == type ? offset + 1 : 0;
    type = group.type;
    const std::uint32_t rows = workload.rows(kind_of(group.type));
    const std::uint32_t count = workload.at_most(group.count);
    const std::uint32_t step = rows / count;
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto& values = group.values;
      pins.push_back(
          {group.type, i * step + offset, group.property, values[(i + round) % values.size()]});
    }
  }
  return pins;
}

}  // namespace callisto::bench
