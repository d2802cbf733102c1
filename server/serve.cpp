#include "server/serve.h"

#include <string>

#include <fmt/format.h>

#include "server/service/application.h"

namespace callisto::server {

Status serve(ServerConfig config,
             std::ostream* log,
             const std::function<void(const std::string&)>& say,
             const std::function<void()>& wait_for_stop) {
  if (Status settled = settle_config(config); !settled) return settled;
  HttpOptions options;
  // Before the graphs: their recovery may take long.
  if (!config.tls.empty()) {
    CALLISTO_TRY(options.tls, open_tls(config.tls));
  }
  CALLISTO_TRY(const std::unique_ptr<Application> application, Application::open(config, log));
  options.address = config.address;
  options.port = config.port;
  options.limits = config.http;
  options.queries = config.queries;
  options.writes = config.writes;
  CALLISTO_TRY(const std::unique_ptr<HttpServer> http, HttpServer::open(options, *application));
  application->watch(http.get());
  const bool six = config.address.find(':') != std::string::npos;
  say("listening on " + std::string(options.tls ? "https://" : "http://") +
      (six ? "[" + config.address + "]" : config.address) + ":" + std::to_string(http->port()));
  if (config.development) {
    say("development mode: any bearer token opens any account; reachable from this machine only");
  }
  if (config.demo) say("the account \"demo\" holds a small graph");
  for (const auto& [id, reason] : application->accounts().broken()) {
    say(fmt::format("the account \"{}\" is not served: {}", id, reason));
  }
  wait_for_stop();
  say("stopping");
  return {};
}

}  // namespace callisto::server
