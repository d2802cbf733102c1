// A request and its answer, free of any HTTP library.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <callisto/query_options.h>

namespace callisto::server {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // GET also for HEAD: the same answer, whose body is not sent.
  bool head = false;
  std::string path;   // Percent-decoded segments are found by segments_of(); this is as sent.
  std::string query;  // Behind `?`, as sent.
  Headers headers;
  std::string body;     // Decompressed.
  std::string id;       // Names the request in logs and in X-Request-Id.
  bool secure = false;  // It came through TLS.
  // Set when the client has gone: its query ends, its sync job does not.
  std::shared_ptr<CancelToken> gone = std::make_shared<CancelToken>();

  // The first header of that name, in any case of letters; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  // A parameter of the query string, percent-decoded; empty when there is none, or it cannot be.
  [[nodiscard]] std::string parameter(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;  // `name=true`, `name=1` or `name`.
};

struct Response {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body{};
  Headers headers{};
  const char* route = "";  // The pattern that served it; what logs and metrics name.
  std::string account{};   // Whose it was; for the log.
};

// An answered request in figures.
struct Exchange {
  std::size_t bytes_in = 0;   // Of the body, as it came.
  std::size_t bytes_out = 0;  // Of the answer's body, as it goes; of HEAD none.
  double milliseconds = 0;    // From the header to the answer.
};

// Which queue a request waits in.
enum class Lane : unsigned char { Query, Write };

// How long a request may keep its worker: as long as its limits say, or so short that nobody waits
// for it. A brief turn changes nothing, so that it can be taken back and begun anew.
enum class Turn : unsigned char { Full, Brief };

// What becomes of a request, by its header alone.
struct Admission {
  std::optional<Response> answer{};  // Set: this is the answer, and nothing of the body is kept.
  Lane lane = Lane::Query;
  std::string tenant{};  // Whose share of the workers it takes.
  bool brief = false;    // Whether it may be tried in a brief turn.
};

class Handler {
 public:
  virtual ~Handler() = default;
  // Called on an I/O thread before anything of the body is read: must not block.
  virtual Admission admit(const Request& request) = 0;
  // Called on a worker thread. Must not throw. Nothing: a brief turn was too short for it, and it
  // has changed nothing.
  virtual std::optional<Response> handle(const Request& request, Turn turn) = 0;
  // What to answer when the request cannot be handled: too large, too slow, too many.
  [[nodiscard]] virtual Response refusal(unsigned status,
                                         std::string_view code,
                                         std::string_view message) const = 0;
  // Called once for each answered request, with what the log may know.
  virtual void finished(const Request& request,
                        const Response& response,
                        const Exchange& exchange) = 0;
};

// Path and query of a request target: "/path?query", or "http://host/path?query", whose host stands
// in place of the header's (RFC 9112, 3.2.2). Call when the headers are there. False: it is
// neither, or its host is none.
[[nodiscard]] bool set_target(std::string_view target, Request& request);
// Whether the client takes gzip, and likes it no less than plain (RFC 9110, 12.5.3).
[[nodiscard]] bool accepts_gzip(const Request& request);
// Whether all of the query string can be decoded: no broken escape, no NUL, nothing but UTF-8.
[[nodiscard]] bool has_sound_query(const Request& request);
// The names of its parameters, percent-decoded, in their order; those that cannot be are left out.
[[nodiscard]] std::vector<std::string> parameter_names(const Request& request);
// "/a//b%2Fc/" -> {"a", "b/c"}. False when a segment cannot be decoded, as above.
[[nodiscard]] bool segments_of(std::string_view path, std::vector<std::string>& out);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);  // Ignores ASCII case.

}  // namespace callisto::server
