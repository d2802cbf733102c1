// A certificate and its private key, read once: with them a server speaks TLS.
#pragma once

#include <memory>
#include <string>

#include <callisto/error.h>

namespace callisto::server {

struct TlsContext;  // Of the library; private to http/.

struct TlsFiles {
  std::string certificate{};  // PEM: the server's own first, then those that vouch for it.
  std::string private_key{};  // PEM, without a pass phrase.

  [[nodiscard]] bool empty() const { return certificate.empty() && private_key.empty(); }
};

// TLS 1.2 and 1.3 only, with the ciphers of the system's OpenSSL policy.
//
// Errors: Io (a file cannot be read), InvalidInput (only one file is named, no PEM in it, a key
// with a pass phrase, a key of another certificate, a key too weak for the policy). Each names the
// file. Thread safety: the result is shared by all connections.
[[nodiscard]] Result<std::shared_ptr<TlsContext>> open_tls(const TlsFiles& files);

}  // namespace callisto::server
