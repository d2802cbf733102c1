// Entities and relationships by filters, what is around them, and how many there are. Texts of
// queries are constants; what the client gives is a variable.
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

constexpr std::size_t kVerticesDefault = 50;
constexpr std::size_t kVerticesMax = 250;
constexpr std::size_t kNeighborsMax = 10'000;
constexpr int kDepthMax = 5;

// The conditions of VertexFilters, with the options that hold their values.
struct Search {
  std::vector<std::string> conditions{};
  std::string word = " AND ";
  QueryOptions options{};

  [[nodiscard]] std::string condition() const {
    std::string text;
    for (const std::string& one : conditions) {
      text += (text.empty() ? "" : word) + one;
    }
    return text;
  }

  // Adds " WITH a = ${p0} AND ...", `more` as well.
  [[nodiscard]] std::string find(const std::string& more = "") const {
    std::string text = condition();
    if (!more.empty()) text = text.empty() ? more : "(" + text + ") AND " + more;
    return text.empty() ? "FIND *" : "FIND * WITH " + text;
  }

  Status add(const std::string& property, const Json& value) {
    CALLISTO_TRY(Value wanted, to_value(value));
    if (is_null(wanted)) return {};
    const std::string name = "p" + std::to_string(conditions.size());
    conditions.push_back(property + " = ${" + name + "}");
    options.variables[name] = std::move(wanted);
    return {};
  }

  // All of them, or one of them, as `word` says.
  Status add_classes(const Json& classes) {
    if (classes.array() == nullptr) return add("_class", classes);
    for (const Json& name : *classes.array()) {
      if (Status added = add("_class", name); !added) return added;
    }
    return {};
  }
};

Result<Search> search_of(const Json& arguments) {
  Search search;
  // The documentation writes it as a word and as a string.
  const std::string type = arguments.text_of("filterType");
  if (!type.empty() && type != "AND" && type != "OR") {
    return fail(ErrorCode::InvalidInput, "\"filterType\" must be AND or OR");
  }
  if (type == "OR") search.word = " OR ";
  if (const Json* filters = arguments.find("filters")) {
    for (const char* property : {"_id", "_key", "_type"}) {
      const Json* value = filters->find(property);
      if (value == nullptr) continue;
      if (Status added = search.add(property, *value); !added) {
        return tl::make_unexpected(std::move(added).error());
      }
    }
    if (const Json* classes = filters->find("_class"); classes != nullptr && !classes->is_null()) {
      if (Status added = search.add_classes(*classes); !added) {
        return tl::make_unexpected(std::move(added).error());
      }
    }
  }
  const Json* properties = arguments.find("propertyFilters");
  if (properties == nullptr || properties->is_null()) return search;
  if (!properties->is_object()) {
    return fail(ErrorCode::InvalidInput, "\"propertyFilters\" must be an object");
  }
  ScopeFilter& filter = search.options.scope_filters.emplace_back();
  for (const JsonMember& member : *properties->object()) {
    CALLISTO_TRY(filter[member.name], to_value(member.value));
  }
  return search;
}

// An object as the schema has it, with numbers for times; null when it was deleted meanwhile.
Json object_of(const Result<std::string>& text, const char* part) {
  if (!text) return {};
  Result<Json> object = parse_json(*text);
  if (!object) return {};
  if (const Json* core = object->find(part)) {
    Json marked = *core;  // Only live objects are found, so each is the latest.
    object->set(part, marked.set("_latest", true));
  }
  return *std::move(object);
}

Json vertex_json(FieldContext& context, const std::string& id) {
  return object_of(context.account.database().view().entity(id), "entity");
}

Json edge_json(FieldContext& context, const std::string& id) {
  return object_of(context.account.database().view().relationship(id), "relationship");
}

// The `id` of each row of a table. Errors: those of the query.
Result<std::vector<std::string>> ids_of(FieldContext& context,
                                        const std::string& text,
                                        const QueryOptions& options) {
  CALLISTO_TRY(std::vector<std::string> rows, QueryService::rows(asker_of(context), text, options));
  for (std::string& row : rows) {
    CALLISTO_TRY(const Json json, parse_json(row));
    row = json.text_of("id");
  }
  return rows;
}

Result<Json> vertex(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Search search, search_of(arguments));
  std::string id;
  if (const Json* given = arguments.find("id"); given != nullptr && !given->is_null()) {
    search.options.variables["id"] = *given->text();
    id = "_id = ${id}";
  }
  if (id.empty() && search.conditions.empty() && search.options.scope_filters.empty()) {
    return fail(ErrorCode::InvalidInput, "vertex needs an id, or filters that say something");
  }
  CALLISTO_TRY(
      const std::vector<std::string> ids,
      ids_of(context, search.find(id) + " AS x RETURN x._id AS id LIMIT 1", search.options));
  return ids.empty() ? Json() : vertex_json(context, ids.front());
}

// `limit`, which an older form calls `size`. Errors: InvalidInput.
Result<std::size_t> limit_of(const Json& arguments) {
  for (const char* name : {"limit", "size"}) {
    const Json* limit = arguments.find(name);
    if (limit == nullptr || limit->number() == nullptr) continue;
    if (!(*limit->number() >= 1 && *limit->number() <= static_cast<double>(kVerticesMax))) {
      return fail(ErrorCode::InvalidInput,
                  "\"limit\" must be a value between 1 and " + std::to_string(kVerticesMax));
    }
    return static_cast<std::size_t>(*limit->number());
  }
  return kVerticesDefault;
}

Result<std::uint64_t> count_of(FieldContext& context, const Search& search) {
  CALLISTO_TRY(
      const std::vector<std::string> rows,
      QueryService::rows(
          asker_of(context), search.find() + " AS x RETURN COUNT(x) AS count", search.options));
  if (rows.empty()) return std::uint64_t{0};
  CALLISTO_TRY(const Json row, parse_json(rows.front()));
  return static_cast<std::uint64_t>(*row.find("count")->number());
}

// By `_id`, so that a page is told by the last one before it, whatever is written meanwhile.
Result<Json> list_vertices(FieldContext& context, const Json& arguments) {
  for (const char* name : {"search", "sort"}) {
    const Json* given = arguments.find(name);
    if (given != nullptr && !given->is_null()) {
      return fail(ErrorCode::InvalidInput,
                  "the argument \"" + std::string(name) +
                      "\" of listVerticesV2 is not served here: ask with queryV1");
    }
  }
  CALLISTO_TRY(Search search, search_of(arguments));
  CALLISTO_TRY(const std::size_t limit, limit_of(arguments));
  CALLISTO_TRY(const std::uint64_t total, count_of(context, search));
  std::string after = arguments.text_of("cursor");
  if (after.empty()) after = arguments.text_of("after");
  if (!after.empty()) search.options.variables["after"] = after;
  CALLISTO_TRY(
      const std::vector<std::string> ids,
      ids_of(context,
             search.find(after.empty() ? "" : "_id > ${after}") +
                 " AS x RETURN x._id AS id ORDER BY x._id LIMIT " + std::to_string(limit + 1),
             search.options));
  Json vertices(Json::Array{});
  for (std::size_t i = 0; i < std::min(limit, ids.size()); ++i) {
    Json vertex = vertex_json(context, ids[i]);
    if (!vertex.is_null()) vertices.push(std::move(vertex));
  }
  const bool more = ids.size() > limit;
  const Json last = more ? Json(ids[limit - 1]) : Json();
  Json info;
  info.set("endCursor", last).set("hasNextPage", more);
  Json out;
  out.set("vertices", std::move(vertices)).set("total", total).set("pageInfo", std::move(info));
  return out.set("cursor", last);
}

Result<Json> entity_count(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Search search, search_of(arguments));
  CALLISTO_TRY(const std::uint64_t count, count_of(context, search));
  return Json(count);
}

Json counts(const std::vector<NamedCount>& named) {
  Json out(Json::Object{});
  for (const NamedCount& one : named) {
    out.set(one.name, one.count);
  }
  return out;
}

// Of the entities that pass the filters, how many there are of each type.
Result<Json> type_counts(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Search search, search_of(arguments));
  if (const Json* classes = arguments.find("classes"); classes != nullptr && !classes->is_null()) {
    if (Status added = search.add_classes(*classes); !added) {
      return tl::make_unexpected(std::move(added).error());
    }
  }
  if (search.conditions.empty()) return counts(context.account.database().types());
  CALLISTO_TRY(const std::vector<std::string> rows,
               QueryService::rows(asker_of(context),
                                  search.find() + " AS x RETURN x._type AS type, COUNT(x) AS count "
                                                  "ORDER BY count DESC",
                                  search.options));
  Json out(Json::Object{});
  for (const std::string& text : rows) {
    CALLISTO_TRY(const Json row, parse_json(text));
    const Json* type = row.find("type");
    if (type->array() != nullptr && !type->array()->empty()) type = &type->array()->front();
    if (type->text() != nullptr) out.set(*type->text(), *row.find("count"));
  }
  return out;
}

Result<Json> all_counts(FieldContext& context, const Json& /*arguments*/) {
  Json out;
  out.set("typeCounts", counts(context.account.database().types()));
  return out.set("classCounts", counts(context.account.database().classes()));
}

Result<Json> entity_counts(FieldContext& context, const Json& /*arguments*/) {
  Json out;
  out.set("classes", counts(context.account.database().classes()));
  return out.set("types", counts(context.account.database().types()));
}

// One row for each property and kind.
Result<Json> query_properties(FieldContext& context, const Json& arguments) {
  const std::string entity = arguments.text_of("entity");
  Json out(Json::Array{});
  for (const PropertySummary& property : context.account.database().properties(entity)) {
    for (const NamedCount& kind : property.counts) {
      Json row;
      row.set("id", entity + "|" + property.name + "|" + kind.name);
      row.set("accountId", context.account.id());
      row.set("entity", entity.empty() ? Json() : Json(entity)).set("name", property.name);
      out.push(row.set("valueType", kind.name).set("count", kind.count));
    }
  }
  return out;
}

// The `_id` of the first relationship that passes the filters; "" for none.
Result<std::string> edge_id(FieldContext& context, const Json& arguments) {
  Search search;
  const std::string label = arguments.text_of("label");
  if (!label.empty()) {
    if (Status added = search.add("r.displayName", label); !added) {
      return tl::make_unexpected(std::move(added).error());
    }
  }
  if (const Json* filters = arguments.find("filters")) {
    for (const char* property : {"_id", "_key", "_type", "_class"}) {
      const Json* value = filters->find(property);
      if (value == nullptr) continue;
      if (Status added = search.add("r." + std::string(property), *value); !added) {
        return tl::make_unexpected(std::move(added).error());
      }
    }
  }
  const std::string id = arguments.text_of("id");
  if (!id.empty()) {
    if (Status added = search.add("r._id", id); !added) {
      return tl::make_unexpected(std::move(added).error());
    }
    if (search.conditions.size() == 1) return id;
  }
  if (search.conditions.empty()) {
    return fail(ErrorCode::InvalidInput,
                "edge needs an id, a label, or filters that say something");
  }
  CALLISTO_TRY(const std::vector<std::string> ids,
               ids_of(context,
                      "FIND * THAT RELATES TO AS r * WHERE " + search.condition() +
                          " RETURN r._id AS id LIMIT 1",
                      search.options));
  return ids.empty() ? std::string() : ids.front();
}

Result<Json> edge(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const std::string id, edge_id(context, arguments));
  if (id.empty()) return Json();
  CALLISTO_TRY([[maybe_unused]] const Json found, edge_of(context, id));
  return edge_json(context, id);
}

// What lies within `depth` steps of an entity, whatever the direction. Without the entity itself.
class Neighborhood {
 public:
  Neighborhood(FieldContext& context, const std::string& id) : context_(context), frontier_{id} {
    seen_.insert(id);
  }

  Status step() {
    QueryOptions options;
    List ids;
    for (const std::string& id : frontier_) {
      ids.emplace_back(id);
    }
    options.variables["ids"] = std::move(ids);
    CALLISTO_TRY(const std::string text,
                 QueryService::tree(asker_of(context_),
                                    "FIND * WITH _id = ${ids} THAT RELATES TO * RETURN TREE",
                                    std::move(options)));
    CALLISTO_TRY(const Json tree, parse_json(text));
    frontier_.clear();
    for (const Json& vertex : *tree.find("vertices")->array()) {
      const std::string id = vertex.text_of("id");
      if (!seen_.insert(id).second) continue;
      frontier_.push_back(id);
      Json object = vertex_json(context_, id);
      if (!object.is_null()) vertices_.push(std::move(object));
    }
    for (const Json& edge : *tree.find("edges")->array()) {
      const std::string id = edge.text_of("id");
      if (!seen_edges_.insert(id).second) continue;
      Json object = edge_json(context_, id);
      if (!object.is_null()) edges_.push(std::move(object));
    }
    if (seen_.size() + seen_edges_.size() <= kNeighborsMax) return {};
    return fail(ErrorCode::LimitExceeded,
                "there are more than " + std::to_string(kNeighborsMax) +
                    " neighbors and edges so near: ask for a smaller depth, or with queryV1");
  }

  [[nodiscard]] bool is_complete() const { return frontier_.empty(); }

  Json take() {
    Json out;
    return out.set("vertices", std::move(vertices_)).set("edges", std::move(edges_));
  }

 private:
  FieldContext& context_;
  std::vector<std::string> frontier_;
  std::set<std::string> seen_;
  std::set<std::string> seen_edges_;
  Json vertices_{Json::Array{}};
  Json edges_{Json::Array{}};
};

Result<Json> neighbors(FieldContext& context, const std::string& id, int depth) {
  Neighborhood found(context, id);
  for (int i = 0; i < depth && !found.is_complete(); ++i) {
    if (Status stepped = found.step(); !stepped) {
      return tl::make_unexpected(std::move(stepped).error());
    }
  }
  return found.take();
}

constexpr std::array kFields{
    FieldEntry{"vertex", vertex},
    FieldEntry{"listVerticesV2", list_vertices},
    FieldEntry{"listVertices", list_vertices},
    FieldEntry{"edge", edge},
    FieldEntry{"entityCount", entity_count},
    FieldEntry{"typeCounts", type_counts},
    FieldEntry{"allEntityCounts", all_counts},
    FieldEntry{"getEntityCounts", entity_counts},
    FieldEntry{"queryProperties", query_properties},
};

}  // namespace

std::span<const FieldEntry> vertex_fields() {
  return kFields;
}

std::optional<Result<Json>> nested_field(FieldContext& context,
                                         std::string_view type,
                                         const std::string& field,
                                         const Json& object,
                                         const Json& arguments) {
  if (type != "Vertex") return std::nullopt;
  const std::string id = object.text_of("id");
  if (field == "edges") {
    Result<Json> around = neighbors(context, id, 1);
    if (!around) return around;
    return Result<Json>(*around->find("edges"));
  }
  if (field != "neighbors") return std::nullopt;
  const Json* given = arguments.find("depth");
  const double depth = given == nullptr || given->number() == nullptr ? 1 : *given->number();
  if (!(depth >= 1 && depth <= kDepthMax)) {
    return Result<Json>(
        fail(ErrorCode::InvalidInput,
             "\"depth\" must be a value between 1 and " + std::to_string(kDepthMax)));
  }
  return neighbors(context, id, static_cast<int>(depth));
}

}  // namespace callisto::server
