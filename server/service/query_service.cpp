#include "server/service/query_service.h"

#include <algorithm>

#include <fmt/format.h>

#include <callisto/editing.h>
#include <callisto/number_text.h>
#include <callisto/value_view.h>

#include "server/service/answers.h"
#include "server/service/csv.h"

namespace callisto::server {
namespace {

constexpr std::size_t kPageRows = 250;
constexpr std::size_t kLargePageRows = 2'000;  // With variableResultSize.
constexpr std::size_t kCursorBytesMax = 100;
constexpr std::size_t kScopeFiltersMax = 100;

const char* type_name(ResultType type) {
  switch (type) {
    case ResultType::List:
      return "list";
    case ResultType::Table:
      return "table";
    case ResultType::Tree:
      return "tree";
  }
  return "list";
}

// Where the client finds this server: a proxy in front may say that it is reached by https.
std::string origin_of(const Request& request) {
  const bool secure = request.secure || request.header("x-forwarded-proto") == "https";
  return fmt::format("{}://{}", secure ? "https" : "http", request.header("host"));
}

std::string cursor_text(const std::string& name, std::size_t page) {
  return name + "." + std::to_string(page);
}

// What the aliases of the row stand for, when it was asked for and the row is a path.
void append_row_metadata(std::string& out, const RowBatch& batch, std::size_t row) {
  static constexpr std::string_view kLabel = R"(,"_meta":)";
  out += kLabel;
  const std::size_t before = out.size();
  batch.append_metadata(out, row);
  if (out.size() == before) out.resize(before - kLabel.size());
}

// A vertex of a list, or a row of a table as an object.
void append_row(std::string& out,
                const RowBatch& batch,
                std::size_t row,
                bool list,
                const std::vector<std::string>& labels) {
  if (list) {
    batch.append_json(out, row, 0);
    return;
  }
  for (std::size_t column = 0; column < labels.size(); ++column) {
    if (labels[column].empty()) continue;
    out += labels[column];
    batch.append_json(out, row, column);
  }
  append_row_metadata(out, batch, row);
  out += '}';
}

// Rows as JSON, cut into pages.
class Pages {
 public:
  Pages(std::size_t rows_per_page, Allowance& allowance)
      : rows_per_page_(rows_per_page), allowance_(allowance) {}

  Status add(const RowBatch& batch,
             const std::vector<std::string>& labels,
             bool list,
             QueryResult& result) {
    const std::size_t before = bytes_ + page_.size();
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (rows_in_page_ == rows_per_page_) close();
      page_ += rows_in_page_ == 0 ? '[' : ',';
      append_row(page_, batch, row, list, labels);
      ++rows_in_page_;
      ++total_;
      if (Status fits = allowance_.fits(bytes_ + page_.size()); !fits) return fits;
    }
    return result.keep(bytes_ + page_.size() - before);
  }

  std::vector<std::string> take() {
    if (rows_in_page_ > 0 || pages_.empty()) close();
    return std::move(pages_);
  }

  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  void close() {
    page_ += rows_in_page_ == 0 ? "[]" : "]";
    bytes_ += page_.size();
    pages_.push_back(std::move(page_));
    page_.clear();
    rows_in_page_ = 0;
  }

  std::size_t rows_per_page_;
  Allowance& allowance_;
  std::vector<std::string> pages_;
  std::string page_;
  std::size_t rows_in_page_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t total_ = 0;
};

Result<std::map<std::string, Value>> variables_of(const Json& arguments) {
  std::map<std::string, Value> variables;
  const Json* given = arguments.find("variables");
  if (given == nullptr || given->is_null()) return variables;
  if (!given->is_object()) {
    return fail(ErrorCode::InvalidInput, "\"variables\" must be an object");
  }
  for (const JsonMember& member : *given->object()) {
    const Result<Value> value = to_value(member.value);
    if (!value) {
      return fail(ErrorCode::InvalidInput,
                  "variable \"" + member.name + "\": " + value.error().message);
    }
    variables[member.name] = *value;
  }
  return variables;
}

// [{"_type":["a","b"],"region":"x"}, ..]: an entity must pass one of them.
Result<std::vector<ScopeFilter>> scope_filters_of(const Json& arguments) {
  std::vector<ScopeFilter> filters;
  const Json* given = arguments.find("scopeFilters");
  if (given == nullptr || given->array() == nullptr) return filters;
  if (given->array()->size() > kScopeFiltersMax) {
    return fail(ErrorCode::LimitExceeded,
                fmt::format("a query takes at most {} scopeFilters", kScopeFiltersMax));
  }
  for (const Json& filter : *given->array()) {
    if (!filter.is_object()) {
      return fail(ErrorCode::InvalidInput, "each of \"scopeFilters\" must be an object");
    }
    ScopeFilter& one = filters.emplace_back();
    for (const JsonMember& member : *filter.object()) {
      Result<Value> value = to_value(member.value);
      if (!value) {
        return fail(ErrorCode::InvalidInput,
                    "scopeFilters, \"" + member.name + "\": " + value.error().message);
      }
      one[member.name] = *std::move(value);
    }
  }
  return filters;
}

bool flag_of(const Json& arguments, std::string_view name) {
  const Json* flags = arguments.find("flags");
  return flags != nullptr && flags->is_set(name);
}

// Whether a text has "limit" with a number behind it, as clients look for it.
bool says_limit(std::string_view text) {
  static constexpr std::string_view kLimit = "limit";
  for (std::size_t at = 0; at + kLimit.size() < text.size(); ++at) {
    if (!same_name(text.substr(at, kLimit.size()), kLimit)) continue;
    const std::size_t digit = text.find_first_not_of(" \t\r\n", at + kLimit.size());
    const bool apart = digit != std::string_view::npos && digit > at + kLimit.size();
    if (apart && text[digit] >= '0' && text[digit] <= '9') return true;
  }
  return false;
}

// Rows of a list or a table; a tree has none.
Json total_of(const StoredResult& stored) {
  return stored.type == "tree" ? Json() : Json(stored.total);
}

// The answer of a tree without the {"type":"tree","data":...} around it.
Result<std::string> tree_of(QueryResult& result, const Allowance& allowance) {
  static constexpr std::string_view kHead = R"({"type":"tree","data":)";
  std::string document;
  if (Status written = result.write_json(document); !written) {
    return tl::make_unexpected(with_hints(written.error()));
  }
  if (Status fits = allowance.fits(document.size()); !fits) {
    return tl::make_unexpected(std::move(fits).error());
  }
  document.pop_back();
  return document.erase(0, kHead.size());
}

std::vector<std::string> messages_of(const std::vector<Warning>& warnings) {
  std::vector<std::string> messages;
  for (const Warning& warning : warnings) {
    std::string& message = messages.emplace_back(warning.message);
    for (const std::string& hint : warning.hints) {
      message += " " + hint;
    }
  }
  return messages;
}

// Null when there is none.
Json messages_of(const StoredResult& stored) {
  if (stored.messages.empty()) return {};
  Json::Array messages;
  for (const std::string& message : stored.messages) {
    messages.emplace_back(message);
  }
  return Json(std::move(messages));
}

// O-30. The values of the schema's enum.
LayerView layer_of(const Json& arguments) {
  const std::string layer = arguments.text_of("layer");
  // INTEGRATION is what BASE was called before.
  if (layer == "BASE" || layer == "INTEGRATION") return LayerView::Integration;
  return layer == "MUTATION" ? LayerView::Mutation : LayerView::Effective;
}

Result<QueryOptions> options_of(const Asker& asker, const Json& arguments) {
  QueryOptions options;
  asker.allowance.apply(options);
  options.include_deleted = arguments.is_set("includeDeleted");
  options.layer = layer_of(arguments);
  CALLISTO_TRY(options.variables, variables_of(arguments));
  CALLISTO_TRY(options.scope_filters, scope_filters_of(arguments));
  options.row_metadata = flag_of(arguments, "rowMetadata") || arguments.is_set("returnRowMetadata");
  return options;
}

}  // namespace

Result<StoredResult> QueryService::run(const Asker& asker,
                                       const std::string& text,
                                       const Json& arguments) {
  CALLISTO_TRY(const QueryOptions options, options_of(asker, arguments));
  Result<QueryResult> result = asker.account.run(text, options);
  if (!result) return tl::make_unexpected(with_hints(result.error()));
  StoredResult stored;
  stored.account = asker.account.id();
  stored.type = type_name(result->type());
  stored.messages = messages_of(result->warnings());
  const bool csv = arguments.text_of("deferredFormat") == "CSV";
  if (result->type() == ResultType::Tree && csv) {
    return fail(ErrorCode::InvalidInput,
                "a tree has no CSV form: RETURN properties instead of TREE, or ask for JSON");
  }
  if (result->type() == ResultType::Tree) {
    CALLISTO_TRY(std::string data, tree_of(*result, asker.allowance));
    stored.pages.push_back(std::move(data));
    return stored;
  }
  const bool list = result->type() == ResultType::List;
  const bool large = flag_of(arguments, "variableResultSize");
  // A client that takes pages of any size takes none after the first when it has said LIMIT.
  const bool whole = large && says_limit(text);
  Pages pages(csv     ? 1  // Which is read row by row.
              : whole ? asker.allowance.bytes_left()
              : large ? kLargePageRows
                      : kPageRows,
              asker.allowance);
  const std::vector<std::string> labels = json_labels(result->columns());
  while (true) {
    const Result<const RowBatch*> batch = result->next();
    if (!batch) return tl::make_unexpected(with_hints(batch.error()));
    if (*batch == nullptr) break;
    if (Status added = pages.add(**batch, labels, list, *result); !added) {
      return tl::make_unexpected(with_hints(added.error()));
    }
  }
  stored.pages = pages.take();
  stored.total = pages.total();
  if (csv) {
    CALLISTO_TRY(const std::string document,
                 csv_of(stored.pages, list, result->columns(), asker.allowance));
    stored.pages.assign(1, document);
    stored.csv = true;
  }
  return stored;
}

Result<QueryService::Page> QueryService::page_of(const Account& account,
                                                 const std::string& cursor) const {
  const std::size_t dot = cursor.find('.');
  const auto page = dot == std::string::npos || cursor.size() > kCursorBytesMax
                        ? std::nullopt
                        : number_from<std::size_t>(std::string_view(cursor).substr(dot + 1));
  const StoredResultPtr stored = results_.find(std::string_view(cursor).substr(0, dot));
  if (!page || stored == nullptr || stored->account != account.id() ||
      *page >= stored->pages.size()) {
    return fail(ErrorCode::NotFound,
                "this cursor is not known or has expired: ask again from the first page");
  }
  return Page{.stored = stored, .name = cursor.substr(0, dot), .number = *page};
}

Json QueryService::deferred(const std::string& name,
                            std::size_t page,
                            const Request& request) const {
  Json out;
  out.set("type", "deferred").set("data", Json());
  out.set("url", fmt::format("{}/deferred/{}/{}/state.json", origin_of(request), name, page));
  out.set("totalCount", Json()).set("cursor", Json());
  return out.set("correlationId", request.id);
}

Result<QueryService::Page> QueryService::first_page(const Asker& asker,
                                                    const Json& arguments,
                                                    bool deferred) {
  CALLISTO_TRY(StoredResult fresh, run(asker, arguments.text_of("query"), arguments));
  const bool kept = deferred || fresh.pages.size() > 1;
  Page page;
  page.stored = std::make_shared<const StoredResult>(std::move(fresh));
  if (!kept) return page;
  if (deferred) {  // As if it stood in the answer.
    if (Status fits = asker.allowance.keep(page.stored->bytes()); !fits) {
      return tl::make_unexpected(std::move(fits).error());
    }
  }
  page.name = results_.add(page.stored);
  return page;
}

Result<Json> QueryService::query_v1(const Asker& asker, const Json& arguments) {
  if (arguments.is_set("dryRun")) {
    if (Status good = asker.account.check(arguments.text_of("query")); !good) {
      return tl::make_unexpected(with_hints(good.error()));
    }
    Json out;
    return out.set("correlationId", asker.request.id);
  }
  const bool csv = arguments.text_of("deferredFormat") == "CSV";
  const bool deferred = csv || arguments.text_of("deferredResponse") == "FORCE";
  const std::string cursor = arguments.text_of("cursor");  // Empty means the first page.
  CALLISTO_TRY(
      const Page page,
      cursor.empty() ? first_page(asker, arguments, deferred) : page_of(asker.account, cursor));
  if (deferred) return this->deferred(page.name, page.number, asker.request);
  const StoredResult& stored = *page.stored;
  Json out;
  out.set("type", stored.type).set("data", Json::Raw{stored.pages[page.number]});
  out.set("url", Json()).set("totalCount", total_of(stored));
  const bool more = page.number + 1 < stored.pages.size();
  out.set("cursor", more ? Json(cursor_text(page.name, page.number + 1)) : Json());
  out.set("messages", messages_of(stored));
  return out.set("correlationId", asker.request.id);
}

Result<Json> QueryService::query_v2(const Asker& asker, const Json& arguments) {
  Json deferred_arguments = arguments;
  deferred_arguments.set("deferredResponse", "FORCE");
  return query_v1(asker, deferred_arguments);
}

Result<Json> QueryService::query_graph(const Asker& asker, const Json& arguments) {
  const std::string text = arguments.text_of("query");
  const std::string with_tree = text + "\nRETURN TREE";  // A comment may end the text.
  const bool says_none = asker.account.check(with_tree).has_value();
  CALLISTO_TRY(const StoredResult stored, run(asker, says_none ? with_tree : text, arguments));
  if (stored.type == "tree") return parse_json(stored.pages[0]);
  return fail(ErrorCode::InvalidInput,
              "queryGraph answers vertices and edges: leave RETURN out, or say RETURN TREE");
}

Response QueryService::serve_deferred(const Request& request,
                                      const std::vector<std::string>& path) {
  const auto page = path.size() == 3 ? number_from<std::size_t>(path[1]) : std::nullopt;
  const StoredResultPtr stored = page ? results_.find(path[0]) : nullptr;
  Response response = error_response(404, "NOT_FOUND", "this answer is not known or has expired");
  if (stored != nullptr && *page < stored->pages.size()) {
    const std::string base = fmt::format("{}/deferred/{}/{}/", origin_of(request), path[0], *page);
    const bool more = *page + 1 < stored->pages.size();
    Json body;
    if (path[2] == "state.json") {
      body.set("status", "COMPLETED").set("correlationId", path[0]);
      body.set("url", base + (stored->csv ? "results.csv" : "results.json"));
    }
    if (stored->csv && path[2] == "results.csv") {
      response = {.status = 200, .content_type = "text/csv", .body = stored->pages[*page]};
    } else if (path[2] == "state.json" || (path[2] == "results.json" && !stored->csv)) {
      body.set("type", stored->type);
      if (!stored->csv) body.set("data", Json::Raw{stored->pages[*page]});
      body.set("totalCount", total_of(*stored));
      if (!stored->messages.empty()) body.set("messages", messages_of(*stored));
      // The key is left out on the last page: one client goes on as long as it is there.
      if (more) body.set("cursor", cursor_text(path[0], *page + 1));
      response = json_response(body);
    }
  }
  response.route = "GET /deferred/{name}/{page}/{document}";
  return response;
}

Result<std::vector<std::string>> QueryService::rows(const Asker& asker,
                                                    std::string_view text,
                                                    QueryOptions options) {
  asker.allowance.apply(options);
  options.revisit_vertices = true;
  CALLISTO_TRY(QueryResult result, asker.account.run(text, options));
  const std::vector<std::string> labels = json_labels(result.columns());
  const bool list = result.type() == ResultType::List;
  std::vector<std::string> rows;
  std::size_t bytes = 0;
  while (true) {
    CALLISTO_TRY(const RowBatch* const batch, result.next());
    if (batch == nullptr) return rows;
    for (std::size_t row = 0; row < batch->rows(); ++row) {
      append_row(rows.emplace_back(), *batch, row, list, labels);
      bytes += rows.back().size();
    }
    if (Status fits = asker.allowance.fits(bytes); !fits) return tl::make_unexpected(fits.error());
  }
}

Result<std::string> QueryService::tree(const Asker& asker,
                                       std::string_view text,
                                       QueryOptions options) {
  asker.allowance.apply(options);
  options.revisit_vertices = true;
  CALLISTO_TRY(QueryResult result, asker.account.run(text, options));
  return tree_of(result, asker.allowance);
}

}  // namespace callisto::server
