#include "server/http/http_server.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <list>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/http/connection.h"

namespace callisto::server {

namespace net = boost::asio;
using tcp = net::ip::tcp;

namespace {

constexpr std::chrono::milliseconds kRetryAfter{50};

WorkerPool::Options pool_of(const WorkerShares& shares, const HttpLimits& limits) {
  return {.threads = shares.threads,
          .of_tenant = shares.of_account,
          .waiting_max = limits.requests_waiting_max};
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpOptions& options, Handler& handler)
      : queries_(pool_of(options.queries, options.limits)),
        writes_(pool_of(options.writes, options.limits)),
        shared_(new Shared{handler, options.limits, queries_, writes_, options.tls}),
        acceptor_(net::make_strand(io_)),
        retry_(acceptor_.get_executor()) {}

  Status listen(const HttpOptions& options);
  void stop();

  [[nodiscard]] std::uint16_t port() const { return port_; }

  [[nodiscard]] HttpFigures figures() const {
    return {.connections_open = shared_->connections_open,
            .connections_total = shared_->connections_total,
            .connections_refused = shared_->connections_refused,
            .body_bytes_held = shared_->body_bytes_held,
            .answer_bytes_held = shared_->answer_bytes_held,
            .requests_in_work = shared_->requests_in_work,
            .queries_waiting = queries_.waiting(),
            .writes_waiting = writes_.waiting()};
  }

 private:
  void run();
  void accept();
  void admit(tcp::socket socket);
  std::vector<std::shared_ptr<Connection>> connections();

  net::io_context io_;  // First: workers end before it does, they post to it.
  // Until stop(): what is posted while nothing else is to be done is done, too.
  net::executor_work_guard<net::io_context::executor_type> posts_{io_.get_executor()};
  WorkerPool queries_;
  WorkerPool writes_;
  std::shared_ptr<Shared> shared_;
  tcp::acceptor acceptor_;
  net::steady_timer retry_;  // After running out of file descriptors.
  std::uint16_t port_ = 0;
  std::atomic<bool> accepting_{false};
  std::mutex mutex_;
  std::list<std::weak_ptr<Connection>> connections_;
  std::size_t swept_at_ = 64;
  std::vector<std::thread> threads_;
};

Status HttpServer::Impl::listen(const HttpOptions& options) {
  boost::system::error_code code;
  const net::ip::address address = net::ip::make_address(options.address, code);
  if (code) {
    return fail(ErrorCode::InvalidInput,
                "\"" + options.address + "\" is no IP address to listen on");
  }
  const tcp::endpoint endpoint(address, options.port);
  acceptor_.open(endpoint.protocol(), code);
  if (!code) acceptor_.set_option(net::socket_base::reuse_address(true), code);
  if (!code) acceptor_.bind(endpoint, code);
  if (!code) acceptor_.listen(net::socket_base::max_listen_connections, code);
  if (code) {
    return fail(ErrorCode::Io,
                "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " +
                    code.message());
  }
  port_ = acceptor_.local_endpoint().port();
  accept();
  for (std::size_t i = 0; i < options.io_threads; ++i) {
    threads_.emplace_back([this] { run(); });
  }
  return {};
}

// What has no memory for its next step throws, and is gone with its connection.
void HttpServer::Impl::run() {
  while (true) {
    try {
      if (!accepting_ && !shared_->stopping) accept();
      io_.run();
      return;
    } catch (const std::exception&) {
      std::this_thread::sleep_for(kRetryAfter);
    }
  }
}

void HttpServer::Impl::accept() {
  if (accepting_.exchange(true)) return;
  const auto accepted = [this](boost::system::error_code code, tcp::socket socket) {
    accepting_ = false;
    if (shared_->stopping || code == net::error::operation_aborted) return;
    if (code == net::error::no_descriptors || code == net::error::no_buffer_space) {
      retry_.expires_after(kRetryAfter);
      retry_.async_wait([this](boost::system::error_code) { accept(); });
      return;
    }
    try {
      if (!code) admit(std::move(socket));
    } catch (const std::bad_alloc&) {  // The socket is closed.
      ++shared_->connections_refused;
    }
    accept();
  };
  try {
    acceptor_.async_accept(net::make_strand(io_), accepted);
  } catch (...) {
    accepting_ = false;
    throw;
  }
}

void HttpServer::Impl::admit(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  auto connection = std::make_shared<Connection>(std::move(socket), shared_);
  if (shared_->connections_open >= shared_->limits.connections_max) {
    connection->turn_away();
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    if (connections_.size() >= swept_at_) {
      connections_.remove_if([](const auto& known) { return known.expired(); });
      swept_at_ = 2 * connections_.size() + 64;
    }
    connections_.push_back(connection);
  }
  connection->start();
}

std::vector<std::shared_ptr<Connection>> HttpServer::Impl::connections() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Connection>> alive;
  for (const auto& known : connections_) {
    if (auto connection = known.lock()) alive.push_back(std::move(connection));
  }
  return alive;
}

void HttpServer::Impl::stop() {
  if (threads_.empty()) return;
  shared_->stopping = true;
  net::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    retry_.cancel();
  });
  for (const auto& connection : connections()) {
    connection->stop();
  }
  const auto wait = [this](std::int64_t limit_ms) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit_ms);
    while (shared_->connections_open > 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  };
  wait(shared_->limits.stop_timeout_ms);
  for (const auto& connection : connections()) {
    connection->cancel();
  }
  wait(shared_->limits.stop_timeout_ms);
  io_.stop();
  for (std::thread& thread : threads_) {
    thread.join();
  }
  threads_.clear();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() {
  impl_->stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::open(const HttpOptions& options, Handler& handler) {
  auto impl = std::make_unique<Impl>(options, handler);
  if (Status status = impl->listen(options); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const {
  return impl_->port();
}

HttpFigures HttpServer::figures() const {
  return impl_->figures();
}

}  // namespace callisto::server
