#include "tests/http/tls_client.h"

#include <array>
#include <csignal>

#include <catch2/catch.hpp>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace callisto::tests {
namespace {

template <auto Free>
struct Freed {
  template <class Object>
  void operator()(Object* object) const {
    Free(object);
  }
};

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using Connection = std::unique_ptr<SSL, Freed<SSL_free>>;

std::string text_of(const Memory& memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string key_text(const Key& key, const char* pass_phrase) {
  const Memory memory(BIO_new(BIO_s_mem()));
  const auto* phrase = reinterpret_cast<const unsigned char*>(pass_phrase);
  REQUIRE(PEM_write_bio_PrivateKey(memory.get(),
                                   key.get(),
                                   pass_phrase == nullptr ? nullptr : EVP_aes_128_cbc(),
                                   phrase,
                                   pass_phrase == nullptr ? 0 : 4,
                                   nullptr,
                                   nullptr) == 1);
  return text_of(memory);
}

}  // namespace

TestCertificate TestCertificate::make() {
  std::string curve = "P-256";  // EVP_EC_gen casts const away.
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
  const Certificate x509(X509_new());
  REQUIRE(key);
  X509_set_version(x509.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
  X509_set_pubkey(x509.get(), key.get());
  X509_NAME* const name = X509_get_subject_name(x509.get());
  X509_NAME_add_entry_by_txt(
      name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(x509.get(), name);
  REQUIRE(X509_sign(x509.get(), key.get(), EVP_sha256()) > 0);
  const Memory memory(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_X509(memory.get(), x509.get()) == 1);
  return {text_of(memory), key_text(key, nullptr), key_text(key, "1234")};
}

server::TlsFiles TestCertificate::write(const Scratch& scratch, const std::string& name) const {
  return {scratch.write(name + ".pem", certificate), scratch.write(name + ".key", private_key)};
}

struct TlsWire::State {
  Context context;
  Connection ssl;
  std::string problem;
};

TlsWire::TlsWire(std::uint16_t port,
                 const TestCertificate& trusted,
                 int version_max,
                 const char* suites)
    : Wire(port), state_(new State) {
  // OpenSSL writes without MSG_NOSIGNAL. Blocked in this thread only: the server's must do without.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  ERR_clear_error();
  state_->context.reset(SSL_CTX_new(TLS_client_method()));
  SSL_CTX* const context = state_->context.get();
  // Below 2 OpenSSL still speaks what is no longer safe.
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, version_max);
  if (suites != nullptr) REQUIRE(SSL_CTX_set_cipher_list(context, suites) == 1);
  const Memory memory(BIO_new_mem_buf(trusted.certificate.data(), -1));
  const Certificate x509(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), x509.get());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  state_->ssl.reset(SSL_new(context));
  SSL* const ssl = state_->ssl.get();
  SSL_set1_host(ssl, "localhost");
  SSL_set_fd(ssl, socket());
  const timeval patience{10, 0};
  ::setsockopt(socket(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (SSL_connect(ssl) == 1) return;
  const unsigned long error = ERR_get_error();
  const char* reason = ERR_reason_error_string(error);
  state_->problem = reason == nullptr ? "closed" : reason;
}

TlsWire::~TlsWire() = default;

const std::string& TlsWire::problem() const {
  return state_->problem;
}

std::string TlsWire::version() const {
  return SSL_get_version(state_->ssl.get());
}

void TlsWire::send(std::string_view bytes) const {
  if (!bytes.empty()) SSL_write(state_->ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
}

bool TlsWire::read_more(std::string& out) const {
  std::array<char, 16384> buffer{};
  const int got = SSL_read(state_->ssl.get(), buffer.data(), buffer.size());
  if (got <= 0) return false;
  out.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

bool TlsWire::is_closed() const {
  char byte = 0;
  const int got = SSL_read(state_->ssl.get(), &byte, 1);
  return got <= 0 && SSL_get_error(state_->ssl.get(), got) != SSL_ERROR_WANT_READ;
}

bool TlsWire::is_ended() const {
  return is_closed() && SSL_get_shutdown(state_->ssl.get()) == SSL_RECEIVED_SHUTDOWN;
}

void TlsWire::say_goodbye() const {
  SSL_shutdown(state_->ssl.get());
}

}  // namespace callisto::tests
