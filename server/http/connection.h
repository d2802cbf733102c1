// One client's connection. Private to http/: the only header that shows Beast.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/http/client_stream.h"
#include "server/http/gzip.h"
#include "server/http/http_server.h"
#include "server/http/message.h"
#include "server/http/worker_pool.h"

namespace callisto::server {

// What all connections of a server share.
struct Shared {
  Handler& handler;
  HttpLimits limits;
  WorkerPool& queries;
  WorkerPool& writes;
  std::shared_ptr<TlsContext> tls;  // Null: plain HTTP.
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> connections_open{0};
  std::atomic<std::uint64_t> connections_total{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> requests_in_work{0};
  std::atomic<std::uint64_t> body_bytes_held{0};
  std::atomic<std::uint64_t> answer_bytes_held{0};
};

// Everything runs on the connection's strand; only the handler runs elsewhere.
//
// connection.cpp reads requests, connection_answer.cpp has them handled and writes the answers.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<Shared> shared);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  // Says 503 and closes: there are too many connections.
  void turn_away();
  // Closes at once when no request is in work and no answer under way, else after the answer. From
  // any thread.
  void stop();
  // Ends the request in work. From any thread.
  void cancel();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
  using Answer = boost::beast::http::response<boost::beast::http::string_body>;
  using Code = boost::beast::error_code;
  using Clock = std::chrono::steady_clock;

  void handshake();
  void ask_for_tls();
  void read_header();
  void read_more_header();
  [[nodiscard]] std::string_view held_bytes() const;
  void on_header(Code code);
  void refuse_header(unsigned status, std::string_view code, std::string_view message);
  // What is wrong with the header, or "".
  [[nodiscard]] std::string_view check_header(std::string_view head, unsigned& status) const;
  void take_header();
  void admit();
  // The answer to a request of which no body is kept: now, or after what is left of a short one.
  void answer_early(Response response);
  void begin_body();
  void read_body();
  void on_body(Code code);
  void keep_piece(std::string_view piece);
  [[nodiscard]] bool too_slow() const;
  [[nodiscard]] Response too_large() const;
  void refuse_body(Response response);
  void release_body();

  void dispatch();
  // A large answer for a client that can read it.
  static void compress(const Request& request, Response& response);
  // On the worker's thread. Nothing: as Handler::handle().
  [[nodiscard]] std::optional<Response> work(const Request& request, Turn turn) const noexcept;
  void hand_back(Response response) noexcept;
  void watch_for_close();
  void watch_again_later();
  void watched(Code code, const std::shared_ptr<Request>& request);
  [[nodiscard]] bool client_is_gone();
  [[nodiscard]] bool holds_answer(std::size_t bytes);
  void release_answer();
  void answer(Response response);
  void set_headers(const Response& response);
  void write_some();
  void watch_pace();
  [[nodiscard]] std::uint64_t bytes_arrived();
  void on_written(Code code);
  // Closes when the client knows that nothing more comes.
  void finish();
  void linger();
  void close();
  // There is no memory for anything else: says so when nothing has been said yet, and closes.
  void give_up() noexcept;

  // What a handler does, when there is memory for it.
  template <class Work>
  void guarded(Work&& work) noexcept {
    try {
      work();
    } catch (const std::exception&) {
      give_up();
    }
  }

  ClientStream stream_;
  boost::asio::steady_timer watch_;
  boost::beast::flat_buffer buffer_;
  std::shared_ptr<Shared> shared_;
  std::optional<Parser> parser_;
  std::optional<Gunzip> gunzip_;
  std::vector<char> piece_;  // Empty while there is no body to read: idle connections are many.
  std::shared_ptr<Request> request_;
  Admission admission_{};
  Response handed_{};                // From the worker.
  std::optional<Response> refused_;  // Set: the rest of the body is thrown away.
  Answer out_;
  std::optional<boost::beast::http::response_serializer<boost::beast::http::string_body>> writer_;
  std::size_t searched_ = 0;  // Bytes of the buffer that hold no end of a head.
  std::size_t bytes_in_ = 0;
  std::size_t held_ = 0;           // Of shared_->body_bytes_held.
  std::size_t answer_held_ = 0;    // Of shared_->answer_bytes_held.
  std::uint64_t bytes_out_ = 0;    // Given to the system.
  std::uint64_t arrived_out_ = 0;  // Of these at the last look.
  Clock::time_point began_{};
  std::string_view head_mistake_{};  // A constant.
  bool keep_alive_ = true;
  bool target_understood_ = false;
  bool in_work_ = false;
  bool writing_ = false;
  bool unread_ = false;  // More of the request may come after the answer: it is thrown away.
  bool first_ = true;
  bool counted_ = false;
};

}  // namespace callisto::server
