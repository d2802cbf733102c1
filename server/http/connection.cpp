#include "server/http/connection.h"

#include <poll.h>

#include <algorithm>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <callisto/clock.h>

namespace callisto::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;

constexpr std::size_t kReadBufferBytes = std::size_t{64} << 10;
constexpr std::size_t kIdleBufferBytes = 2048;  // Most requests without their bodies.
constexpr std::size_t kPieceBytes = std::size_t{32} << 10;
constexpr std::size_t kGzipBytesMin = 1024;
constexpr std::int64_t kGoodbyeMs = 1000;  // For a client to end its side of TLS.
constexpr std::chrono::milliseconds kWatchInterval{100};

// The audited weakness of the library: it writes header values as they are. Nothing else sets one.
void set_header(http::fields& fields, std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(value.begin(), value.end(), is_control)) return;
  fields.set(beast::string_view(name.data(), name.size()),
             beast::string_view(value.data(), value.size()));
}

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

std::chrono::milliseconds ms(std::int64_t count) {
  return std::chrono::milliseconds(count);
}

// Compresses a large answer for a client that can read it. On the worker's thread.
void compress(const Request& request, Response& response) {
  if (response.body.size() < kGzipBytesMin) return;
  if (!accepts_gzip(request)) return;
  std::string small = gzip(response.body);
  if (small.empty() || small.size() >= response.body.size()) return;
  response.body = std::move(small);
  response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace

Connection::Connection(net::ip::tcp::socket socket, std::shared_ptr<Shared> shared)
    : stream_(std::move(socket), shared->tls),
      watch_(stream_.get_executor()),
      buffer_(kReadBufferBytes),
      shared_(std::move(shared)) {
  ++shared_->connections_total;
}

Connection::~Connection() {
  release_body();
  if (counted_) --shared_->connections_open;
}

void Connection::start() {
  ++shared_->connections_open;
  counted_ = true;
  net::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    if (!self->stream_.secure()) return self->read_header();
    self->handshake();
  });
}

void Connection::turn_away() {
  ++shared_->connections_refused;
  if (stream_.secure()) return close();  // A handshake costs more than the answer is worth.
  Response response = shared_->handler.refusal(
      503, "TOO_MANY_CONNECTIONS", "the server has as many connections as it may: try again");
  net::dispatch(stream_.get_executor(), [self = shared_from_this(), response]() mutable {
    self->keep_alive_ = false;
    self->answer(std::move(response));
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
        if (!code) return self->read_header();
        if (ClientStream::is_plain_http(code)) return self->ask_for_tls();
        self->close();
      }));
}

// The answer to plain HTTP where TLS is spoken, as plain: the client reads no other.
void Connection::ask_for_tls() {
  out_.body() = shared_->handler.refusal(400, "TLS_REQUIRED", "this port speaks https only").body;
  out_.body().insert(0,
                     "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
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
  if (buffer_.size() == 0 && buffer_.capacity() > kIdleBufferBytes) buffer_.shrink_to_fit();
  // One read takes what there is room for, and half a kilobyte at least.
  buffer_.reserve(kIdleBufferBytes);
  stream_.tcp().expires_after(
      ms(first_ ? shared_->limits.header_timeout_ms : shared_->limits.idle_timeout_ms));
  first_ = false;
  http::async_read_header(
      stream_, buffer_, *parser_, [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
        self->on_header(code);
      });
}

void Connection::on_header(Code code) {
  began_ = Clock::now();
  if (code == http::error::end_of_stream) return finish();
  keep_alive_ = !code && parser_->keep_alive() && !shared_->stopping;
  if (code) {
    if (code.category() != make_error_code(http::error::bad_method).category()) return close();
    const bool large = code == http::error::header_limit || code == http::error::buffer_overflow;
    Response refused =
        large ? shared_->handler.refusal(431, "HEADERS_TOO_LARGE", "the headers are too large")
              : shared_->handler.refusal(
                    400, "BAD_REQUEST", "this is no HTTP request: " + code.message());
    request_ = std::make_shared<Request>();
    request_->id = system_id_source().next_uuid();
    return answer(std::move(refused));
  }
  take_header();
  unsigned status = 400;
  const std::string_view wrong = check_header(status);
  if (!wrong.empty()) {
    keep_alive_ = false;  // What follows cannot be told from a body.
    return answer(shared_->handler.refusal(status, "BAD_REQUEST", wrong));
  }
  begin_body();
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
  target_understood_ = set_target(view(message.target()), *request_);
}

std::string_view Connection::check_header(unsigned& status) const {
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
  if (message.version() == 11 && message.count(http::field::host) != 1) {
    return "exactly one Host header is required";
  }
  const std::size_t lengths = message.count(http::field::content_length);
  const std::size_t encodings = message.count(http::field::transfer_encoding);
  if (lengths + encodings > 1) return "the length of the body is told more than once";
  if (encodings == 1 && !same_name(view(message[http::field::transfer_encoding]), "chunked")) {
    return "the only Transfer-Encoding that is read is chunked";
  }
  if (!target_understood_) return "the request target must be a path or an http URL";
  return {};
}

void Connection::begin_body() {
  if (!parser_->is_done()) {
    const auto announced = parser_->content_length().value_or(kPieceBytes);
    piece_.resize(std::min<std::size_t>(announced, kPieceBytes));
    buffer_.reserve(std::min(kReadBufferBytes, std::max(2 * piece_.size(), buffer_.capacity())));
  }
  const std::string_view encoding = request_->header("content-encoding");
  if (same_name(encoding, "gzip")) {
    gunzip_.emplace();
  } else if (!encoding.empty() && !same_name(encoding, "identity")) {
    refuse_body(415, "UNSUPPORTED_ENCODING", "a body may be plain or gzip");
  }
  const auto announced = parser_->content_length();
  if (!refused_ && announced && *announced > shared_->limits.body_bytes_max) {
    refuse_body(413,
                "RequestEntityTooLargeException",
                "the body is larger than " + std::to_string(shared_->limits.body_bytes_max) +
                    " bytes: send it in parts");
  }
  const bool expects = same_name(request_->header("expect"), "100-continue");
  if (!expects) return read_body();
  if (refused_) {  // The client has not begun to send.
    keep_alive_ = false;
    return answer(*std::move(refused_));
  }
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.tcp().expires_after(ms(shared_->limits.io_timeout_ms));
  net::async_write(stream_,
                   net::buffer(kContinue.data(), kContinue.size()),
                   [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
                     if (code) return self->close();
                     self->read_body();
                   });
}

void Connection::read_body() {
  if (parser_->is_done()) return dispatch();
  if (bytes_in_ > shared_->limits.discard_bytes_max) {
    keep_alive_ = false;
    if (!refused_) refuse_body(413, "RequestEntityTooLargeException", "the body is too large");
    return answer(*std::move(refused_));
  }
  parser_->get().body().data = piece_.data();
  parser_->get().body().size = piece_.size();
  stream_.tcp().expires_after(ms(shared_->limits.io_timeout_ms));
  http::async_read_some(
      stream_, buffer_, *parser_, [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
        self->on_body(code);
      });
}

void Connection::on_body(Code code) {
  if (code == http::error::need_buffer) code = {};
  if (code) {
    const bool malformed = code.category() == make_error_code(http::error::bad_chunk).category() &&
                           code != http::error::partial_message &&
                           code != http::error::end_of_stream;
    if (!malformed) return close();
    keep_alive_ = false;
    return answer(
        shared_->handler.refusal(400, "BAD_REQUEST", "the body is broken: " + code.message()));
  }
  const std::size_t size = piece_.size() - parser_->get().body().size;
  bytes_in_ += size;
  if (!refused_) keep_piece({piece_.data(), size});
  if (too_slow()) {
    keep_alive_ = false;
    return answer(shared_->handler.refusal(408, "TOO_SLOW", "the body came too slowly"));
  }
  read_body();
}

void Connection::keep_piece(std::string_view piece) {
  const std::size_t most = shared_->limits.body_bytes_max;
  const std::size_t before = request_->body.capacity();
  bool fits = true;
  if (gunzip_) {
    const Gunzip::State state = gunzip_->add(piece, request_->body, most);
    if (state == Gunzip::State::Broken) {
      return refuse_body(400, "BAD_ENCODING", "the body is not valid gzip");
    }
    fits = state != Gunzip::State::TooLarge;
  } else {
    fits = request_->body.size() + piece.size() <= most;
    if (fits) request_->body.append(piece);
  }
  if (!fits) {
    return refuse_body(
        413,
        "RequestEntityTooLargeException",
        "the body is larger than " + std::to_string(most) + " bytes: send it in parts");
  }
  const std::size_t grown = request_->body.capacity() - std::min(before, request_->body.capacity());
  held_ += grown;
  if ((shared_->body_bytes_held += grown) > shared_->limits.bodies_bytes_max) {
    refuse_body(503, "BUSY", "the server holds as many uploads as it may: try again");
  }
}

bool Connection::too_slow() const {
  const auto spent = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began_);
  const auto seconds = static_cast<std::size_t>(std::max<std::int64_t>(spent.count(), 0));
  const auto grace = static_cast<std::size_t>(shared_->limits.io_timeout_ms / 1000 + 1);
  return seconds > grace && bytes_in_ / seconds < shared_->limits.body_bytes_per_second;
}

void Connection::refuse_body(unsigned status, std::string_view code, std::string_view message) {
  refused_ = shared_->handler.refusal(status, code, message);
  gunzip_.reset();
  request_->body = std::string();
  release_body();
}

void Connection::release_body() {
  shared_->body_bytes_held -= held_;
  held_ = 0;
}

void Connection::dispatch() {
  if (!refused_ && gunzip_ && bytes_in_ > 0 && !gunzip_->complete()) {
    refuse_body(400, "BAD_ENCODING", "the gzip body ends too early");
  }
  if (refused_) return answer(*std::move(refused_));
  stream_.tcp().expires_never();
  in_work_ = true;
  ++shared_->requests_in_work;
  WorkerPool& pool =
      shared_->handler.lane(*request_) == Lane::Write ? shared_->writes : shared_->queries;
  const bool taken = pool.submit([self = shared_from_this(), request = request_] {
    Response response = self->shared_->handler.handle(*request);
    compress(*request, response);
    net::post(self->stream_.get_executor(), [self, response = std::move(response)]() mutable {
      self->answer(std::move(response));
    });
  });
  if (!taken) {
    Response busy = shared_->handler.refusal(
        503, "BUSY", "the server has as many requests waiting as it may: try again");
    busy.headers.emplace_back("Retry-After", "1");
    return answer(std::move(busy));
  }
  watch_for_close();
}

// A request in work whose client hangs up is cancelled.
void Connection::watch_for_close() {
  if (buffer_.size() > 0) return watch_again_later();
  stream_.tcp().socket().async_wait(net::socket_base::wait_read,
                                    [self = shared_from_this(), request = request_](Code code) {
                                      if (code || !self->in_work_ || self->request_ != request)
                                        return;
                                      if (self->client_is_gone()) return request->gone->cancel();
                                      self->watch_again_later();
                                    });
}

// Bytes of a next request, or of the end of TLS, stay readable: waiting for more would end at once.
void Connection::watch_again_later() {
  watch_.expires_after(kWatchInterval);
  watch_.async_wait([self = shared_from_this(), request = request_](Code code) {
    if (code || !self->in_work_ || self->request_ != request) return;
    if (self->client_is_gone()) return request->gone->cancel();
    self->watch_again_later();
  });
}

// Also when unread bytes lie before the end.
bool Connection::client_is_gone() {
  pollfd socket{stream_.tcp().socket().native_handle(), POLLRDHUP, 0};
  return ::poll(&socket, 1, 0) != 0;
}

void Connection::answer(Response response) {
  if (in_work_) --shared_->requests_in_work;
  in_work_ = false;
  watch_.cancel();
  // Ends the other wait.
  Code ignored;
  stream_.tcp().socket().cancel(ignored);
  out_ = {};
  out_.version(11);
  out_.result(response.status);
  out_.keep_alive(keep_alive_);
  set_header(out_, "Server", "callisto");
  if (!response.content_type.empty()) set_header(out_, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) {
    set_header(out_, name, value);
  }
  if (request_) set_header(out_, "X-Request-Id", request_->id);
  out_.body() = std::move(response.body);
  out_.content_length(out_.body().size());
  if (request_ && request_->head) out_.body().clear();
  if (request_) {
    const std::chrono::duration<double, std::milli> spent = Clock::now() - began_;
    shared_->handler.finished(
        *request_,
        response,
        {.bytes_in = bytes_in_, .bytes_out = out_.body().size(), .milliseconds = spent.count()});
    request_->body = std::string();
  }
  release_body();
  piece_ = {};
  writing_ = true;
  stream_.tcp().expires_after(ms(shared_->limits.io_timeout_ms));
  http::async_write(stream_, out_, [self = shared_from_this()](Code code, std::size_t /*bytes*/) {
    self->on_written(code);
  });
}

void Connection::on_written(Code code) {
  out_ = {};
  writing_ = false;
  if (code) return close();
  if (!keep_alive_) return finish();
  read_header();
}

void Connection::finish() {
  if (!stream_.secure()) return close();
  stream_.tcp().expires_after(ms(std::min(shared_->limits.io_timeout_ms, kGoodbyeMs)));
  stream_.say_goodbye(CompletionHandler(
      [self = shared_from_this()](Code /*code*/, std::size_t /*bytes*/) { self->close(); }));
}

// The client is told that no more comes; the kernel sends what is left.
void Connection::close() {
  Code ignored;
  stream_.tcp().socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  stream_.tcp().close();
}

}  // namespace callisto::server
