// REST beyond the sync jobs: validation, raw objects, and what only Callisto has: why, overrides.
#pragma once

#include <string>
#include <vector>

#include "server/service/graph_fields.h"

namespace callisto::server {

[[nodiscard]] Response serve_graph(FieldContext& context, const std::vector<std::string>& path);

}  // namespace callisto::server
