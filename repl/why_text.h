// "Why is this value what it is?" as text: every layer, strongest first, also the silent ones.
#pragma once

#include <cstdint>
#include <string>

#include "repl/colors.h"
#include <callisto/database.h>

namespace callisto::repl {

//   web-1.criticality = 9
//   ▸ override     9   tiers      by ana  2026-09-02T14:10:05Z (81 days ago)  "PCI scope"
//     override     4   audit      2026-09-03T…  hidden: scope tiers is older  SHADOWED
//     mutation     —   says nothing
//     patch        —   says nothing
//     base         7   aws-prod   2026-11-20T03:00:00Z (4 days ago)  hidden; was 5 when overridden
//
// The mark stands before the value that wins; losers always say `hidden`.
[[nodiscard]] std::string render_why(const Explanation& explanation,
                                     std::int64_t now_ms,
                                     const Colors& colors);

// {"entity", "property", "effective", "layers": [...]} on one line, for --format json and ndjson.
[[nodiscard]] std::string why_json(const Explanation& explanation);

}  // namespace callisto::repl
