// What becomes of a request that was read: a worker's turn, and the answer on its way.
#include <poll.h>

#include <algorithm>
#include <new>
#include <thread>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/beast/http/write.hpp>

#include "server/http/connection.h"
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace callisto::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace net = boost::asio;

constexpr std::size_t kGzipBytesMin = 1024;
constexpr std::size_t kLingerBytes = std::size_t{32} << 10;
constexpr std::int64_t kGoodbyeMs = 1000;  // For a client to end its side, or to send some more.
constexpr std::chrono::milliseconds kWatchInterval{100};
constexpr std::chrono::milliseconds kHandBackInterval{10};
constexpr std::string_view kNoMemory =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
    "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n"
    "Content-Length: 92\r\n\r\n"
    R"({"error":{"code":"OUT_OF_MEMORY","message":"the server has no memory for this: try again"}})"
    "\n";

// The audited weakness of the library: it writes header values as they are. Nothing else sets one.
void set_header(http::fields& fields, std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(value.begin(), value.end(), is_control)) return;
  fields.set(beast::string_view(name.data(), name.size()),
             beast::string_view(value.data(), value.size()));
}

std::chrono::milliseconds ms(std::int64_t count) {
  return std::chrono::milliseconds(count);
}

}  // namespace

void Connection::dispatch() {
  if (!refused_ && gunzip_ && bytes_in_ > 0 && !gunzip_->complete()) {
    refuse_body(shared_->handler.refusal(400, "BAD_ENCODING", "the gzip body ends too early"));
  }
  if (refused_) return answer(*std::move(refused_));
  stream_.tcp().expires_never();
  in_work_ = true;
  ++shared_->requests_in_work;
  WorkerPool& pool = admission_.lane == Lane::Write ? shared_->writes : shared_->queries;
  const auto task = [self = shared_from_this(), request = request_](Turn turn) {
    std::optional<Response> response = self->work(*request, turn);
    if (!response) return false;
    self->hand_back(*std::move(response));
    return true;
  };
  if (!pool.submit(admission_.tenant, admission_.brief, task)) {
    Response busy = shared_->handler.refusal(
        503, "BUSY", "the server has as many requests waiting as it may: try again");
    busy.headers.emplace_back("Retry-After", "1");
    return answer(std::move(busy));
  }
  watch_for_close();
}

void Connection::compress(const Request& request, Response& response) {
  if (response.body.size() < kGzipBytesMin) return;
  if (!accepts_gzip(request)) return;
  std::string small = gzip(response.body);
  if (small.empty() || small.size() >= response.body.size()) return;
  response.body = std::move(small);
  response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

std::optional<Response> Connection::work(const Request& request, Turn turn) const noexcept {
  try {
    std::optional<Response> response = shared_->handler.handle(request, turn);
    if (response) compress(request, *response);
    return response;
  } catch (const std::exception&) {
    // What was in the way is gone by now.
  }
  try {
    return shared_->handler.refusal(
        503, "OUT_OF_MEMORY", "the server has no memory for this: ask for less, or try again");
  } catch (const std::exception&) {
    return Response{.status = 503, .content_type = {}};  // Which takes no memory at all.
  }
}

// The client waits for it: this is tried until there is memory for it.
void Connection::hand_back(Response response) noexcept {
  handed_ = std::move(response);
  while (true) {
    try {
      net::post(stream_.get_executor(), [self = shared_from_this()] {
        self->guarded([&] { self->answer(std::move(self->handed_)); });
      });
      return;
    } catch (const std::exception&) {
      std::this_thread::sleep_for(kHandBackInterval);
    }
  }
}

// A request in work whose client hangs up is cancelled.
void Connection::watch_for_close() {
  if (buffer_.size() > 0) return watch_again_later();
  stream_.tcp().socket().async_wait(net::socket_base::wait_read,
                                    [self = shared_from_this(), request = request_](Code code) {
                                      self->guarded([&] { self->watched(code, request); });
                                    });
}

// Bytes of a next request, or of the end of TLS, stay readable: waiting for more would end at once.
void Connection::watch_again_later() {
  watch_.expires_after(kWatchInterval);
  watch_.async_wait([self = shared_from_this(), request = request_](Code code) {
    self->guarded([&] { self->watched(code, request); });
  });
}

void Connection::watched(Code code, const std::shared_ptr<Request>& request) {
  if (code || !in_work_ || request_ != request) return;
  if (client_is_gone()) return request->gone->cancel();
  watch_again_later();
}

// Also when unread bytes lie before the end.
bool Connection::client_is_gone() {
  pollfd socket{stream_.tcp().socket().native_handle(), POLLRDHUP, 0};
  return ::poll(&socket, 1, 0) > 0;  // Not when a signal came in between.
}

// An answer that is read slowly is held for long: there is one bound for all of them.
bool Connection::holds_answer(std::size_t bytes) {
  answer_held_ = bytes;
  if ((shared_->answer_bytes_held += bytes) <= shared_->limits.answers_bytes_max) return true;
  release_answer();
  return false;
}

void Connection::release_answer() {
  shared_->answer_bytes_held -= answer_held_;
  answer_held_ = 0;
}

void Connection::answer(Response response) {
  if (in_work_) --shared_->requests_in_work;
  in_work_ = false;
  watch_.cancel();
  // Ends the other wait.
  Code ignored;
  stream_.tcp().socket().cancel(ignored);
  if (!holds_answer(response.body.size())) {
    response = shared_->handler.refusal(
        503, "BUSY", "the server holds as many answers as it may: try again");
  }
  set_headers(response);
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
  bytes_out_ = 0;
  arrived_out_ = 0;
  writer_.emplace(out_);
  stream_.tcp().expires_never();
  watch_pace();
  write_some();
}

void Connection::set_headers(const Response& response) {
  out_ = {};
  out_.version(11);
  out_.result(response.status);
  out_.keep_alive(keep_alive_);
  set_header(out_, "Server", "callisto");
  set_header(out_, "X-Content-Type-Options", "nosniff");
  set_header(out_, "Cache-Control", "no-store");
  if (!response.content_type.empty()) set_header(out_, "Content-Type", response.content_type);
  for (const auto& [name, value] : response.headers) {
    set_header(out_, name, value);
  }
  if (request_) set_header(out_, "X-Request-Id", request_->id);
}

void Connection::write_some() {
  http::async_write_some(
      stream_, *writer_, [self = shared_from_this()](Code code, std::size_t bytes) {
        self->guarded([&] {
          self->bytes_out_ += bytes;
          if (code || self->writer_->is_done()) return self->on_written(code);
          self->write_some();
        });
      });
}

// A reader may take as long as it likes as long as it reads on.
void Connection::watch_pace() {
  const std::int64_t interval = shared_->limits.io_timeout_ms;
  watch_.expires_after(ms(interval));
  watch_.async_wait([self = shared_from_this(), request = request_, interval](Code code) {
    self->guarded([&] {
      if (code || !self->writing_ || self->request_ != request) return;
      const std::uint64_t arrived = self->bytes_arrived();
      const std::uint64_t least = self->shared_->limits.answer_bytes_per_second *
                                  static_cast<std::uint64_t>(interval) / 1000;
      if (arrived - self->arrived_out_ < std::max<std::uint64_t>(least, 1)) return self->close();
      self->arrived_out_ = arrived;
      self->watch_pace();
    });
  });
}

// Of the answer, at the client: what the system has not got rid of does not count.
std::uint64_t Connection::bytes_arrived() {
  int unsent = 0;
  if (::ioctl(stream_.tcp().socket().native_handle(), SIOCOUTQ, &unsent) != 0) return bytes_out_;
  const auto waiting = static_cast<std::uint64_t>(std::max(unsent, 0));
  return std::max(arrived_out_, bytes_out_ - std::min(bytes_out_, waiting));
}

void Connection::on_written(Code code) {
  watch_.cancel();
  writer_.reset();
  out_ = {};
  release_answer();
  writing_ = false;
  if (code) return close();
  if (!keep_alive_) return finish();
  read_header();
}

void Connection::finish() {
  if (unread_) return linger();
  if (!stream_.secure()) return close();
  stream_.tcp().expires_after(ms(std::min(shared_->limits.io_timeout_ms, kGoodbyeMs)));
  stream_.say_goodbye(CompletionHandler(
      [self = shared_from_this()](Code /*code*/, std::size_t /*bytes*/) { self->close(); }));
}

// A client that is still sending reads the answer when that is done: closing before would break the
// connection off, and the answer with it. Nothing of it is kept.
void Connection::linger() {
  Code ignored;
  if (!stream_.secure()) {
    stream_.tcp().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  }
  piece_.resize(kLingerBytes);
  stream_.tcp().expires_after(ms(std::min(shared_->limits.io_timeout_ms, kGoodbyeMs)));
  stream_.async_read_some(
      net::buffer(piece_), [self = shared_from_this()](Code code, std::size_t bytes) {
        self->guarded([&] {
          self->bytes_in_ += bytes;
          const bool enough = code || self->bytes_in_ > self->shared_->limits.discard_bytes_max ||
                              self->too_slow() || self->shared_->stopping;
          if (!enough) return self->linger();
          self->unread_ = false;
          self->finish();
        });
      });
}

// The client is told that no more comes; the kernel sends what is left.
void Connection::close() {
  Code ignored;
  stream_.tcp().socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  stream_.tcp().close();
}

void Connection::give_up() noexcept {
  try {
    if (!writing_ && !stream_.secure()) {
      static_cast<void>(::send(stream_.tcp().socket().native_handle(),
                               kNoMemory.data(),
                               kNoMemory.size(),
                               MSG_DONTWAIT | MSG_NOSIGNAL));
    }
    close();
  } catch (const std::exception&) {
    // The destructor closes.
  }
}

}  // namespace callisto::server
