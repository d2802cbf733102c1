// Secrets of configurations: kept, used, and never given back.
#pragma once

#include "server/json/json.h"

namespace callisto::server {

// What stands in an answer for a secret; in an update, for the one that is kept.
inline constexpr const char* kMask = "***masked***";

// A configuration as it may be shown: values of members that are named like secrets (token,
// password, key, ...), and texts that look like one, are the mask. Nested ones too.
[[nodiscard]] Json masked(const Json& config);
// An update of a configuration with what the masks in it stand for in `kept`; a mask that stands
// for nothing is left out.
[[nodiscard]] Json unmasked(const Json& update, const Json& kept);

}  // namespace callisto::server
