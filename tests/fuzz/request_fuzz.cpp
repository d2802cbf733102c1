// Any bytes as a request to the application behind the sockets: every route, any method, headers
// and body. The answer is never the server's fault, is one that a client can read, and names a
// route of ours.
//
//   METHOD TARGET          a line each, as in HTTP without its version
//   Name: value
//                          an empty line, then the body; gzip when the headers say so
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/gzip.h"
#include "server/http/head_rules.h"
#include "server/json/json.h"
#include "server/service/application.h"

namespace {

using namespace callisto;
using namespace callisto::server;

constexpr std::size_t kRequestsPerServer = 64;  // What they leave behind is forgotten then.
constexpr std::size_t kBodyBytesMax = std::size_t{1} << 20;
constexpr std::size_t kAnswerBytesMax = std::size_t{8} << 20;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

// Headers that no request gets far without, unless the input says otherwise.
void complete(Request& request) {
  const auto add = [&](const char* name, const char* value) {
    if (request.header(name).empty()) request.headers.emplace_back(name, value);
  };
  add("Host", "localhost");
  add("Authorization", "Bearer any");
  add("JupiterOne-Account", "demo");
}

// False when the body is refused before the application sees it.
bool read_body(std::string_view bytes, Request& request) {
  if (bytes.size() > kBodyBytesMax) return false;
  request.body = bytes;
  if (!same_name(request.header("content-encoding"), "gzip")) return true;
  request.body.clear();
  return Gunzip().add(bytes, request.body, kBodyBytesMax) == Gunzip::State::Done;
}

bool read_request(std::string_view bytes, Request& request) {
  const std::string_view first = take_line(bytes);
  const std::size_t space = first.find(' ');
  if (space == std::string_view::npos) return false;
  request.method = first.substr(0, space);
  std::string_view target = first.substr(space + 1);
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  if (request.path.empty() || request.path.front() != '/') return false;
  if (mark < target.size()) request.query = target.substr(mark + 1);
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || request.headers.size() > 50) return false;
    request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  request.id = "request";
  complete(request);
  return read_body(bytes, request);
}

// The demo account with a job of each mode that waits for uploads: job-0 to job-3.
std::unique_ptr<Application> open_application() {
  ServerConfig config;
  config.development = true;
  config.demo = true;
  config.service.query = {.timeout_ms = 500, .rows_max = 2000, .memory_bytes_max = 32U << 20};
  config.service.result_bytes_max = std::size_t{1} << 20;
  config.service.results_bytes_max = std::size_t{4} << 20;
  config.service.accounts_max = 4;
  auto application = Application::open(config, nullptr);
  require(application.has_value());
  int number = 0;
  for (const char* mode : {"DIFF", "PATCH", "CROSS_SCOPE", "OVERRIDE"}) {
    Request start;
    start.method = "POST";
    start.path = "/persister/synchronization/jobs";
    start.body = std::string(R"({"source":"integration-managed","integrationInstanceId":"i",)") +
                 R"("scope":"s","syncMode":")" + mode + R"(","integrationJobId":"job-)" +
                 std::to_string(number++) + R"("})";
    complete(start);
    require((*application)->handle(start, Turn::Full)->status < 500);
  }
  return std::move(*application);
}

void require_readable(const Response& response) {
  require(response.status >= 200 && response.status < 500);
  require(response.route != nullptr && response.body.size() <= kAnswerBytesMax);
  if (response.content_type == "application/json" && !response.body.empty()) {
    require(parse_json(response.body).has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static std::unique_ptr<Application> application;
  static std::size_t asked = 0;
  Request request;
  if (!read_request({reinterpret_cast<const char*>(data), size}, request)) return 0;
  if (asked++ % kRequestsPerServer == 0) application = open_application();
  // The rules of the head come first, as they do before the sockets.
  if (!mistake_of_headers(request).empty()) return 0;
  const Admission admission = application->admit(request);
  if (admission.answer) require_readable(*admission.answer);
  const bool brief = admission.brief && asked % 2 == 0;
  std::optional<Response> answered = application->handle(request, brief ? Turn::Brief : Turn::Full);
  require(answered.has_value() || brief);
  if (!answered) answered = application->handle(request, Turn::Full);
  const Response response = *std::move(answered);
  require_readable(response);
  application->finished(
      request, response, {.bytes_in = size, .bytes_out = response.body.size(), .milliseconds = 1});
  return 0;
}
