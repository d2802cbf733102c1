// How large what comes in may be: uploads, and single objects that are written. Defaults; all can
// be set (docs/server.md, "Limits of what is written").
//
// They hold for what comes in, not for what is there: a graph that was filled under higher limits
// is served and exported whole.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace callisto {

struct InputLimits {
  std::size_t text_bytes = std::size_t{4} << 20;  // Of a text that is a value, or in a list.
  std::size_t list_elements = 1'000'000;          // Of a value that is a list.
  std::size_t key_bytes = 4096;                   // Of `_key`, and of what names another object.
  std::size_t name_bytes = 1024;                  // Of the name of a property.
  std::size_t properties = 1000;                  // Of one object.
  std::size_t types = 65'000;                     // Of a graph; of classes and verbs, too.
};

// The highest that a setting may be.
inline constexpr InputLimits kInputLimitsMax{.text_bytes = std::size_t{1} << 28,
                                             .list_elements = 10'000'000,
                                             .key_bytes = std::size_t{1} << 16,
                                             .name_bytes = std::size_t{1} << 14,
                                             .properties = 10'000,
                                             .types = 65'000};

struct InputLimitName {
  std::string_view name;  // In messages, in the server's configuration and on the command line.
  std::size_t InputLimits::*limit;
};

inline constexpr std::array<InputLimitName, 6> kInputLimitNames{
    {{"text_bytes", &InputLimits::text_bytes},
     {"list_elements", &InputLimits::list_elements},
     {"key_bytes", &InputLimits::key_bytes},
     {"name_bytes", &InputLimits::name_bytes},
     {"properties", &InputLimits::properties},
     {"types", &InputLimits::types}}};

}  // namespace callisto
