// Everything that is served, behind the HTTP layer: who asks, which route, and the answer.
//
// Thread safety: handle() from any number of threads.
#pragma once

#include <atomic>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/accounts.h"
#include "server/config.h"
#include "server/http/message.h"
#include "server/service/graph_fields.h"
#include "server/service/metrics.h"
#include "server/service/query_service.h"
#include "server/service/result_store.h"

namespace callisto::server {

class Application final : public Handler {
 public:
  // Opens the graphs. `log` is where lines go, one JSON object each. Errors: as Database::open.
  static Result<std::unique_ptr<Application>> open(const ServerConfig& config,
                                                   std::ostream* log = nullptr);
  ~Application() override;

  Admission admit(const Request& request) override;
  std::optional<Response> handle(const Request& request, Turn turn) override;
  [[nodiscard]] Response refusal(unsigned status,
                                 std::string_view code,
                                 std::string_view message) const override;
  void finished(const Request& request,
                const Response& response,
                const Exchange& exchange) override;

  [[nodiscard]] Accounts& accounts() { return *accounts_; }

  // Where /metrics reads the sockets' figures; null before they go. From any thread.
  void watch(const HttpServer* server) { server_ = server; }

 private:
  Application(ServerConfig config, std::unique_ptr<Accounts> accounts, std::ostream* log);

  using Path = std::vector<std::string>;

  [[nodiscard]] bool host_allowed(std::string_view host) const;
  // What is wrong with where a request comes from and goes to; its path when nothing is.
  [[nodiscard]] std::optional<Response> refuse(const Request& request, Path& path) const;
  // Answers at once what needs neither an account nor a worker; false when it is something else.
  [[nodiscard]] bool serve_open(const Request& request, const Path& path, Response& response) const;
  [[nodiscard]] Response readiness() const;
  [[nodiscard]] Response metrics() const;
  std::optional<Response> serve(const Request& request, Turn turn);
  [[nodiscard]] Response serve_account(FieldContext& context, const Path& path) const;

  ServerConfig config_;
  std::unique_ptr<Accounts> accounts_;
  ResultStore results_;
  QueryService queries_;
  Metrics metrics_;
  std::ostream* log_;
  std::mutex log_mutex_;
  std::atomic<const HttpServer*> server_{nullptr};
};

}  // namespace callisto::server
