// All entities and relationships, page after page, and the raw data of an entity (wire-api 10).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/service/graph_fields.h"

namespace callisto::server {

// GET /entities, /relationships: ?limit=&cursor=&includeDeleted= -> {"items", "endCursor"?}. All
// pages are of the graph version of the first: each object stands on one of them. A version is kept
// as long as `results_kept_ms` after its latest page, the eight latest of an account.
// GET /entities/{id}/raw-data, /entities/{id}/raw-data/{name}/versions/latest.
//
// Complexity of a page: its size.
[[nodiscard]] bool is_export(const std::vector<std::string>& path);
// What is said to a request of these that is not served, before its body is read.
[[nodiscard]] std::optional<Response> refuse_export(const Request& request,
                                                    const std::vector<std::string>& path);
[[nodiscard]] Response serve_export(FieldContext& context, const std::vector<std::string>& path);

}  // namespace callisto::server
