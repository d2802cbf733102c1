#include "tests/http/http_client.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace callisto::tests {
namespace {

constexpr int kReadTimeoutMs = 10'000;

// A signal in between is no answer.
template <class Call>
auto again(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) {
    result = call();
  }
  return result;
}

const server::Json* at(const server::Json& root, std::string_view path) {
  const server::Json* node = &root;
  while (node != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (const auto* items = node->array()) {
      const auto index = std::stoul(std::string(name));
      node = index < items->size() ? &(*items)[index] : nullptr;
    } else {
      node = node->find(name);
    }
  }
  return node;
}

}  // namespace

server::Json Reply::json() const {
  auto parsed = server::parse_json(body);
  if (!parsed) FAIL("no JSON: " << body);
  return std::move(*parsed);
}

std::string Reply::text(std::string_view path) const {
  const server::Json root = json();
  const server::Json* node = at(root, path);
  if (node == nullptr) return {};
  return node->text() != nullptr ? *node->text() : to_text(*node);
}

double Reply::number(std::string_view path) const {
  const server::Json root = json();
  const server::Json* node = at(root, path);
  return node == nullptr || node->number() == nullptr ? -1 : *node->number();
}

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  connect(port);
  if (!connected_) FAIL("cannot connect to port " << port);
}

Wire::Wire(std::uint16_t port, MayFail /*may_fail*/) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  connect(port);
}

void Wire::connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

Wire::~Wire() {
  ::close(socket_);
}

void Wire::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent =
        again([&] { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    if (sent <= 0) return;  // The server has closed; read() tells.
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Wire::reset_on_close() const {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool Wire::wait(int milliseconds) const {
  pollfd waiting{socket_, POLLIN, 0};
  return again([&] { return ::poll(&waiting, 1, milliseconds); }) > 0;
}

bool Wire::read_more(std::string& out) const {
  if (!wait(kReadTimeoutMs)) return false;
  char buffer[65536];
  const ssize_t got = again([&] { return ::recv(socket_, buffer, sizeof buffer, 0); });
  if (got <= 0) return false;
  out.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::string Wire::take(std::size_t bytes) const {
  if (!wait(kReadTimeoutMs)) return {};
  std::string out(bytes, '\0');
  const ssize_t got = again([&] { return ::recv(socket_, out.data(), out.size(), 0); });
  out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return out;
}

void Wire::finish_sending() const {
  ::shutdown(socket_, SHUT_WR);
}

Reply Wire::read_head() {
  Reply reply;
  std::size_t end = std::string::npos;
  while ((end = rest_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more(rest_)) {
      reply.closed = true;
      return reply;
    }
  }
  const std::string head = rest_.substr(0, end);
  rest_.erase(0, end + 4);
  reply.status = std::stoi(head.substr(9, 3));
  std::istringstream lines(
      head.substr(head.find("\r\n") == std::string::npos ? head.size() : head.find("\r\n") + 2));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return static_cast<char>(std::tolower(c));
    });
    reply.headers[name] = line.substr(colon + 2);
  }
  return reply;
}

Reply Wire::read() {
  Reply reply = read_head();
  const auto length = reply.headers.find("content-length");
  const std::size_t size = length == reply.headers.end() ? 0 : std::stoul(length->second);
  while (rest_.size() < size) {
    if (!read_more(rest_)) {
      reply.closed = true;
      break;
    }
  }
  reply.body = rest_.substr(0, size);
  rest_.erase(0, std::min(size, rest_.size()));
  return reply;
}

bool Wire::is_closed_within(int seconds) const {
  if (!wait(seconds * 1000)) return false;
  char byte = 0;
  return again([&] { return ::recv(socket_, &byte, 1, 0); }) <= 0;
}

server::ServerConfig TestServer::development() {
  server::ServerConfig config;
  config.development = true;
  return config;
}

TestServer::TestServer(server::ServerConfig config) {
  auto application = server::Application::open(config, &log_);
  if (!application) FAIL(application.error().message);
  application_ = std::move(*application);
  server::HttpOptions options;
  options.limits = config.http;
  options.queries = config.queries;
  options.writes = config.writes;
  if (!config.tls.empty()) {
    auto tls = server::open_tls(config.tls);
    if (!tls) FAIL(tls.error().message);
    options.tls = std::move(*tls);
  }
  auto http = server::HttpServer::open(options, *application_);
  if (!http) FAIL(http.error().message);
  http_ = std::move(*http);
  application_->watch(http_.get());
}

TestServer::~TestServer() = default;

Reply TestServer::get(std::string_view path) {
  return send("GET", path, {}, {});
}

Reply TestServer::post(std::string_view path, std::string_view body, std::string_view headers) {
  return send("POST", path, body, headers);
}

Reply TestServer::send(std::string_view method,
                       std::string_view path,
                       std::string_view body,
                       std::string_view headers) {
  Wire wire(port());
  wire.send(
      fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
                  "JupiterOne-Account: {}\r\nContent-Type: application/json\r\n"
                  "Content-Length: {}\r\n{}\r\n",
                  method,
                  path,
                  port(),
                  token,
                  account,
                  body.size(),
                  headers));
  wire.send(body);
  return wire.read();
}

std::string TestServer::start(std::string_view body) {
  const Reply reply = post("/persister/synchronization/jobs", body);
  if (reply.status != 200) FAIL(reply.body);
  return reply.text("job.id");
}

Reply TestServer::sync(std::string_view body, std::string_view rows) {
  const std::string job = "/persister/synchronization/jobs/" + start(body);
  if (const Reply uploaded = post(job + "/upload", rows); uploaded.status != 200) {
    FAIL(uploaded.body);
  }
  return post(job + "/finalize", "");
}

Reply TestServer::ask(std::string_view document, std::string_view variables) {
  server::Json body;
  body.set("query", document);
  body.set("variables", server::Json::Raw{std::string(variables)});
  return post("/graphql", to_text(body));
}

std::string TestServer::log() {
  stop();  // Nobody writes any more.
  return log_.str();
}

}  // namespace callisto::tests
