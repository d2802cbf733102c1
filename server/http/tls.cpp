#include "server/http/tls.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "server/http/tls_context.h"
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace callisto::server {
namespace {

// Says first what cannot be read at all: OpenSSL calls that "system lib".
Status check_readable(const std::string& path, const char* what) {
  const std::ifstream file(path);
  if (file && std::ifstream(path).peek() != std::ifstream::traits_type::eof()) return {};
  const std::string why = file ? "it is empty or a folder" : std::strerror(errno);
  return fail(ErrorCode::Io, std::string("cannot read the ") + what + " " + path + ": " + why);
}

// The reason of the oldest error in OpenSSL's queue; empties the queue.
unsigned long take_error() {
  const unsigned long error = ERR_get_error();
  ERR_clear_error();
  return error;
}

std::string words_of(unsigned long error) {
  const char* reason = ERR_reason_error_string(error);
  return reason != nullptr ? reason : "unknown error";
}

Status wrong_file(const char* what, const std::string& path, const std::string& why) {
  return fail(ErrorCode::InvalidInput, std::string("the ") + what + " " + path + " " + why);
}

// OpenSSL would ask on the terminal for a pass phrase.
int no_pass_phrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Status use_certificate(SSL_CTX* context, const std::string& path) {
  if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) return {};
  const unsigned long error = take_error();
  if (ERR_GET_REASON(error) == PEM_R_NO_START_LINE) {
    return wrong_file("certificate", path, "holds no PEM certificate");
  }
  return wrong_file("certificate", path, "cannot be used: " + words_of(error));
}

Status use_private_key(SSL_CTX* context, const TlsFiles& files) {
  bool asked = false;
  SSL_CTX_set_default_passwd_cb(context, no_pass_phrase);
  SSL_CTX_set_default_passwd_cb_userdata(context, &asked);
  const bool used =
      SSL_CTX_use_PrivateKey_file(context, files.private_key.c_str(), SSL_FILETYPE_PEM) == 1;
  SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
  const unsigned long error = used ? 0 : take_error();
  if (asked) {
    return wrong_file("private key",
                      files.private_key,
                      "has a pass phrase: write one without (openssl pkey -in KEY -out PLAIN)");
  }
  const bool other = !used && ERR_GET_LIB(error) == ERR_LIB_X509;
  if (other || (used && SSL_CTX_check_private_key(context) != 1)) {
    ERR_clear_error();
    return wrong_file(
        "private key", files.private_key, "is not that of the certificate " + files.certificate);
  }
  if (used) return {};
  return wrong_file("private key", files.private_key, "holds no PEM key: " + words_of(error));
}

}  // namespace

Result<std::shared_ptr<TlsContext>> open_tls(const TlsFiles& files) {
  if (files.certificate.empty() || files.private_key.empty()) {
    return fail(ErrorCode::InvalidInput,
                "a certificate and its private key go together: name both files or neither");
  }
  if (Status read = check_readable(files.certificate, "certificate"); !read) {
    return tl::make_unexpected(std::move(read).error());
  }
  if (Status read = check_readable(files.private_key, "private key"); !read) {
    return tl::make_unexpected(std::move(read).error());
  }
  ERR_clear_error();
  auto tls = std::make_shared<TlsContext>();
  SSL_CTX* const context = tls->context.native_handle();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  // Suites that authenticate what they encrypt, with a key for each connection; those of TLS 1.3
  // do.
  if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL") != 1) {
    return fail(ErrorCode::Internal,
                "OpenSSL offers no suite for TLS 1.2: " + words_of(take_error()));
  }
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Idle connections give their buffers back; sessions are resumed by tickets, which cost no
  // memory.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (Status used = use_certificate(context, files.certificate); !used) {
    return tl::make_unexpected(std::move(used).error());
  }
  if (Status used = use_private_key(context, files); !used) {
    return tl::make_unexpected(std::move(used).error());
  }
  return tls;
}

}  // namespace callisto::server
