#include "server/config.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>

#include <callisto/number_text.h>

#include "server/json/json.h"

namespace callisto::server {
namespace {

bool is_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

using Setter = std::function<std::string(const Json&)>;  // What is wrong, or "".
using Setters = std::map<std::string_view, Setter>;

Setter text_into(std::string& out) {
  return [&out](const Json& json) -> std::string {
    if (json.text() == nullptr) return "must be a string";
    out = *json.text();
    return {};
  };
}

template <class Flag>
Setter flag_into(Flag& out) {
  return [&out](const Json& json) -> std::string {
    if (json.boolean() == nullptr) return "must be true or false";
    out = *json.boolean();
    return {};
  };
}

template <class Number>
Setter number_into(Number& out) {
  return [&out](const Json& json) -> std::string {
    const double* number = json.number();
    if (number == nullptr || *number < 1 || *number > 1e15 || *number != std::floor(*number)) {
      return "must be a positive number, a whole one, of at most 1e15";
    }
    out = static_cast<Number>(*number);
    return {};
  };
}

Setter at_most_into(std::size_t& out, std::size_t most) {
  return [&out, most](const Json& json) -> std::string {
    if (json.number() != nullptr && *json.number() > static_cast<double>(most)) {
      return "must be at most " + std::to_string(most);
    }
    return number_into(out)(json);
  };
}

// Each is a thread with a stack.
Setter threads_into(std::size_t& out) {
  return at_most_into(out, 1000);
}

Setter texts_into(std::vector<std::string>& out, bool hashes) {
  return [&out, hashes](const Json& json) -> std::string {
    if (json.array() == nullptr) return "must be an array of strings";
    for (const Json& item : *json.array()) {
      if (item.text() == nullptr) return "must be an array of strings";
      if (hashes && !is_hash(*item.text())) {
        return "must hold SHA-256 digests: 64 lower-case hex digits (printf %s TOKEN | sha256sum)";
      }
      out.push_back(*item.text());
    }
    return {};
  };
}

std::string names_of(const Setters& setters) {
  std::string names;
  for (const auto& [name, setter] : setters) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return names;
}

std::string apply(const Json& json, const Setters& setters, const std::string& where) {
  if (!json.is_object()) return (where.empty() ? "it" : where) + " must be an object";
  for (const JsonMember& member : *json.object()) {
    std::string place = where;
    if (!place.empty()) place += '.';
    place += member.name;
    const auto setter = setters.find(member.name);
    if (setter == setters.end()) return place + " is no setting: there are " + names_of(setters);
    std::string wrong = setter->second(member.value);
    if (wrong.empty()) continue;
    if (wrong.starts_with(place)) return wrong;
    place += ' ';
    place += wrong;
    return place;
  }
  return {};
}

std::string read_accounts(const Json& json, ServerConfig& config) {
  if (!json.is_object()) return "must be an object";
  if (json.object()->empty()) return "must name an account";
  for (const JsonMember& member : *json.object()) {
    if (!is_account_id(member.name)) {
      return "accounts." + member.name.substr(0, 100) +
             " is no account id: at most 64 letters, digits, \"-\" and \"_\"";
    }
    AccountConfig& account = config.accounts[member.name];
    std::string wrong = apply(member.value,
                              {{"name", text_into(account.name)},
                               {"tokens", texts_into(account.token_hashes, true)},
                               {"overrides", flag_into(account.overrides)}},
                              "accounts." + member.name);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

Setters limit_setters(ServerConfig& config) {
  HttpLimits& http = config.http;
  ServiceLimits& service = config.service;
  Setters setters{{"header_bytes", number_into(http.header_bytes_max)},
                  {"headers", number_into(http.headers_max)},
                  {"path_bytes", number_into(http.path_bytes_max)},
                  {"body_bytes", number_into(http.body_bytes_max)},
                  {"bodies_bytes", number_into(http.bodies_bytes_max)},
                  {"discard_bytes", number_into(http.discard_bytes_max)},
                  {"connections", number_into(http.connections_max)},
                  {"requests_waiting", number_into(http.requests_waiting_max)},
                  {"answers_bytes", number_into(http.answers_bytes_max)},
                  {"queries_at_once", threads_into(config.queries.threads)},
                  {"queries_of_account", threads_into(config.queries.of_account)},
                  {"writes_at_once", threads_into(config.writes.threads)},
                  {"writes_of_account", threads_into(config.writes.of_account)},
                  {"brief_turn_ms", number_into(service.brief_turn_ms)},
                  {"handshake_timeout_ms", number_into(http.handshake_timeout_ms)},
                  {"header_timeout_ms", number_into(http.header_timeout_ms)},
                  {"idle_timeout_ms", number_into(http.idle_timeout_ms)},
                  {"io_timeout_ms", number_into(http.io_timeout_ms)},
                  {"body_bytes_per_second", number_into(http.body_bytes_per_second)},
                  {"answer_bytes_per_second", number_into(http.answer_bytes_per_second)},
                  {"stop_timeout_ms", number_into(http.stop_timeout_ms)},
                  {"query_timeout_ms", number_into(service.query.timeout_ms)},
                  {"query_rows", number_into(service.query.rows_max)},
                  {"query_memory_bytes", number_into(service.query.memory_bytes_max)},
                  {"result_bytes", number_into(service.result_bytes_max)},
                  {"results_bytes", number_into(service.results_bytes_max)},
                  {"results_kept_ms", number_into(service.results_kept_ms)},
                  {"graphql_bytes", number_into(service.graphql_bytes_max)},
                  {"batch_operations", number_into(service.batch_operations_max)},
                  {"open_jobs", number_into(service.open_jobs_max)},
                  {"open_jobs_bytes", number_into(service.open_jobs_bytes_max)},
                  {"graph_bytes", number_into(service.graph_bytes_max)},
                  {"accounts", number_into(service.accounts_max)}};
  for (const InputLimitName& input : kInputLimitNames) {
    setters[input.name] = at_most_into(service.input.*input.limit, kInputLimitsMax.*input.limit);
  }
  return setters;
}

}  // namespace

bool is_loopback(std::string_view address) {
  return address == "::1" || address.starts_with("127.");
}

bool is_account_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

Status set_listen(const std::string& text, ServerConfig& config) {
  const std::size_t colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  std::string address = colon == std::string::npos ? config.address : text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  if (address == "localhost") address = "127.0.0.1";
  const auto number = number_from<std::uint16_t>(port);
  if (!number || address.empty()) {
    return fail(ErrorCode::InvalidInput,
                "\"" + text + "\" is no place to listen: expected ADDRESS:PORT");
  }
  config.address = address;
  config.port = *number;
  return {};
}

Status read_config(const std::string& path, ServerConfig& config) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return fail(ErrorCode::Io, "cannot read the configuration " + path);
  const Result<Json> json = parse_json(text.str(), Repeated::Refused);
  if (!json) {
    std::string reason = json.error().message;
    if (reason.starts_with("the body")) reason.replace(0, 8, "it");
    return fail(ErrorCode::InvalidInput, path + ": " + reason);
  }
  const auto listen = [&](const Json& value) -> std::string {
    if (value.text() == nullptr) return "must be a string";
    const Status set = set_listen(*value.text(), config);
    return set ? std::string() : "is wrong: " + set.error().message;
  };
  const Setters limits = limit_setters(config);
  const std::string wrong =
      apply(*json,
            {{"listen", listen},
             {"data", text_into(config.data_directory)},
             {"certificate", text_into(config.tls.certificate)},
             {"private_key", text_into(config.tls.private_key)},
             {"development", flag_into(config.development_wanted)},
             {"create_instances", flag_into(config.create_instances)},
             {"hosts", texts_into(config.hosts, false)},
             {"accounts", [&](const Json& value) { return read_accounts(value, config); }},
             {"limits", [&](const Json& value) { return apply(value, limits, "limits"); }}},
            "");
  if (!wrong.empty()) return fail(ErrorCode::InvalidInput, path + ": " + wrong);
  return {};
}

Status settle_config(ServerConfig& config) {
  std::size_t tokens = 0;
  std::string without;
  for (const auto& [id, account] : config.accounts) {
    tokens += account.token_hashes.size();
    if (account.token_hashes.empty()) without = id;
  }
  const bool wanted = config.development_wanted.value_or(config.development);
  if (!is_loopback(config.address)) {
    if (wanted || config.demo) {
      return fail(ErrorCode::InvalidInput,
                  "development mode and the demo accept any token: they listen on 127.0.0.1 only, "
                  "not on " +
                      config.address);
    }
    if (tokens == 0) {
      return fail(ErrorCode::InvalidInput,
                  "refusing to listen on " + config.address +
                      " without tokens: add accounts with tokens to the configuration");
    }
  }
  if (tokens > 0 || wanted) {
    config.development = wanted;
    return {};
  }
  if (!without.empty()) {
    return fail(ErrorCode::InvalidInput,
                "accounts." + without +
                    " has no tokens, so nobody may use it: add \"tokens\", or set "
                    "\"development\": true to take any token");
  }
  if (config.development_wanted) {
    return fail(ErrorCode::InvalidInput,
                "\"development\": false needs accounts with tokens: nobody may use the server "
                "otherwise");
  }
  config.development = true;
  return {};
}

}  // namespace callisto::server
