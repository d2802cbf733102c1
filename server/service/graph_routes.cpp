#include "server/service/graph_routes.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>

#include <callisto/editing.h>
#include <callisto/number_text.h>
#include <callisto/utf8.h>

#include "server/service/answers.h"
#include "server/service/export_routes.h"

namespace callisto::server {
namespace {

constexpr std::size_t kValidatedMax = 250;
constexpr std::size_t kOverridesDefault = 1000;
constexpr std::size_t kOverridesMax = 10'000;
constexpr std::size_t kOverridesBeginMax = 100'000'000;
constexpr std::size_t kEntitiesOfKeyMax = 10;

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
    if (Status going = context.allowance.check(); !going) return engine_error(going.error());
    const Status good = context.account.check(*query.text());
    Json one;
    one.set("valid", good.has_value()).set("query", *query.text());
    if (!good) {
      const bool parse = good.error().code == ErrorCode::ParseError;
      Json error;
      error.set("code", parse ? "PARSER_ERROR" : "VALIDATION_ERROR");
      one.set("error", error.set("message", with_hints(good.error()).message));
    }
    out.push_back(std::move(one));
  }
  return json_response(out);
}

// POST /j1ql/optimize {"query"} -> {"query"}: the same query in the house's form.
Response optimize(FieldContext& context) {
  const Result<Json> body = parse_json(context.request.body);
  if (!body) return engine_error(body.error());
  const Json* query = body->find("query");
  if (query == nullptr || query->text() == nullptr) {
    return error_response(400, "INVALID_INPUT", "\"query\" must be a string");
  }
  const Result<std::string> formatted = format_query(*query->text());
  if (!formatted) return engine_error(with_hints(formatted.error()));
  Json out;
  return json_response(out.set("query", *formatted));
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

// A parameter that is a number; nothing when it is something else.
std::optional<std::size_t> number_of(const Request& request,
                                     std::string_view name,
                                     std::size_t or_else) {
  const std::string text = request.parameter(name);
  return text.empty() ? or_else : number_from<std::size_t>(text);
}

// The `_id`s that `?entity=` means: itself, or those of the entities that have it as `_key`.
Result<std::vector<std::string>> entities_meant(FieldContext& context, const std::string& entity) {
  if (entity.empty() || context.account.database().view().entity(entity, true)) {
    return std::vector<std::string>{entity};
  }
  QueryOptions options;
  options.variables["key"] = entity;
  options.include_deleted = true;
  CALLISTO_TRY(const std::vector<std::string> rows,
               QueryService::rows(asker_of(context),
                                  "FIND * WITH _key = ${key} AS e RETURN e._id AS id LIMIT " +
                                      std::to_string(kEntitiesOfKeyMax),
                                  std::move(options)));
  std::vector<std::string> ids;
  for (const std::string& row : rows) {
    CALLISTO_TRY(const Json json, parse_json(row));
    ids.push_back(json.text_of("id"));
  }
  if (ids.empty()) ids.push_back(entity);  // Of an entity that is gone, or none.
  return ids;
}

// The first `limit` overrides of all entities meant.
std::vector<OverrideInfo> overrides_of(Database& database,
                                       OverrideQuery query,
                                       const std::vector<std::string>& entities) {
  std::vector<OverrideInfo> found;
  for (const std::string& entity : entities) {
    query.entity_id = entity;
    for (OverrideInfo& info : database.overrides(query)) {
      if (query.limit == 0 || found.size() < query.limit) found.push_back(std::move(info));
    }
  }
  return found;
}

Json counts_json(const std::map<std::string, std::uint64_t>& counts) {
  Json out(Json::Object{});
  for (const auto& [name, count] : counts) {
    out.set(name, count);
  }
  return out;
}

// {"total","states":{"active":1,..},"scopes":{"tiers":1,..}}; an override can have several states.
Json count_overrides(const std::vector<OverrideInfo>& found) {
  std::map<std::string, std::uint64_t> states;
  std::map<std::string, std::uint64_t> scopes;
  for (const OverrideInfo& info : found) {
    ++scopes[info.scope];
    for (const OverrideState state : info.states) {
      ++states[to_string(state)];
    }
  }
  Json out;
  out.set("total", std::uint64_t{found.size()}).set("states", counts_json(states));
  return out.set("scopes", counts_json(scopes));
}

// GET /v1/overrides?scope=&state=&entity=&property=&limit=&cursor=, and /v1/overrides/counts.
Response list_overrides(FieldContext& context, bool counted) {
  OverrideQuery query;
  query.scope = context.request.parameter("scope");
  query.property = context.request.parameter("property");
  const auto limit = number_of(context.request, "limit", kOverridesDefault);
  const auto begin = number_of(context.request, "cursor", 0);
  if (!limit || *limit == 0 || *limit > kOverridesMax || !begin || *begin > kOverridesBeginMax) {
    return error_response(400,
                          "INVALID_INPUT",
                          "\"limit\" must be a number from 1 to 10000, \"cursor\" what the page "
                          "before has answered as endCursor");
  }
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
  const auto entities = entities_meant(context, context.request.parameter("entity"));
  if (!entities) return engine_error(entities.error());
  query.limit = counted ? 0 : *begin + *limit + 1;
  const std::vector<OverrideInfo> found =
      overrides_of(context.account.database(), query, *entities);
  const std::string entity = context.request.parameter("entity");
  if (found.empty() && entities->size() == 1 && entities->front() == entity && !entity.empty() &&
      !context.account.database().view().entity(entity, true)) {
    return error_response(400,
                          "INVALID_INPUT",
                          "\"entity\": no entity has the _id or _key \"" + shown_text(entity, 200) +
                              "\", and no override is left of one");
  }
  if (counted) return json_response(count_overrides(found));
  Json::Array list;
  for (std::size_t i = *begin; i < found.size() && i < *begin + *limit; ++i) {
    list.push_back(override_json(found[i]));
  }
  Json out;
  out.set("overrides", std::move(list));
  const bool more = found.size() > *begin + *limit;
  if (more) out.set("endCursor", std::to_string(*begin + *limit));
  return json_response(out);
}

Response overrides(FieldContext& context) {
  return list_overrides(context, false);
}

Response override_counts(FieldContext& context) {
  return list_overrides(context, true);
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
  std::span<const std::string_view> parameters{};
};

constexpr std::string_view kOfWhy[]{"entity", "property"};
constexpr std::string_view kOfOverrides[]{
    "scope", "state", "entity", "property", "limit", "cursor"};
constexpr std::string_view kOfCounts[]{"scope", "state", "entity", "property"};

constexpr std::array kRoutes{
    Route{"POST", "j1ql/validate", "POST /j1ql/validate", validate},
    Route{"POST", "j1ql/optimize", "POST /j1ql/optimize", optimize},
    Route{"GET", "v1/why", "GET /v1/why", why, kOfWhy},
    Route{"GET", "v1/overrides", "GET /v1/overrides", overrides, kOfOverrides},
    Route{"GET", "v1/overrides/counts", "GET /v1/overrides/counts", override_counts, kOfCounts},
    Route{"GET", "v1/summary", "GET /v1/summary", summary},
};

std::string joined(const Path& path) {
  std::string joined;
  for (const std::string& segment : path) {
    joined += (joined.empty() ? "" : "/") + segment;
  }
  return joined;
}

// What is wrong with the names of the parameters, or "".
std::string unknown_parameter(const Request& request, const Route& route) {
  for (const std::string& name : parameter_names(request)) {
    const auto& known = route.parameters;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string names;
    for (const std::string_view one : known) {
      names += (names.empty() ? "" : ", ") + std::string(one);
    }
    return "there is no parameter \"" + shown_text(name, 60) +
           (names.empty() ? "\": this route takes none" : "\": this route takes " + names);
  }
  return {};
}

const Route* route_of(const Path& path) {
  const std::string name = joined(path);
  const auto* const found = std::find_if(
      kRoutes.begin(), kRoutes.end(), [&](const Route& route) { return route.path == name; });
  return found == kRoutes.end() ? nullptr : found;
}

}  // namespace

std::optional<Response> refuse_graph_route(const Request& request, const Path& path) {
  if (is_export(path)) return refuse_export(request, path);
  if (const Route* const route = route_of(path)) {
    if (route->method == request.method) return std::nullopt;
    return wrong_method(route->method == "GET" ? kReads : route->method);
  }
  const std::string name = joined(path);
  if (name == "integrations/ingest" || name == "integrations/action") {
    return error_response(404,
                          "NOT_SERVED",
                          "nothing runs integrations here: upload what yours collects with a sync "
                          "job, POST /persister/synchronization/jobs");
  }
  return error_response(404, "NOT_FOUND", "there is no such route");
}

Response serve_graph(FieldContext& context, const Path& path) {
  if (is_export(path)) return serve_export(context, path);
  const Route* const route = route_of(path);
  // JupiterOne's own routes take whatever clients send along.
  const bool ours = route->path.starts_with("v1/");
  Response response;
  if (const std::string wrong = ours ? unknown_parameter(context.request, *route) : "";
      !wrong.empty()) {
    response = error_response(400, "INVALID_INPUT", wrong);
  } else {
    response = route->serve(context);
  }
  response.route = route->name;
  return response;
}

}  // namespace callisto::server
