// The bytes of one client, plain or through TLS, as Asio's and Beast's operations want them.
// Private to http/. What TLS compiles to stands once, in client_stream.cpp, behind handlers of one
// type.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/container/static_vector.hpp>

#include "server/http/tls.h"

namespace callisto::server {

// A handler of any type that is called once: Asio's own of this version cannot be posted. Runs
// where the socket's handlers run.
class CompletionHandler {
 public:
  using Code = boost::beast::error_code;

  template <class Handler>
  explicit CompletionHandler(Handler handler) : handler_(new Of<Handler>(std::move(handler))) {}

  void operator()(Code code, std::size_t bytes = 0) {
    const std::unique_ptr<Any> handler = std::move(handler_);
    handler->call(code, bytes);
  }

 private:
  struct Any {
    virtual ~Any() = default;
    virtual void call(Code code, std::size_t bytes) = 0;
  };

  template <class Handler>
  struct Of final : Any {
    explicit Of(Handler from) : handler(std::move(from)) {}

    void call(Code code, std::size_t bytes) override { handler(code, bytes); }

    Handler handler;
  };

  std::unique_ptr<Any> handler_;
};

// Thread safety: one strand. At most one read and one write at a time.
class ClientStream {
 public:
  using Code = boost::beast::error_code;
  using executor_type = boost::beast::tcp_stream::executor_type;  // Asio's name.

  // Plain when `tls` is null.
  ClientStream(boost::asio::ip::tcp::socket socket, const std::shared_ptr<TlsContext>& tls);
  ~ClientStream();
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  executor_type get_executor() noexcept { return tcp_.get_executor(); }

  // The socket's own: its time limits hold for whatever TLS reads and writes.
  boost::beast::tcp_stream& tcp() { return tcp_; }

  [[nodiscard]] bool secure() const { return tls_ != nullptr; }

  void handshake(CompletionHandler done);
  // Whether a handshake failed because the client speaks HTTP without TLS.
  [[nodiscard]] static bool is_plain_http(const Code& code);
  // Tells the client that nothing more comes, and waits for the same.
  void say_goodbye(CompletionHandler done);

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (!tls_) {
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
      return;
    }
    read_some(*boost::asio::buffer_sequence_begin(buffers),
              CompletionHandler(std::forward<Handler>(handler)));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (!tls_) {
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
      return;
    }
    Pieces pieces;
    for (auto piece = boost::asio::buffer_sequence_begin(buffers);
         piece != boost::asio::buffer_sequence_end(buffers) && pieces.size() < pieces.capacity();
         ++piece) {
      pieces.push_back(*piece);
    }
    write_some(pieces, CompletionHandler(std::forward<Handler>(handler)));
  }

 private:
  using Pieces = boost::container::static_vector<boost::asio::const_buffer, 8>;
  struct Tls;

  void read_some(boost::asio::mutable_buffer buffer, CompletionHandler moved);
  void write_some(const Pieces& pieces, CompletionHandler moved);

  boost::beast::tcp_stream tcp_;
  std::unique_ptr<Tls> tls_;
};

}  // namespace callisto::server
