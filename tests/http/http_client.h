// A plain HTTP client on a socket of its own, and a server to talk to.
#pragma once

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "server/json/json.h"
#include "server/service/application.h"

namespace callisto::tests {

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  // Names in lower case.
  std::string body;
  bool closed = false;  // The connection ended before a whole answer came.

  [[nodiscard]] server::Json json() const;
  // The text at a path such as "job.status" or "errors.0.message"; "" when it is not there.
  [[nodiscard]] std::string text(std::string_view path) const;
  [[nodiscard]] double number(std::string_view path) const;  // -1 when it is not there.
};

// One connection. All reads give up after ten seconds.
class Wire {
 public:
  explicit Wire(std::uint16_t port);

  struct MayFail {};

  // For a server that may have stopped: is_connected() and read() tell then.
  Wire(std::uint16_t port, MayFail may_fail);
  virtual ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] bool is_connected() const { return connected_; }

  virtual void send(std::string_view bytes) const;
  void finish_sending() const;  // Half-closes.
  void reset_on_close() const;  // The destructor breaks the connection off.
  [[nodiscard]] Reply read();
  // Up to the empty line: what a HEAD is answered with.
  [[nodiscard]] Reply read_head();
  // At most so many bytes of what comes; "" at the end.
  [[nodiscard]] std::string take(std::size_t bytes) const;

  // What came behind what was read.
  [[nodiscard]] const std::string& rest() const { return rest_; }

  // Whether the server closes without sending anything within `seconds`.
  [[nodiscard]] bool is_closed_within(int seconds) const;

  // Whether there is something to read within so many milliseconds.
  [[nodiscard]] bool wait(int milliseconds) const;

 protected:
  // Appends what comes; false at the end of the connection or of the patience.
  virtual bool read_more(std::string& out) const;

  [[nodiscard]] int socket() const { return socket_; }

 private:
  void connect(std::uint16_t port);

  int socket_ = -1;
  bool connected_ = false;
  std::string rest_;
};

// A server in this process, in memory, in development mode unless told otherwise.
class TestServer {
 public:
  explicit TestServer(server::ServerConfig config = development());
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  [[nodiscard]] static server::ServerConfig development();

  [[nodiscard]] std::uint16_t port() const { return http_->port(); }

  [[nodiscard]] const server::HttpServer& http() const { return *http_; }

  // On a connection of its own, with the account's headers.
  Reply get(std::string_view path);
  Reply post(std::string_view path, std::string_view body, std::string_view headers = {});
  Reply send(std::string_view method,
             std::string_view path,
             std::string_view body,
             std::string_view headers);

  // Starts, uploads and finalizes; the answer of finalize.
  Reply sync(std::string_view start, std::string_view upload);
  std::string start(std::string_view body);  // The job's id.
  // One GraphQL operation.
  Reply ask(std::string_view document, std::string_view variables = "{}");

  [[nodiscard]] std::string log();

  void stop() { http_ = nullptr; }

  // Its data directory is another's from now on.
  void close() {
    stop();
    application_ = nullptr;
  }

  std::string account = "acme";
  std::string token = "secret-token";

 private:
  std::ostringstream log_;
  std::unique_ptr<server::Application> application_;
  std::unique_ptr<server::HttpServer> http_;
};

}  // namespace callisto::tests
