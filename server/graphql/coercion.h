// Whether a value is one of a type, and what it stands for (GraphQL, section 3, "Input Coercion").
#pragma once

#include <string>
#include <string_view>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

namespace callisto::server::graphql {

// The value as `type`, such as "[String!]!": what is no list is a list of one, a number of an ID
// its text. JSON and Long take what they are given; a member that an input type lacks is an error.
// `what` names the value in errors. Errors: InvalidInput. Complexity: linear in the value.
[[nodiscard]] Result<Json> coerced(const Schema& schema,
                                   std::string_view type,
                                   Json value,
                                   const std::string& what);

// Whether words, not strings, stand where enum values belong in a value as written. A word is taken
// for a string: some enums of JupiterOne are strings here. Variables are not looked at: in JSON
// both are strings. Errors: InvalidInput.
Status check_words(const Schema& schema,
                   std::string_view type,
                   const Input& value,
                   const std::string& what);

}  // namespace callisto::server::graphql
