#include "server/service/graph_routes.h"

#include <algorithm>
#include <array>

#include "server/service/answers.h"
#include "server/service/export_routes.h"

namespace callisto::server {
namespace {

constexpr std::size_t kValidatedMax = 250;
constexpr std::size_t kOverridesDefault = 1000;

using Path = std::vector<std::string>;

// POST /j1ql/validate {"queries":[..]} -> [{"valid","query","error"?}]
Response validate(FieldContext& context) {
  const Result<Json> body = parse_json(context.request.body);
  if (!body) return engine_error(body.error());
  const Json* queries = body->find("queries");
  if (queries == nullptr || queries->array() == nullptr) {
    return error_response(400, "INVALID_INPUT", "\"queries\" must be an array of strings");
  }
  if (queries->array()->size() > kValidatedMax) {
    return error_response(400, "LIMIT_EXCEEDED", "at most 250 queries are validated at once");
  }
  Json::Array out;
  for (const Json& query : *queries->array()) {
    if (query.text() == nullptr) {
      return error_response(400, "INVALID_INPUT", "\"queries\" must be an array of strings");
    }
    const Status good = context.account.check(*query.text());
    Json one;
    one.set("valid", good.has_value()).set("query", *query.text());
    if (!good) {
      const bool parse = good.error().code == ErrorCode::ParseError;
      Json error;
      error.set("code", parse ? "PARSER_ERROR" : "VALIDATION_ERROR");
      one.set("error", error.set("message", good.error().message));
    }
    out.push_back(std::move(one));
  }
  return json_response(out);
}

Json states_json(const std::vector<OverrideState>& states) {
  Json::Array out;
  for (const OverrideState state : states) {
    out.emplace_back(to_string(state));
  }
  return out;
}

// What the people who pinned a value left with it.
void add_authorship(Json& out,
                    const std::string& author,
                    const std::string& reason,
                    const std::optional<std::int64_t>& review_by_ms) {
  out.set("author", author.empty() ? Json() : Json(author));
  out.set("reason", reason.empty() ? Json() : Json(reason));
  out.set("reviewBy", review_by_ms ? Json(*review_by_ms) : Json());
}

Json layer_json(const LayerValue& layer) {
  Json out;
  out.set("layer", to_string(layer.layer)).set("present", layer.present);
  out.set("value", from_value(layer.value)).set("wins", layer.wins);
  if (!layer.present) return out;
  out.set("origin", layer.origin).set("setOn", layer.set_at_ms);
  if (layer.layer != Layer::Override) return out;
  out.set("below", layer.below ? from_value(*layer.below) : Json());
  out.set("states", states_json(layer.states));
  add_authorship(out, layer.author, layer.reason, layer.review_by_ms);
  return out;
}

// GET /v1/why?entity=..&property=..
Response why(FieldContext& context) {
  const std::string entity = context.request.parameter("entity");
  const std::string property = context.request.parameter("property");
  if (entity.empty() || property.empty()) {
    return error_response(400, "INVALID_INPUT", "why needs ?entity=<_id or _key>&property=<name>");
  }
  const Result<Explanation> found = context.account.database().why(entity, property);
  if (!found) return engine_error(found.error());
  Json::Array layers;
  for (const LayerValue& layer : found->layers) {
    layers.push_back(layer_json(layer));
  }
  Json out;
  out.set("_id", found->entity_id).set("_key", found->entity_key);
  out.set("displayName", found->display_name).set("property", found->property);
  out.set("value", from_value(found->effective)).set("layers", std::move(layers));
  return json_response(out);
}

std::optional<OverrideState> state_named(const std::string& name) {
  for (const OverrideState state : {OverrideState::Active,
                                    OverrideState::Shadowed,
                                    OverrideState::Redundant,
                                    OverrideState::Drifted,
                                    OverrideState::Orphaned,
                                    OverrideState::Overdue}) {
    if (same_name(name, to_string(state))) return state;
  }
  return std::nullopt;
}

Json override_json(const OverrideInfo& info) {
  Json out;
  out.set("scope", info.scope).set("_id", info.entity_id).set("_key", info.entity_key);
  out.set("displayName", info.display_name).set("property", info.property);
  out.set("value", from_value(info.value)).set("belowThen", from_value(info.below_then));
  out.set("belowNow", from_value(info.below_now)).set("setOn", info.set_at_ms);
  out.set("states", states_json(info.states));
  add_authorship(out, info.author, info.reason, info.review_by_ms);
  return out;
}

// GET /v1/overrides?scope=&state=&entity=&property=&limit=
Response overrides(FieldContext& context) {
  OverrideQuery query;
  query.scope = context.request.parameter("scope");
  query.entity_id = context.request.parameter("entity");
  query.property = context.request.parameter("property");
  query.limit = kOverridesDefault;
  const std::string state = context.request.parameter("state");
  if (!state.empty()) {
    query.state = state_named(state);
    if (!query.state) {
      return error_response(400,
                            "INVALID_INPUT",
                            "\"state\" must be active, shadowed, redundant, drifted, orphaned or "
                            "overdue");
    }
  }
  Json::Array list;
  for (const OverrideInfo& info : context.account.database().overrides(query)) {
    list.push_back(override_json(info));
  }
  Json out;
  return json_response(out.set("overrides", std::move(list)));
}

// GET /v1/summary
Response summary(FieldContext& context) {
  const GraphSummary found = context.account.database().summary();
  Json out;
  out.set("version", found.version).set("entities", found.entities);
  out.set("relationships", found.relationships).set("overrides", found.overrides);
  return json_response(out.set("memoryBytes", found.memory_bytes));
}

struct Route {
  std::string_view method;
  std::string_view path;
  const char* name;
  Response (*serve)(FieldContext&);
};

constexpr std::array kRoutes{
    Route{"POST", "j1ql/validate", "POST /j1ql/validate", validate},
    Route{"GET", "v1/why", "GET /v1/why", why},
    Route{"GET", "v1/overrides", "GET /v1/overrides", overrides},
    Route{"GET", "v1/summary", "GET /v1/summary", summary},
};

}  // namespace

Response serve_graph(FieldContext& context, const Path& path) {
  if (std::optional<Response> exported = serve_export(context, path)) return *std::move(exported);
  std::string joined;
  for (const std::string& segment : path) {
    joined += (joined.empty() ? "" : "/") + segment;
  }
  for (const Route& route : kRoutes) {
    if (route.path != joined) continue;
    if (route.method != context.request.method) {
      return error_response(
          405, "METHOD_NOT_ALLOWED", "this route takes " + std::string(route.method) + " only");
    }
    Response response = route.serve(context);
    response.route = route.name;
    return response;
  }
  return error_response(404, "NOT_FOUND", "there is no such route");
}

}  // namespace callisto::server
