#include "server/http/client_stream.h"

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/http/tls_context.h"
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace callisto::server {

namespace net = boost::asio;

struct ClientStream::Tls {
  std::shared_ptr<TlsContext> context;
  net::ssl::stream<boost::beast::tcp_stream&> stream;
};

ClientStream::ClientStream(net::ip::tcp::socket socket, const std::shared_ptr<TlsContext>& tls)
    : tcp_(std::move(socket)) {
  if (tls) tls_.reset(new Tls{tls, {tcp_, tls->context}});
}

ClientStream::~ClientStream() = default;

void ClientStream::handshake(CompletionHandler done) {
  tls_->stream.async_handshake(net::ssl::stream_base::server, std::move(done));
}

bool ClientStream::is_plain_http(const Code& code) {
  return code.category() == net::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(code.value())) == SSL_R_HTTP_REQUEST;
}

void ClientStream::say_goodbye(CompletionHandler done) {
  tls_->stream.async_shutdown(std::move(done));
}

void ClientStream::read_some(net::mutable_buffer buffer, CompletionHandler moved) {
  tls_->stream.async_read_some(buffer, std::move(moved));
}

void ClientStream::write_some(const Pieces& pieces, CompletionHandler moved) {
  tls_->stream.async_write_some(pieces, std::move(moved));
}

}  // namespace callisto::server
