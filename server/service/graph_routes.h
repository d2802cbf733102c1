// REST beyond the sync jobs: validation, raw objects, and what only Callisto has: why, overrides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/service/graph_fields.h"

namespace callisto::server {

// What is said to a request that no route takes, before its body is read.
[[nodiscard]] std::optional<Response> refuse_graph_route(const Request& request,
                                                         const std::vector<std::string>& path);
// Of a request that is not refused so.
[[nodiscard]] Response serve_graph(FieldContext& context, const std::vector<std::string>& path);

}  // namespace callisto::server
