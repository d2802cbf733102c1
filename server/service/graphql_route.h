// POST /graphql, /rules/graphql and /: one operation or an array of them (wire-api 7).
#pragma once

#include "server/config.h"
#include "server/service/graph_fields.h"

namespace callisto::server {

// Always 200 once the body is JSON: clients repeat everything else and lose the message.
[[nodiscard]] Response serve_graphql(FieldContext& context, const ServiceLimits& limits);

}  // namespace callisto::server
