#include "server/service/application.h"

#include <algorithm>
#include <exception>
#include <new>
#include <ostream>

#include <fmt/format.h>

#include <callisto/clock.h>

#include "server/service/allowance.h"
#include "server/service/answers.h"
#include "server/service/graph_routes.h"
#include "server/service/graphql_route.h"
#include "server/service/openapi.h"
#include "server/service/sync_routes.h"

#ifndef CALLISTO_VERSION
#define CALLISTO_VERSION "unknown"
#endif

namespace callisto::server {
namespace {

constexpr std::string_view kNotDecoded =
    " holds a broken % escape, a zero byte or bytes that are no UTF-8";

Json version_body(std::string_view status) {
  Json body;
  body.set("status", status).set("version", CALLISTO_VERSION);
  return body;
}

std::string_view bearer_token(const Request& request) {
  static constexpr std::string_view kBearer = "bearer ";
  const std::string_view value = request.header("authorization");
  if (value.size() <= kBearer.size() || !same_name(value.substr(0, kBearer.size()), kBearer)) {
    return {};
  }
  return value.substr(kBearer.size());
}

bool is_sync(const std::vector<std::string>& path) {
  return path.size() >= 3 && path[0] == "persister" && path[1] == "synchronization" &&
         path[2] == "jobs";
}

bool is_deferred(const std::vector<std::string>& path) {
  return path.size() == 4 && path[0] == "deferred";
}

bool is_readiness(const std::vector<std::string>& path) {
  return path == std::vector<std::string>{"readyz"};
}

// Of what is open to everybody.
bool needs_worker(const std::vector<std::string>& path) {
  return is_deferred(path) || is_readiness(path);
}

bool is_graphql(const std::vector<std::string>& path) {
  return path.empty() || path == std::vector<std::string>{"graphql"} ||
         path == std::vector<std::string>{"rules", "graphql"};
}

std::string_view account_of(const Request& request) {
  const std::string_view account = request.header("jupiterone-account");
  return account.empty() ? request.header("lifeomic-account") : account;
}

Response refused(const Accounts::Found& found) {
  if (found.refusal != Accounts::Refusal::Broken) {
    return error_response(401, "UNAUTHORIZED", found.reason);
  }
  Response response = error_response(503, "ACCOUNT_UNAVAILABLE", found.reason);
  response.headers.emplace_back("Retry-After", "60");
  return response;
}

// Before its body is read: whether a route takes that at all.
std::optional<Response> refuse_route(const Request& request, const std::vector<std::string>& path) {
  if (is_sync(path)) return refuse_sync_route(request, {path.begin() + 3, path.end()});
  if (!is_graphql(path)) return refuse_graph_route(request, path);
  if (request.method != "POST") return wrong_method("POST");
  return std::nullopt;
}

// "localhost:8080" -> "localhost", "[::1]:80" -> "[::1]".
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// Words of the client that are safe in a header and in a log.
bool is_plain_word(std::string_view text) {
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace

Application::Application(ServerConfig config, std::unique_ptr<Accounts> accounts, std::ostream* log)
    : config_(std::move(config)),
      accounts_(std::move(accounts)),
      results_(config_.service.results_bytes_max, config_.service.results_kept_ms, system_clock()),
      queries_(config_.service, results_),
      log_(log) {}

Application::~Application() = default;

Result<std::unique_ptr<Application>> Application::open(const ServerConfig& config,
                                                       std::ostream* log) {
  CALLISTO_TRY(std::unique_ptr<Accounts> accounts, Accounts::open(config));
  return std::unique_ptr<Application>(new Application(config, std::move(accounts), log));
}

Response Application::refusal(unsigned status,
                              std::string_view code,
                              std::string_view message) const {
  return error_response(status, code, message);
}

bool Application::host_allowed(std::string_view host) const {
  const std::string_view name = host_name(host);
  if (!config_.hosts.empty()) {
    return std::any_of(config_.hosts.begin(), config_.hosts.end(), [&](const std::string& known) {
      return same_name(known, name) || same_name(known, host);
    });
  }
  if (!is_loopback(config_.address)) return true;
  return same_name(name, "localhost") || name == "127.0.0.1" || name == "[::1]";
}

std::optional<Response> Application::refuse(const Request& request, Path& path) const {
  if (!host_allowed(request.header("host"))) {
    return error_response(403,
                          "HOST_NOT_ALLOWED",
                          "this Host is not served: name it in \"hosts\" of the configuration");
  }
  const std::string_view origin = request.header("origin");
  const std::size_t scheme = origin.find("://");
  if (!origin.empty() &&
      (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.header("host"))) {
    return error_response(403, "ORIGIN_NOT_ALLOWED", "pages of other origins are not served");
  }
  if (!segments_of(request.path, path)) {
    return error_response(400, "BAD_REQUEST", "the path" + std::string(kNotDecoded));
  }
  if (!has_sound_query(request)) {
    return error_response(400, "BAD_REQUEST", "the query string" + std::string(kNotDecoded));
  }
  return std::nullopt;
}

Admission Application::admit(const Request& request) {
  Admission out;
  Path path;
  out.answer = refuse(request, path);
  if (out.answer) return out;
  Response open;
  if (serve_open(request, path, open)) {
    out.answer = std::move(open);
    return out;
  }
  if (needs_worker(path)) {
    out.tenant = "/" + path[0];  // No account's name.
    out.brief = true;
    return out;
  }
  const Accounts::Found found = accounts_->check(account_of(request), bearer_token(request));
  if (found.refusal != Accounts::Refusal::None) {
    out.answer = refused(found);
    return out;
  }
  out.answer =
      path == Path{"metrics"} && request.method == "GET" ? metrics() : refuse_route(request, path);
  out.tenant = account_of(request);
  if (out.answer) {
    out.answer->account = out.tenant;
    return out;
  }
  out.lane = is_sync(path) ? Lane::Write : Lane::Query;
  // Reads may be tried, and begun anew; opening an account takes its time.
  out.brief = found.account != nullptr && (!is_sync(path) || request.method == "GET");
  return out;
}

std::optional<Response> Application::handle(const Request& request, Turn turn) {
  try {
    return serve(request, turn);
  } catch (const std::bad_alloc&) {
    return error_response(
        503, "OUT_OF_MEMORY", "the server has no memory for this: ask for less, or try again");
  } catch (const std::exception&) {
    return error_response(500, "INTERNAL_SERVER_ERROR", "a bug in Callisto, please report it");
  }
}

std::optional<Response> Application::serve(const Request& request, Turn turn) {
  Admission admission = admit(request);
  if (admission.answer) return std::move(admission.answer);
  Path path;
  static_cast<void>(segments_of(request.path, path));
  if (is_readiness(path)) return readiness();
  if (is_deferred(path)) return queries_.serve_deferred(request, {path.begin() + 1, path.end()});
  Accounts::Found found = accounts_->find(account_of(request), bearer_token(request));
  if (found.account == nullptr) return refused(found);
  Allowance allowance(config_.service, request, turn);
  FieldContext context{*found.account, request, queries_, allowance, is_loopback(config_.address)};
  Response response = serve_account(context, path);
  if (allowance.was_too_short()) return std::nullopt;
  response.account = found.account->id();
  return response;
}

bool Application::serve_open(const Request& request, const Path& path, Response& response) const {
  const std::string_view name = path.size() == 1 ? std::string_view(path[0]) : std::string_view();
  // Figures of all accounts together: open on this machine, else for whoever has a token.
  const bool figures = name == "metrics" && config_.development;
  const bool known = name == "healthz" || name == "openapi.json" || figures;
  if (!known && !needs_worker(path)) return false;
  if (request.method != "GET") {
    response = wrong_method(kReads);
  } else if (needs_worker(path)) {
    return false;
  } else if (figures) {
    response = metrics();
  } else if (name == "healthz") {
    response = json_response(version_body("ok"));
    response.route = "GET /healthz";
  } else {
    response.body = kOpenApi;
    response.route = "GET /openapi.json";
  }
  return true;
}

// What is wrong with which account. Asking is what makes one writable again, so that this takes a
// worker; beyond this machine the reasons, which name paths, are not told.
Response Application::readiness() const {
  const bool local = is_loopback(config_.address);
  Json accounts(Json::Object{});
  const auto add = [&](const std::string& id, const char* what, const std::string& reason) {
    accounts.set(id, local ? std::string(what) + ": " + reason : std::string(what));
  };
  for (const auto& [id, reason] : accounts_->broken()) {
    add(id, "cannot be opened", reason);
  }
  for (Account* const account : accounts_->all()) {
    const Status writable = account->database().writable();
    if (!writable) add(account->id(), "writes are refused", writable.error().message);
  }
  const bool ready = accounts.object()->empty();
  Json body = version_body(ready ? "ok" : "degraded");
  if (!ready) body.set("accounts", std::move(accounts));
  Response response = json_response(body, ready ? 200 : 503);
  response.route = "GET /readyz";
  return response;
}

Response Application::serve_account(FieldContext& context, const Path& path) const {
  context.account.views().sweep();
  if (is_sync(path)) {
    return serve_sync(context.account,
                      context.request,
                      {path.begin() + 3, path.end()},
                      config_.service.open_jobs_max);
  }
  if (is_graphql(path)) {
    Response response = serve_graphql(context, config_.service);
    response.route = "POST /graphql";
    return response;
  }
  return serve_graph(context, path);
}

Response Application::metrics() const {
  Response response;
  response.content_type = "text/plain; version=0.0.4";
  if (const HttpServer* const server = server_) {
    const HttpFigures figures = server->figures();
    response.body = metrics_.text(&figures);
  } else {
    response.body = metrics_.text(nullptr);
  }
  response.route = "GET /metrics";
  return response;
}

void Application::finished(const Request& request,
                           const Response& response,
                           const Exchange& exchange) {
  const std::string route = *response.route == '\0' ? "none" : response.route;
  metrics_.count(route, response.status, exchange.milliseconds);
  if (log_ == nullptr) return;
  Json line;
  line.set("time", system_clock().now_ms());
  line.set("request", request.id);
  const std::string_view method = request.head ? "HEAD" : std::string_view(request.method);
  line.set("method", is_plain_word(method) ? method : "other");
  line.set("route", route);
  line.set("status", static_cast<std::uint64_t>(response.status));
  line.set("ms", exchange.milliseconds);
  line.set("bytes_in", std::uint64_t{exchange.bytes_in});
  line.set("bytes_out", std::uint64_t{exchange.bytes_out});
  if (!response.account.empty()) line.set("account", response.account);
  const std::string_view correlation = request.header("jupiterone-correlation-id");
  if (is_plain_word(correlation)) line.set("correlation", correlation);
  std::string text = to_text(line);
  text += '\n';
  const std::lock_guard lock(log_mutex_);
  *log_ << text << std::flush;
}

}  // namespace callisto::server
