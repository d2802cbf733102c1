// The schema that is served: types, fields and arguments, and its introspection.
#pragma once

#include <string_view>
#include <vector>

#include "server/graphql/document.h"

namespace callisto::server::graphql {

class Schema {
 public:
  // The server's own. Parsed once; lives for the whole process.
  [[nodiscard]] static const Schema& served();

  [[nodiscard]] const TypeDefinition* type(std::string_view name) const;
  // A field of Query, or of Mutation: clients mix the two up, so both are searched.
  [[nodiscard]] const FieldDefinition* root_field(std::string_view name) const;
  [[nodiscard]] static const FieldDefinition* field(const TypeDefinition& type,
                                                    std::string_view name);

  // Whether an object of type `type` is meant by a fragment on `condition`. Names that are not in
  // the schema mean everything: a client's name for a type may differ from ours.
  [[nodiscard]] bool applies(std::string_view condition, std::string_view type) const;

  // __schema, and __type (null for an unknown name). Types in them are references, {kind, name,
  // ofType}: introspect_type() has the rest. Source: GraphQL, section 4.
  [[nodiscard]] Json introspect() const;
  [[nodiscard]] Json introspect_type(std::string_view name) const;

 private:
  [[nodiscard]] Json reference(std::string_view text) const;
  [[nodiscard]] Json describe(const TypeDefinition& type) const;
  [[nodiscard]] Json describe_inputs(const std::vector<FieldDefinition>& inputs) const;

  std::vector<TypeDefinition> types_;
};

}  // namespace callisto::server::graphql
