// HTTP/1.1 on a socket, plain or in TLS: reads requests within limits, hands them to a Handler on
// worker threads, writes the answers.
//
//   I/O threads: accept ── read header ── admit() ── read body ─┐            ┌─ write ── next
//   workers:                                                    └─ handle() ─┘
//
// What admit() refuses or answers itself never waits for a worker, and costs no body.
// Every read and write has a time limit and every size a bound, so a slow or hostile client costs
// one connection and at most one body. Source of the refusals: RFC 9112.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <callisto/error.h>

#include "server/http/message.h"
#include "server/http/tls.h"

namespace callisto::server {

struct HttpLimits {
  std::size_t header_bytes_max = std::size_t{32} << 10;
  std::size_t headers_max = 100;
  std::size_t path_bytes_max = std::size_t{8} << 10;
  std::size_t body_bytes_max = std::size_t{64} << 20;      // Decompressed.
  std::size_t bodies_bytes_max = std::size_t{1} << 30;     // Of all requests together.
  std::size_t discard_bytes_max = std::size_t{256} << 20;  // Of a refused body, before closing.
  std::size_t answers_bytes_max = std::size_t{1} << 30;    // Of all that are being written.
  std::size_t connections_max = 10'000;
  std::size_t requests_waiting_max = 256;      // Of one account, per queue.
  std::int64_t handshake_timeout_ms = 10'000;  // TLS, from accepting the connection.
  std::int64_t header_timeout_ms = 20'000;
  std::int64_t idle_timeout_ms = 60'000;
  std::int64_t io_timeout_ms = 20'000;         // Of one read; between two looks at a write.
  std::size_t body_bytes_per_second = 1024;    // A body slower than that is given up.
  std::size_t answer_bytes_per_second = 1024;  // An answer read more slowly, too.
  std::int64_t stop_timeout_ms = 10'000;       // For requests in work when the server stops.
};

// Requests in work at a time. One more may be, for a brief turn.
struct WorkerShares {
  std::size_t threads = 4;
  std::size_t of_account = 2;
};

struct HttpOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one, see HttpServer::port().
  std::size_t io_threads = 1;
  WorkerShares queries{};
  WorkerShares writes{};
  HttpLimits limits{};
  std::shared_ptr<TlsContext> tls{};  // From open_tls(); null: plain HTTP.
};

// Counters for /metrics. Thread safety: any.
struct HttpFigures {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_total = 0;
  std::uint64_t connections_refused = 0;
  std::uint64_t body_bytes_held = 0;
  std::uint64_t answer_bytes_held = 0;
  std::uint64_t requests_in_work = 0;  // Those that wait, too.
  std::uint64_t queries_waiting = 0;
  std::uint64_t writes_waiting = 0;
};

class HttpServer {
 public:
  // Errors: InvalidInput (no address), Io (the address is taken or not ours). `handler` must
  // outlive the server.
  static Result<std::unique_ptr<HttpServer>> open(const HttpOptions& options, Handler& handler);
  // Takes no more connections, lets requests in work end within stop_timeout_ms, then cancels them.
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] HttpFigures figures() const;

  class Impl;

 private:
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace callisto::server
