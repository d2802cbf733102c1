// What the GraphQL endpoint serves, in the schema language.
#pragma once

#include <string_view>

namespace callisto::server::graphql {

extern const std::string_view kSchemaText;

}  // namespace callisto::server::graphql
