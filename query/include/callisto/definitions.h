// What an administrator defines once and queries name: smart classes and stored parameters.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <callisto/value.h>

namespace callisto {

inline constexpr std::size_t kSmartClassQueriesMax = 5;
inline constexpr std::size_t kDefinitionsMax = 10'000;  // Smart classes and parameters each.
inline constexpr std::size_t kDefinitionNameBytesMax = 256;

// By name. A smart class `#Name` is the entities that one of its queries lists and those whose
// `tags` hold the name (j1ql 3.12); a parameter is the value of `${param.name}` (j1ql 4.12).
struct Definitions {
  std::map<std::string, std::vector<std::string>, std::less<>> smart_classes{};
  std::map<std::string, Value, std::less<>> parameters{};

  friend bool operator==(const Definitions&, const Definitions&) = default;
};

// What every new database begins with: #CriticalAsset (j1ql 3.13).
[[nodiscard]] Definitions default_definitions();

}  // namespace callisto
