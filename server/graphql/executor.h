// Runs one operation: arguments and variables in, resolvers called in order, answers cut to what
// was selected.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

namespace callisto::server::graphql {

// Resolves one root field. `arguments` holds those that were given, defaults included.
using Resolver = std::function<Result<Json>(const std::string& field, const Json& arguments)>;

struct OperationRequest {
  std::string_view text;
  std::string_view name;            // operationName, or "".
  const Json* variables = nullptr;  // An object, or null.
  bool introspection = true;        // Whether __schema and __type are answered.
};

inline constexpr std::size_t kRootFieldsMax = 50;
inline constexpr std::size_t kAnswerMembersMax = 500'000;  // Not counting what a JSON scalar holds.

// {"data":..} with "errors" when there are any; a failing field is null and does not stop its
// neighbours. A field that an object lacks is answered as null, since clients fail on a missing
// one. Source: GraphQL, section 6; wire-api 7.
[[nodiscard]] Json execute(const OperationRequest& request,
                           const Schema& schema,
                           const Resolver& resolve);

}  // namespace callisto::server::graphql
