// Fields that only read. Texts of queries are constants; what the client gives is a variable.
#include <array>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

constexpr std::size_t kVerticesMax = 250;

QueryOptions options_with(const std::map<std::string, Value>& variables) {
  QueryOptions options;
  options.variables = variables;
  return options;
}

// Adds " WITH a = ${a} AND ..." for VertexFilters; type and class go into FIND.
struct Search {
  std::string text = "FIND *";
  std::map<std::string, Value> variables;
};

Result<Search> search_of(const Json& arguments) {
  Search search;
  std::vector<std::string> conditions;
  const auto add = [&](const char* property, const Json& value) -> Status {
    CALLISTO_TRY(Value wanted, to_value(value));
    if (is_null(wanted)) return {};
    const std::string name = "p" + std::to_string(conditions.size());
    conditions.push_back(std::string(property) + " = ${" + name + "}");
    search.variables[name] = std::move(wanted);
    return {};
  };
  if (const Json* id = arguments.find("id")) {
    if (Status added = add("_id", *id); !added) return tl::make_unexpected(added.error());
  }
  if (const Json* filters = arguments.find("filters")) {
    for (const char* property : {"_id", "_key", "_type", "_class"}) {
      const Json* value = filters->find(property);
      if (value == nullptr) continue;
      if (Status added = add(property, *value); !added) return tl::make_unexpected(added.error());
    }
  }
  for (const std::string& condition : conditions) {
    search.text += (&condition == conditions.data() ? " WITH " : " AND ") + condition;
  }
  return search;
}

Result<Json> vertices(FieldContext& context, const Json& arguments, std::size_t limit) {
  CALLISTO_TRY(const Search search, search_of(arguments));
  CALLISTO_TRY(
      const std::vector<std::string> rows,
      context.queries.rows(context.account,
                           search.text + " AS x RETURN x._id AS id LIMIT " + std::to_string(limit),
                           options_with(search.variables),
                           context.request));
  // The objects of the schema have numbers for times, those of queries have texts.
  const GraphView view = context.account.database().view();
  Json::Array out;
  for (const std::string& row : rows) {
    CALLISTO_TRY(const Json found, parse_json(row));
    const Result<std::string> object = view.entity(found.text_of("id"));
    if (!object) continue;  // Deleted meanwhile.
    CALLISTO_TRY(Json vertex, parse_json(*object));
    out.push_back(std::move(vertex));
  }
  return Json(std::move(out));
}

Result<Json> vertex(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Search search, search_of(arguments));
  if (search.variables.empty()) {
    return fail(ErrorCode::InvalidInput, "vertex needs an id, or filters that say something");
  }
  CALLISTO_TRY(const Json found, vertices(context, arguments, 1));
  return found.array()->empty() ? Json() : found.array()->front();
}

Result<Json> list_vertices(FieldContext& context, const Json& arguments) {
  const Json* limit = arguments.find("limit");
  const double wanted = limit == nullptr || limit->number() == nullptr ? 50 : *limit->number();
  if (wanted < 1 || wanted > static_cast<double>(kVerticesMax)) {
    return fail(ErrorCode::InvalidInput, "\"limit\" must be a value between 1 and 250");
  }
  CALLISTO_TRY(Json found, vertices(context, arguments, static_cast<std::size_t>(wanted)));
  Json out;
  return out.set("vertices", std::move(found));
}

Result<Json> entity_count(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Search search, search_of(arguments));
  CALLISTO_TRY(const std::vector<std::string> rows,
               context.queries.rows(context.account,
                                    search.text + " AS x RETURN COUNT(x) AS count",
                                    options_with(search.variables),
                                    context.request));
  if (rows.empty()) return Json(0);
  CALLISTO_TRY(const Json row, parse_json(rows.front()));
  return *row.find("count");
}

Json counts(const std::vector<NamedCount>& named) {
  Json out(Json::Object{});
  for (const NamedCount& one : named) {
    out.set(one.name, one.count);
  }
  return out;
}

Result<Json> type_counts(FieldContext& context, const Json& /*arguments*/) {
  return counts(context.account.database().types());
}

Result<Json> entity_counts(FieldContext& context, const Json& /*arguments*/) {
  Json out;
  out.set("classes", counts(context.account.database().classes()));
  return out.set("types", counts(context.account.database().types()));
}

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

Result<Json> edge(FieldContext& context, const Json& arguments) {
  return edge_of(context, arguments.text_of("id"));
}

Result<Json> fetch_relationship(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Json found, edge_of(context, arguments.text_of("relationshipId")));
  Json out;
  return out.set("relationship", flattened(found));
}

Result<Json> account(FieldContext& context, const Json& /*arguments*/) {
  Json out;
  out.set("accountId", context.account.id()).set("accountName", context.account.name());
  return out.set("accountSubdomain", context.account.id());
}

Result<Json> query_v1(FieldContext& context, const Json& arguments) {
  return context.queries.query_v1(context.account, arguments, context.request);
}

Result<Json> query_v2(FieldContext& context, const Json& arguments) {
  return context.queries.query_v2(context.account, arguments, context.request);
}

constexpr std::array kFields{
    FieldEntry{"queryV1", query_v1},
    FieldEntry{"queryV2", query_v2},
    FieldEntry{"vertex", vertex},
    FieldEntry{"listVerticesV2", list_vertices},
    FieldEntry{"edge", edge},
    FieldEntry{"entityCount", entity_count},
    FieldEntry{"typeCounts", type_counts},
    FieldEntry{"allEntityCounts", type_counts},
    FieldEntry{"getEntityCounts", entity_counts},
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
