// Everything that is served, behind the HTTP layer: who asks, which route, and the answer.
//
// Thread safety: handle() from any number of threads.
#pragma once

#include <iosfwd>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/accounts.h"
#include "server/config.h"
#include "server/http/message.h"
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

  [[nodiscard]] Lane lane(const Request& request) const override;
  Response handle(const Request& request) override;
  [[nodiscard]] Response refusal(unsigned status,
                                 std::string_view code,
                                 std::string_view message) const override;
  void finished(const Request& request,
                const Response& response,
                const Exchange& exchange) override;

  [[nodiscard]] Accounts& accounts() { return *accounts_; }

  // Where /metrics reads the sockets' figures; the server must outlive its last request.
  void watch(const HttpServer* server) { server_ = server; }

 private:
  Application(ServerConfig config, std::unique_ptr<Accounts> accounts, std::ostream* log);

  [[nodiscard]] bool host_allowed(std::string_view host) const;
  // Answers what needs no account; false when it is something else.
  bool serve_open(const Request& request, const std::vector<std::string>& path, Response& response);
  Response serve_ready();
  Response serve_metrics();
  Response serve_account(Account& account,
                         const Request& request,
                         const std::vector<std::string>& path);
  [[nodiscard]] Accounts::Found authenticate(const Request& request) const;

  ServerConfig config_;
  std::unique_ptr<Accounts> accounts_;
  ResultStore results_;
  QueryService queries_;
  Metrics metrics_;
  std::ostream* log_;
  std::mutex log_mutex_;
  const HttpServer* server_ = nullptr;
};

}  // namespace callisto::server
