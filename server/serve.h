// Runs the server until it is told to stop.
#pragma once

#include <functional>
#include <iosfwd>

#include "server/config.h"

namespace callisto::server {

// Opens the graphs, listens, and returns when `stopped` says so, after the requests in work.
// `say` gets one line when the server is ready: "listening on http://127.0.0.1:8080".
//
// Errors: those of settle_config(), open_tls(), Database::open and HttpServer::open.
Status serve(ServerConfig config,
             std::ostream* log,
             const std::function<void(const std::string&)>& say,
             const std::function<void()>& wait_for_stop);

}  // namespace callisto::server
