// Fields that only read. Texts of queries are constants; what the client gives is a variable.
#include <array>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

Result<Json> property_names(FieldContext& context, const Json& /*arguments*/) {
  Json::Array names;
  for (const PropertySummary& property : context.account.database().properties("")) {
    names.emplace_back(property.name);
  }
  const Definitions definitions = context.account.database().definitions();
  for (const auto& [name, value] : definitions.parameters) {
    names.emplace_back("parameter." + name);
  }
  return Json(std::move(names));
}

Result<Json> fetch_entity(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Json found, vertex_of(context, arguments.text_of("entityId")));
  Json out;
  return out.set("entity", flattened(found));
}

Json layer_json(const LayerValue& layer) {
  Json out;
  out.set("layer", to_string(layer.layer)).set("present", layer.present);
  out.set("value", from_value(layer.value)).set("origin", layer.origin);
  return out.set("setOn", layer.set_at_ms).set("wins", layer.wins);
}

// Who says what of each property, those that are pinned to be absent included.
Result<Json> contributions(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("entityId");
  CALLISTO_TRY(const std::vector<std::string> names,
               context.account.database().view().property_names(id));
  Json::Array out;
  for (const std::string& name : names) {
    CALLISTO_TRY(const Explanation why, context.account.database().why(id, name));
    Json layers = Json::Array{};
    for (const LayerValue& layer : why.layers) {
      if (layer.present) layers.push(layer_json(layer));
    }
    Json one;
    out.push_back(one.set("property", name).set("layers", std::move(layers)));
  }
  Json answer;
  return answer.set("contributions", std::move(out));
}

Result<Json> fetch_relationship(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Json found, edge_of(context, arguments.text_of("relationshipId")));
  Json out;
  return out.set("relationship", flattened(found));
}

Result<Json> account(FieldContext& context, const Json& /*arguments*/) {
  Json out;
  out.set("accountId", context.account.id()).set("accountName", context.account.name());
  return out.set("accountSubdomain", context.account.id()).set("status", "ACTIVE");
}

Result<Json> query_v1(FieldContext& context, const Json& arguments) {
  return context.queries.query_v1(asker_of(context), arguments);
}

Result<Json> query_v2(FieldContext& context, const Json& arguments) {
  return context.queries.query_v2(asker_of(context), arguments);
}

Result<Json> query_graph(FieldContext& context, const Json& arguments) {
  return QueryService::query_graph(asker_of(context), arguments);
}

constexpr std::array kFields{
    FieldEntry{"queryV1", query_v1},
    FieldEntry{"queryV2", query_v2},
    FieldEntry{"queryGraph", query_graph},
    FieldEntry{"getAllAssetProperties", property_names},
    FieldEntry{"fetchEntityById", fetch_entity},
    FieldEntry{"fetchEntityContributionsById", contributions},
    FieldEntry{"fetchRelationshipById", fetch_relationship},
    FieldEntry{"iamGetAccount", account},
};

}  // namespace

std::span<const FieldEntry> read_fields() {
  return kFields;
}

Result<Json> vertex_of(FieldContext& context, const std::string& id, bool include_deleted) {
  CALLISTO_TRY(const std::string found,
               context.account.database().view().entity(id, include_deleted));
  return parse_json(found);
}

Result<Json> edge_of(FieldContext& context, const std::string& id, bool include_deleted) {
  CALLISTO_TRY(const std::string found,
               context.account.database().view().relationship(id, include_deleted));
  return parse_json(found);
}

Json flattened(const Json& object) {
  Json out(Json::Object{});
  for (const char* part : {"entity", "relationship", "properties"}) {
    const Json* members = object.find(part);
    if (members == nullptr || members->object() == nullptr) continue;
    for (const JsonMember& member : *members->object()) {
      out.set(member.name, member.value);
    }
  }
  return out;
}

}  // namespace callisto::server
