// All entities and relationships, page after page, and the raw data of an entity (wire-api 10).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/service/graph_fields.h"

namespace callisto::server {

// GET /entities, /relationships: ?limit=&cursor=&includeDeleted= -> {"items", "endCursor"?}. Pages
// are in order of `_id`, each of the graph as it is then: what stays is listed exactly once.
// GET /entities/{id}/raw-data, /entities/{id}/raw-data/{name}/versions/latest.
//
// Empty when the path is none of these. Complexity of a page: one pass over the objects.
[[nodiscard]] std::optional<Response> serve_export(FieldContext& context,
                                                   const std::vector<std::string>& path);

}  // namespace callisto::server
