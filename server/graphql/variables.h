// The values of an operation's variables, and the arguments of fields and directives with them put
// in.
#pragma once

#include <optional>

#include "server/graphql/document.h"
#include "server/graphql/schema.h"

namespace callisto::server::graphql {

class Variables {
 public:
  // `given` may be null. Values are taken as they are: clients declare types of the same name
  // differently, so only what is missing, or null and must not be, is an error.
  // Errors: InvalidInput.
  [[nodiscard]] static Result<Variables> of(const Operation& operation, const Json* given);

  // As an object of what was given, by the types of the definition (section 3, "Input Coercion"): a
  // value stands for a list of one. Members of an input that the schema lacks are left alone.
  // Errors: InvalidInput for unknown and missing arguments, and values of other types.
  [[nodiscard]] Result<Json> arguments(const Selection& field,
                                       const FieldDefinition& definition,
                                       const Schema& schema) const;

  // The `if` of @skip and @include. Errors: InvalidInput.
  [[nodiscard]] Result<bool> condition(const Directive& directive) const;

 private:
  // Empty for a variable that was not given.
  [[nodiscard]] std::optional<Json> read(const Input& input) const;

  Json values_{Json::Object{}};
};

}  // namespace callisto::server::graphql
