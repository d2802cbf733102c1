#include "server/service/export_routes.h"

#include <charconv>
#include <string_view>

#include "server/service/answers.h"

namespace callisto::server {
namespace {

constexpr std::size_t kPageDefault = 1000;
constexpr std::size_t kPageMax = 10'000;

constexpr std::string_view kEntities = "FIND * WITH _id > ${after} AS e ORDER BY e._id LIMIT ";
constexpr std::string_view kRelationships =
    "FIND * THAT RELATES TO >> AS r * WHERE r._id > ${after} RETURN r ORDER BY r._id LIMIT ";

std::optional<std::size_t> limit_of(const Request& request) {
  const std::string text = request.parameter("limit");
  if (text.empty()) return kPageDefault;
  std::size_t limit = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return limit;
}

// A row of a table is {"r": relationship}; of a list, the entity.
Result<Json> flat_row(const std::string& row) {
  CALLISTO_TRY(const Json json, parse_json(row));
  const Json* cell = json.find("r");
  return flattened(cell == nullptr ? json : *cell);
}

Response page(FieldContext& context, std::string_view text) {
  const std::optional<std::size_t> limit = limit_of(context.request);
  if (!limit || *limit == 0) {
    return error_response(400, "INVALID_INPUT", "\"limit\" must be a number of 1 or more");
  }
  // The exporting client halves its limit on 422.
  if (*limit > kPageMax) {
    return error_response(
        422, "LIMIT_EXCEEDED", "\"limit\" must be at most " + std::to_string(kPageMax));
  }
  QueryOptions options;
  options.include_deleted = context.request.flag("includeDeleted");
  options.variables["after"] = context.request.parameter("cursor");
  const Result<std::vector<std::string>> rows =
      context.queries.rows(context.account,
                           std::string(text) + std::to_string(*limit),
                           std::move(options),
                           context.request);
  if (!rows) return engine_error(rows.error());
  Json items(Json::Array{});
  std::string last;
  for (const std::string& row : *rows) {
    Result<Json> flat = flat_row(row);
    if (!flat) return engine_error(flat.error());
    last = flat->text_of("_id");
    items.push(*std::move(flat));
  }
  Json out;
  out.set("items", std::move(items));
  if (rows->size() == *limit) out.set("endCursor", std::move(last));
  return json_response(out);
}

Response raw_data_list(const std::vector<RawDocument>& documents) {
  Json entries(Json::Object{});
  for (const RawDocument& document : documents) {
    Json entry;
    entry.set("contentType", document.content_type);
    entry.set("contentLength", std::uint64_t{document.data.size()});
    entries.set(document.name, entry.set("deleted", false).set("versionId", "latest"));
  }
  Json out;
  return json_response(out.set("entries", std::move(entries)));
}

Response raw_data_body(const std::vector<RawDocument>& documents, const std::string& name) {
  for (const RawDocument& document : documents) {
    if (document.name != name) continue;
    Response response;
    // Never as a page of this origin: what clients stored may hold scripts.
    if (!document.is_json()) response.content_type = "text/plain; charset=utf-8";
    response.body = document.data;
    return response;
  }
  return error_response(404, "NOT_FOUND", "the entity has no raw data of that name");
}

}  // namespace

std::optional<Response> serve_export(FieldContext& context, const std::vector<std::string>& path) {
  const bool listed = path.size() == 1 && (path[0] == "entities" || path[0] == "relationships");
  const bool of_entity = path.size() >= 3 && path[0] == "entities" && path[2] == "raw-data";
  if (!listed && !of_entity) return std::nullopt;
  if (context.request.method != "GET") {
    return error_response(405, "METHOD_NOT_ALLOWED", "this route takes GET only");
  }
  if (listed) {
    const bool entities = path[0] == "entities";
    Response response = page(context, entities ? kEntities : kRelationships);
    response.route = entities ? "GET /entities" : "GET /relationships";
    return response;
  }
  const Result<std::vector<RawDocument>> documents =
      context.account.database().raw_data(path[1], context.request.parameter("source"));
  Response response;
  if (!documents) {
    response = engine_error(documents.error());
  } else if (path.size() == 3) {
    response = raw_data_list(*documents);
  } else if (path.size() == 6 && path[4] == "versions" && path[5] == "latest") {
    response = raw_data_body(*documents, path[3]);
  } else {
    response = error_response(
        404, "NOT_FOUND", "only the latest version is kept: raw-data/{name}/versions/latest");
  }
  response.route = "GET /entities/{id}/raw-data";
  return response;
}

}  // namespace callisto::server
