#include "server/service/application.h"

#include <algorithm>
#include <exception>
#include <ostream>

#include <fmt/format.h>

#include <callisto/clock.h>

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

Lane Application::lane(const Request& request) const {
  return request.path.starts_with("/persister/") ? Lane::Write : Lane::Query;
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

Response Application::handle(const Request& request) {
  try {
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
    // A list of equal lengths is legal to read (RFC 9110, 8.6), and two readers may still disagree.
    if (request.header("content-length").find_first_not_of("0123456789") !=
        std::string_view::npos) {
      return error_response(400, "BAD_REQUEST", "Content-Length must be one number");
    }
    std::vector<std::string> path;
    if (!segments_of(request.path, path)) {
      return error_response(400, "BAD_REQUEST", "the path" + std::string(kNotDecoded));
    }
    if (!has_sound_query(request)) {
      return error_response(400, "BAD_REQUEST", "the query string" + std::string(kNotDecoded));
    }
    Response response;
    if (serve_open(request, path, response)) return response;
    const Accounts::Found found = authenticate(request);
    if (found.account == nullptr) {
      const bool broken = found.refusal == Accounts::Refusal::Broken;
      return error_response(broken ? 500 : 401, broken ? "IO_ERROR" : "UNAUTHORIZED", found.reason);
    }
    response = serve_account(*found.account, request, path);
    response.account = found.account->id();
    return response;
  } catch (const std::exception& error) {
    return error_response(500, "INTERNAL_SERVER_ERROR", "a bug in Callisto, please report it");
  }
}

Accounts::Found Application::authenticate(const Request& request) const {
  std::string_view account = request.header("jupiterone-account");
  if (account.empty()) account = request.header("lifeomic-account");
  return accounts_->find(account, bearer_token(request));
}

bool Application::serve_open(const Request& request,
                             const std::vector<std::string>& path,
                             Response& response) {
  const bool deferred = path.size() == 4 && path[0] == "deferred";
  const std::string_view name = path.size() == 1 ? std::string_view(path[0]) : std::string_view();
  const bool health = name == "healthz" || name == "readyz";
  // Figures of all accounts together: open on this machine, else for whoever has a token.
  const bool metrics = name == "metrics" && config_.development;
  if (!deferred && !health && !metrics && name != "openapi.json") return false;
  if (request.method != "GET") {
    response = wrong_method(kReads);
  } else if (deferred) {
    response = queries_.serve_deferred(request, {path.begin() + 1, path.end()});
  } else if (metrics) {
    response = serve_metrics();
  } else if (name == "readyz") {
    response = serve_ready();
  } else if (health) {
    response = json_response(version_body("ok"));
    response.route = "GET /healthz";
  } else {
    response.body = kOpenApi;
    response.route = "GET /openapi.json";
  }
  return true;
}

Response Application::serve_account(Account& account,
                                    const Request& request,
                                    const std::vector<std::string>& path) {
  account.views().sweep();
  if (is_sync(path)) {
    return serve_sync(
        account, request, {path.begin() + 3, path.end()}, config_.service.open_jobs_max);
  }
  const bool graphql = path.empty() || path == std::vector<std::string>{"graphql"} ||
                       path == std::vector<std::string>{"rules", "graphql"};
  FieldContext context{account, request, queries_, is_loopback(config_.address)};
  if (graphql) {
    if (request.method != "POST") return wrong_method("POST");
    Response response = serve_graphql(context, config_.service);
    response.route = "POST /graphql";
    return response;
  }
  if (path == std::vector<std::string>{"metrics"}) {
    return request.method == "GET" ? serve_metrics() : wrong_method(kReads);
  }
  return serve_graph(context, path);
}

// An account on a full disk is read, but not ready; to ask is what makes it so again.
Response Application::serve_ready() {
  Response response = json_response(version_body("ok"));
  for (Account* const account : accounts_->all()) {
    const Status writable = account->database().writable();
    if (writable) continue;
    Json body = version_body("writes are refused");
    // The reason names paths: for those who may look at this machine.
    if (is_loopback(config_.address)) body.set("reason", writable.error().message);
    response = json_response(body);
    response.status = 503;
    break;
  }
  response.route = "GET /readyz";
  return response;
}

Response Application::serve_metrics() {
  Response response;
  response.content_type = "text/plain; version=0.0.4";
  if (server_ == nullptr) {
    response.body = metrics_.text(nullptr);
  } else {
    const HttpFigures figures = server_->figures();
    response.body = metrics_.text(&figures);
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
