// Runs one operation: arguments and variables in, resolvers called in order, answers cut to what
// was selected.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

namespace callisto::server::graphql {

// What answers an operation. `arguments` holds those that were given, defaults included.
struct Resolvers {
  // One root field.
  std::function<Result<Json>(const std::string& field, const Json& arguments)> root;
  // A field that is not in its object and is made when it is asked for. Nothing: there is none.
  std::function<std::optional<Result<Json>>(
      std::string_view type, const std::string& field, const Json& object, const Json& arguments)>
      nested;
  // So many bytes of the answer are there. Errors: they are too many, or came too late.
  std::function<Status(std::size_t bytes)> keep;
};

struct OperationRequest {
  std::string_view text;
  std::string_view name;            // operationName, or "".
  const Json* variables = nullptr;  // An object, or null.
  bool introspection = true;        // Whether __schema and __type are answered.
};

inline constexpr std::size_t kRootFieldsMax = 50;
inline constexpr std::size_t kAnswerMembersMax = 500'000;  // Not counting what a JSON scalar holds.

// {"data":..} with "errors" when there are any; a failing field is null and does not stop its
// neighbours. A field that the schema has and an object lacks is answered as null, since clients
// fail on a missing one; a field that the schema lacks is an error that names it. Source: GraphQL,
// section 6; wire-api 7.
[[nodiscard]] Json execute(const OperationRequest& request,
                           const Schema& schema,
                           const Resolvers& resolvers);

}  // namespace callisto::server::graphql
