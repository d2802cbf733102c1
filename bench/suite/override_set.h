// Brings the pins into a database through an OVERRIDE job.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/generator/pins.h"
#include <callisto/database.h>

namespace callisto::bench {

inline constexpr std::string_view kOverrideScope = "bench-overrides";

// One upload body of an OVERRIDE job. `ids` is parallel to `pins`.
[[nodiscard]] std::string override_body(const std::vector<Pin>& pins,
                                        const std::vector<std::string_view>& ids);

// Runs the whole job. Errors: the database's; Internal when not every row found its entity.
[[nodiscard]] Result<SyncReport> apply_overrides(Database& database, std::string_view body);

}  // namespace callisto::bench
