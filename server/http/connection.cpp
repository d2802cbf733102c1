#include "server/http/connection.h"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include <callisto/clock.h>

#include "server/http/head_rules.h"

namespace callisto::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;

constexpr std::size_t kReadBufferBytes = std::size_t{64} << 10;
constexpr std::size_t kIdleBufferBytes = 2048;  // Most requests without their bodies.
constexpr std::size_t kPieceBytes = std::size_t{32} << 10;
constexpr std::size_t kReadBytesMin = 512;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

std::chrono::milliseconds ms(std::int64_t count) {
  return std::chrono::milliseconds(count);
}

bool expects_continue(const Request& request) {
  return same_name(request.header("expect"), "100-continue");
}

}  // namespace

Connection::Connection(net::ip::tcp::socket socket, std::shared_ptr<Shared> shared)
    : stream_(std::move(socket), shared->tls),
      watch_(stream_.get_executor()),
      buffer_(std::max(kReadBufferBytes, shared->limits.header_bytes_max + kReadBytesMin)),
      shared_(std::move(shared)) {
  ++shared_->connections_total;
}

Connection::~Connection() {
  release_body();
  release_answer();
  if (counted_) --shared_->connections_open;
}

void Connection::start() {
  ++shared_->connections_open;
  counted_ = true;
  net::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    self->guarded([&] {
      if (!self->stream_.secure()) return self->read_header();
      self->handshake();
    });
  });
}

void Connection::turn_away() {
  ++shared_->connections_refused;
  began_ = Clock::now();
  if (stream_.secure()) return close();  // A handshake costs more than the answer is worth.
  Response response = shared_->handler.refusal(
      503, "TOO_MANY_CONNECTIONS", "the server has as many connections as it may: try again");
  net::dispatch(stream_.get_executor(), [self = shared_from_this(), response]() mutable {
    self->guarded([&] {
      self->keep_alive_ = false;
      self->unread_ = true;
      self->answer(std::move(response));
    });
  });
}

void Connection::stop() {
  net::post(stream_.get_executor(), [self = shared_from_this()] {
    self->keep_alive_ = false;
    if (!self->in_work_ && !self->writing_) self->close();
  });
}

void Connection::cancel() {
  net::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->request_) self->request_->gone->cancel();
  });
}

void Connection::handshake() {
  stream_.tcp().expires_after(ms(shared_->limits.handshake_timeout_ms));
  stream_.handshake(
      CompletionHandler([self = shared_from_this()](Code code, std::size_t /*bytes*/) {
        self->guarded([&] {
          if (!code) return self->read_header();
          if (ClientStream::is_plain_http(code)) return self->ask_for_tls();
          self->close();
        });
      }));
}

// The answer to plain HTTP where TLS is spoken, as plain: the client reads no other.
void Connection::ask_for_tls() {
  out_.body() = shared_->handler.refusal(400, "TLS_REQUIRED", "this port speaks https only").body;
  out_.body().insert(0,
                     "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
                     "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                     "Connection: close\r\nContent-Length: " +
                         std::to_string(out_.body().size()) + "\r\n\r\n");
  stream_.tcp().expires_after(ms(shared_->limits.handshake_timeout_ms));
  net::async_write(
      stream_.tcp(),
      net::buffer(out_.body()),
      [self = shared_from_this()](Code /*code*/, std::size_t /*bytes*/) { self->close(); });
}

void Connection::read_header() {
  if (shared_->stopping) return close();
  release_body();
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes_max));
  parser_->body_limit(boost::none);  // Ours counts what comes out of the decompressor.
  request_ = nullptr;
  refused_.reset();
  gunzip_.reset();
  bytes_in_ = 0;
  searched_ = 0;
  if (buffer_.size() == 0 && buffer_.capacity() > kIdleBufferBytes) buffer_.shrink_to_fit();
  // One read takes what there is room for, and half a kilobyte at least.
  buffer_.reserve(kIdleBufferBytes);
  stream_.tcp().expires_after(
      ms(first_ ? shared_->limits.header_timeout_ms : shared_->limits.idle_timeout_ms));
  first_ = false;
  read_more_header();
}

// Until the head is there, or as much as may be read of one.
void Connection::read_more_header() {
  const std::string_view held = held_bytes();
  const std::size_t from = searched_ - std::min(searched_, kHeadEnd.size() - 1);
  searched_ = held.size();
  if (held.find(kHeadEnd, from) != std::string_view::npos) return on_header({});
  if (held.size() > shared_->limits.header_bytes_max) return on_header(http::error::header_limit);
  const std::size_t room = buffer_.max_size() - buffer_.size();
  const std::size_t free = buffer_.capacity() - buffer_.size();
  stream_.async_read_some(buffer_.prepare(std::min(room, std::max(kReadBytesMin, free))),
                          [self = shared_from_this()](Code code, std::size_t bytes) {
                            self->guarded([&] {
                              self->buffer_.commit(bytes);
                              if (code) return self->on_header(code);
                              self->read_more_header();
                            });
                          });
}

std::string_view Connection::held_bytes() const {
  return {static_cast<const char*>(buffer_.data().data()), buffer_.size()};
}

void Connection::on_header(Code code) {
  began_ = Clock::now();
  while (held_bytes().starts_with("\r\n")) {  // Before a request (RFC 9112, 2.2).
    buffer_.consume(2);
    searched_ = 0;
  }
  if (code == net::error::eof && buffer_.size() == 0) return finish();
  const bool large = code == http::error::header_limit;
  if (code && !large) return close();
  const std::size_t end = held_bytes().find(kHeadEnd);
  if (end == std::string_view::npos && !large) return read_more_header();
  if (large || end + kHeadEnd.size() > shared_->limits.header_bytes_max) {
    return refuse_header(431, "HEADERS_TOO_LARGE", "the headers are too large");
  }
  const std::string_view head = held_bytes().substr(0, end + kHeadEnd.size());
  parser_->put(net::buffer(head.data(), head.size()), code);
  if (code) {
    return refuse_header(400, "BAD_REQUEST", "this is no HTTP request: " + code.message());
  }
  keep_alive_ = parser_->keep_alive() && !shared_->stopping;
  take_header();
  unsigned status = 400;
  const std::string_view wrong = check_header(head, status);
  if (!wrong.empty()) return refuse_header(status, "BAD_REQUEST", wrong);
  buffer_.consume(head.size());
  admit();
}

// What follows cannot be told from a body.
void Connection::refuse_header(unsigned status, std::string_view code, std::string_view message) {
  keep_alive_ = false;
  unread_ = true;
  if (!request_) {
    request_ = std::make_shared<Request>();
    request_->id = system_id_source().next_uuid();
  }
  answer(shared_->handler.refusal(status, code, message));
}

void Connection::take_header() {
  request_ = std::make_shared<Request>();
  request_->id = system_id_source().next_uuid();
  request_->secure = stream_.secure();
  const auto& message = parser_->get();
  request_->method = std::string(view(message.method_string()));
  request_->head = request_->method == "HEAD";
  if (request_->head) request_->method = "GET";
  for (const auto& field : message) {
    request_->headers.emplace_back(std::string(view(field.name_string())),
                                   std::string(view(field.value())));
  }
  head_mistake_ = mistake_of_headers(*request_);
  target_understood_ = set_target(view(message.target()), *request_);
}

std::string_view Connection::check_header(std::string_view head, unsigned& status) const {
  const auto& message = parser_->get();
  if (message.target().size() > shared_->limits.path_bytes_max) {
    status = 414;
    return "the path is too long";
  }
  if (request_->headers.size() > shared_->limits.headers_max) {
    status = 431;
    return "there are too many headers";
  }
  if (message.version() != 11 && message.version() != 10) {
    status = 505;
    return "only HTTP/1.0 and HTTP/1.1 are served";
  }
  if (message.version() == 11 && request_->header("host").empty()) {
    return "exactly one Host header is required";
  }
  const std::string_view wrong = mistake_of_bytes(head);
  if (!wrong.empty()) return wrong;
  if (!head_mistake_.empty()) return head_mistake_;
  if (!target_understood_) return "the request target must be a path or an http URL";
  if (!request_->header("expect").empty() && !expects_continue(*request_)) {
    status = 417;
    return "the only Expect that is met is 100-continue";
  }
  return {};
}

void Connection::admit() {
  admission_ = shared_->handler.admit(*request_);
  if (admission_.answer) {
    compress(*request_, *admission_.answer);
    return answer_early(*std::move(admission_.answer));
  }
  begin_body();
}

void Connection::answer_early(Response response) {
  if (parser_->is_done()) return answer(std::move(response));
  const auto announced = parser_->content_length();
  const bool is_short = announced && *announced <= kPieceBytes && !expects_continue(*request_);
  if (is_short) {
    refused_ = std::move(response);
    piece_.resize(static_cast<std::size_t>(*announced));
    return read_body();
  }
  keep_alive_ = false;
  unread_ = true;
  answer(std::move(response));
}

void Connection::begin_body() {
  if (parser_->is_done()) return dispatch();
  const auto announced = parser_->content_length();
  if (announced && *announced > shared_->limits.body_bytes_max) {
    return answer_early(too_large());
  }
  const std::string_view encoding = request_->header("content-encoding");
  if (same_name(encoding, "gzip")) {
    gunzip_.emplace();
  } else if (!encoding.empty() && !same_name(encoding, "identity")) {
    return answer_early(
        shared_->handler.refusal(415, "UNSUPPORTED_ENCODING", "a body may be plain or gzip"));
  }
  piece_.resize(std::min<std::size_t>(announced.value_or(kPieceBytes), kPieceBytes));
  buffer_.reserve(std::min(kReadBufferBytes, std::max(2 * piece_.size(), buffer_.capacity())));
  if (!expects_continue(*request_)) return read_body();
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.tcp().expires_after(ms(shared_->limits.io_timeout_ms));
  net::async_write(stream_,
                   net::buffer(kContinue.data(), kContinue.size()),
                   [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
                     self->guarded([&] {
                       if (code) return self->close();
                       self->read_body();
                     });
                   });
}

void Connection::read_body() {
  if (parser_->is_done()) return dispatch();
  parser_->get().body().data = piece_.data();
  parser_->get().body().size = piece_.size();
  stream_.tcp().expires_after(ms(shared_->limits.io_timeout_ms));
  http::async_read_some(
      stream_, buffer_, *parser_, [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
        self->guarded([&] { self->on_body(code); });
      });
}

void Connection::on_body(Code code) {
  if (code == http::error::need_buffer) code = {};
  if (code) {
    const bool malformed = code.category() == make_error_code(http::error::bad_chunk).category() &&
                           code != http::error::partial_message &&
                           code != http::error::end_of_stream;
    if (!malformed) return close();
    return refuse_header(400, "BAD_REQUEST", "the body is broken: " + code.message());
  }
  const std::size_t size = piece_.size() - parser_->get().body().size;
  bytes_in_ += size;
  if (!refused_) keep_piece({piece_.data(), size});
  if (too_slow()) return refuse_header(408, "TOO_SLOW", "the body came too slowly");
  if (refused_ && !parser_->is_done() && bytes_in_ > kPieceBytes) {
    return answer_early(*std::exchange(refused_, std::nullopt));
  }
  read_body();
}

Response Connection::too_large() const {
  return shared_->handler.refusal(413,
                                  "RequestEntityTooLargeException",
                                  "the body is larger than " +
                                      std::to_string(shared_->limits.body_bytes_max) +
                                      " bytes: send it in parts");
}

void Connection::keep_piece(std::string_view piece) {
  const std::size_t most = shared_->limits.body_bytes_max;
  const std::size_t before = request_->body.capacity();
  bool fits = true;
  if (gunzip_) {
    const Gunzip::State state = gunzip_->add(piece, request_->body, most);
    if (state == Gunzip::State::Broken) {
      return refuse_body(
          shared_->handler.refusal(400, "BAD_ENCODING", "the body is not valid gzip"));
    }
    fits = state != Gunzip::State::TooLarge;
  } else {
    fits = request_->body.size() + piece.size() <= most;
    if (fits) request_->body.append(piece);
  }
  if (!fits) return refuse_body(too_large());
  const std::size_t grown = request_->body.capacity() - std::min(before, request_->body.capacity());
  held_ += grown;
  if ((shared_->body_bytes_held += grown) > shared_->limits.bodies_bytes_max) {
    refuse_body(shared_->handler.refusal(
        503, "BUSY", "the server holds as many uploads as it may: try again"));
  }
}

bool Connection::too_slow() const {
  const auto spent = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began_);
  const auto seconds = static_cast<std::size_t>(std::max<std::int64_t>(spent.count(), 0));
  const auto grace = static_cast<std::size_t>(shared_->limits.io_timeout_ms / 1000 + 1);
  return seconds > grace && bytes_in_ / seconds < shared_->limits.body_bytes_per_second;
}

void Connection::refuse_body(Response response) {
  refused_ = std::move(response);
  gunzip_.reset();
  request_->body = std::string();
  release_body();
}

void Connection::release_body() {
  shared_->body_bytes_held -= held_;
  held_ = 0;
}

}  // namespace callisto::server
