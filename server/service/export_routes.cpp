#include "server/service/export_routes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <callisto/number_text.h>

#include "server/service/answers.h"

namespace callisto::server {
namespace {

constexpr std::size_t kPageDefault = 1000;
constexpr std::size_t kPageMax = 10'000;

std::optional<std::size_t> limit_of(const Request& request) {
  const std::string text = request.parameter("limit");
  if (text.empty()) return kPageDefault;
  return number_from<std::size_t>(text);
}

// Where a page begins, and in which graph: "e.<generation>.<version>.<place>", `r` for
// relationships.
struct Cursor {
  GraphView view;
  std::uint64_t begin = 0;
};

std::string cursor_text(const Account& account,
                        char kind,
                        const GraphView& view,
                        std::uint64_t at) {
  return fmt::format("{}.{}.{}.{}", kind, account.opened_as(), view.version(), at);
}

// "12.34" -> 12 and 34.
std::optional<std::pair<std::uint64_t, std::uint64_t>> two_numbers(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto first = number_from<std::uint64_t>(text.substr(0, dot));
  const auto second = number_from<std::uint64_t>(text.substr(dot + 1));
  if (!first || !second) return std::nullopt;
  return std::pair(*first, *second);
}

// Errors: InvalidInput when no page gave it, NotFound when its graph version is gone.
Result<Cursor> cursor_of(Account& account, char kind, std::string_view text) {
  GraphView now = account.database().view();
  if (text.empty()) return Cursor{.view = std::move(now)};
  const std::string head = fmt::format("{}.", kind);
  const std::size_t dot = text.find('.', head.size());
  const auto numbers = text.starts_with(head) && dot != std::string_view::npos
                           ? two_numbers(text.substr(dot + 1))
                           : std::nullopt;
  if (!numbers) return fail(ErrorCode::InvalidInput, "this cursor is none that this route gave");
  if (text.substr(head.size(), dot - head.size()) == account.opened_as()) {
    if (numbers->first == now.version()) return Cursor{std::move(now), numbers->second};
    if (std::optional<GraphView> pinned = account.views().find(numbers->first)) {
      return Cursor{*std::move(pinned), numbers->second};
    }
  }
  return fail(
      ErrorCode::NotFound,
      "the graph version of this cursor is not kept any more: begin again without a cursor");
}

Response page(FieldContext& context, char kind) {
  const std::optional<std::size_t> limit = limit_of(context.request);
  if (!limit || *limit == 0) {
    return error_response(400, "INVALID_INPUT", "\"limit\" must be a number of 1 or more");
  }
  const std::string deleted = context.request.parameter("includeDeleted");
  constexpr std::array<std::string_view, 5> kFlags{"", "true", "false", "1", "0"};
  if (std::find(kFlags.begin(), kFlags.end(), deleted) == kFlags.end()) {
    return error_response(400, "INVALID_INPUT", "\"includeDeleted\" must be true or false");
  }
  // The exporting client halves its limit on 422.
  if (*limit > kPageMax) {
    return error_response(
        422, "LIMIT_EXCEEDED", "\"limit\" must be at most " + std::to_string(kPageMax));
  }
  const Result<Cursor> cursor =
      cursor_of(context.account, kind, context.request.parameter("cursor"));
  if (!cursor) return engine_error(cursor.error());
  const ServiceLimits& limits = context.queries.limits();
  const ObjectsRequest wanted{.begin = cursor->begin,
                              .limit = *limit,
                              .bytes_max = limits.result_bytes_max,
                              .include_deleted = context.request.flag("includeDeleted")};
  const ObjectsPage found =
      kind == 'e' ? cursor->view.entities(wanted) : cursor->view.relationships(wanted);
  Json items(Json::Array{});
  for (const std::string& object : found.objects) {
    if (Status going = context.allowance.check(); !going) return engine_error(going.error());
    const Result<Json> json = parse_json(object);
    if (!json) return engine_error(json.error());
    items.push(Json::Raw{to_text(flattened(*json))});  // A tenth of the tree.
  }
  Json out;
  out.set("items", std::move(items));
  if (found.next) {
    context.account.views().pin(cursor->view, limits.results_kept_ms);
    out.set("endCursor", cursor_text(context.account, kind, cursor->view, *found.next));
  }
  return json_response(out);
}

// Null: not known.
Json time_json(std::int64_t time_ms) {
  return time_ms == 0 ? Json() : Json(time_ms);
}

Response raw_data_list(const std::vector<RawDocument>& documents) {
  Json entries(Json::Object{});
  for (const RawDocument& document : documents) {
    Json entry;
    entry.set("beginOn", time_json(document.begin_at_ms));
    entry.set("contentType", document.content_type);
    entry.set("contentLength", std::uint64_t{document.data.size()});
    entry.set("createdOn", time_json(document.created_at_ms));
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

bool is_listed(const std::vector<std::string>& path) {
  return path.size() == 1 && (path[0] == "entities" || path[0] == "relationships");
}

}  // namespace

bool is_export(const std::vector<std::string>& path) {
  return is_listed(path) || (path.size() >= 3 && path[0] == "entities" && path[2] == "raw-data");
}

std::optional<Response> refuse_export(const Request& request,
                                      const std::vector<std::string>& path) {
  const bool latest = path.size() == 6 && path[4] == "versions" && path[5] == "latest";
  if (!is_listed(path) && path.size() != 3 && !latest) {
    return error_response(
        404, "NOT_FOUND", "only the latest version is kept: raw-data/{name}/versions/latest");
  }
  if (request.method == "GET") return std::nullopt;
  return wrong_method(kReads);
}

Response serve_export(FieldContext& context, const std::vector<std::string>& path) {
  if (is_listed(path)) {
    const bool entities = path[0] == "entities";
    Response response = page(context, entities ? 'e' : 'r');
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
  } else {
    response = raw_data_body(*documents, path[3]);
  }
  response.route = path.size() == 3 ? "GET /entities/{id}/raw-data"
                                    : "GET /entities/{id}/raw-data/{name}/versions/latest";
  return response;
}

}  // namespace callisto::server
