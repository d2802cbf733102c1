// What answers the fields of the GraphQL schema (wire-api 7).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/accounts.h"
#include "server/http/message.h"
#include "server/json/json.h"
#include "server/service/allowance.h"
#include "server/service/query_service.h"

namespace callisto::server {

// Who asks, and what with.
struct FieldContext {
  Account& account;
  const Request& request;
  QueryService& queries;
  Allowance& allowance;
  bool on_loopback = true;  // Where the server listens.
  Json::Array hidden{};     // Values that the operation has set and that do not show (O-31).
};

[[nodiscard]] inline Asker asker_of(FieldContext& context) {
  return {context.account, context.request, context.allowance};
}

using FieldResolver = Result<Json> (*)(FieldContext& context, const Json& arguments);

struct FieldEntry {
  std::string_view name;
  FieldResolver resolve;
  bool changes = false;  // Something that is kept: it is never done twice.
};

[[nodiscard]] std::span<const FieldEntry> read_fields();         // Queries, objects by `_id`.
[[nodiscard]] std::span<const FieldEntry> vertex_fields();       // Objects by filters, and counts.
[[nodiscard]] std::span<const FieldEntry> write_fields();        // One object each.
[[nodiscard]] std::span<const FieldEntry> question_fields();     // Saved questions.
[[nodiscard]] std::span<const FieldEntry> parameter_fields();    // What queries name.
[[nodiscard]] std::span<const FieldEntry> integration_fields();  // Instances, definitions, jobs.
[[nodiscard]] std::span<const FieldEntry> raw_data_fields();
[[nodiscard]] std::span<const FieldEntry> smart_class_fields();

// Null when no field has that name.
[[nodiscard]] const FieldEntry* find_field(std::string_view name);
// What is made of an object only when it is asked for: `neighbors` and `edges` of a Vertex.
[[nodiscard]] std::optional<Result<Json>> nested_field(FieldContext& context,
                                                       std::string_view type,
                                                       const std::string& field,
                                                       const Json& object,
                                                       const Json& arguments);

// {name: a page of `items`, "pageInfo": {"endCursor", "hasNextPage"}, "totalHits"} by the arguments
// `cursor` and `size_name`. Errors: InvalidInput.
[[nodiscard]] Result<Json> page_of(const char* name,
                                   const std::vector<Json>& items,
                                   const Json& arguments,
                                   std::string_view size_name);

// {"id","entity","properties"} of a live entity, or of a soft-deleted one when those are meant as
// well. Errors: NotFound. Complexity: the size of the object.
[[nodiscard]] Result<Json> vertex_of(FieldContext& context,
                                     const std::string& id,
                                     bool include_deleted = false);
// Metadata and properties side by side.
[[nodiscard]] Json flattened(const Json& object);
// {"id","relationship","properties","fromVertexId","toVertexId"} of a relationship, likewise.
[[nodiscard]] Result<Json> edge_of(FieldContext& context,
                                   const std::string& id,
                                   bool include_deleted = false);
// The values of a JSON object of properties; keys with a leading `_` are left out.
[[nodiscard]] Result<Properties> properties_of(const Json* object);

}  // namespace callisto::server
