// Certificates made for a test, and a client that trusts one of them and no other.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/http/http_client.h"
#include "tests/support/scratch.h"

#include "server/http/tls.h"

namespace callisto::tests {

// A self-signed certificate for localhost and its key, as PEM.
struct TestCertificate {
  std::string certificate;
  std::string private_key;
  std::string locked_key;  // The same key with a pass phrase.

  [[nodiscard]] static TestCertificate make();
  // Writes NAME.pem and NAME.key into that folder.
  [[nodiscard]] server::TlsFiles write(const Scratch& scratch, const std::string& name) const;
};

// One connection through TLS; the server must show that certificate.
class TlsWire final : public Wire {
 public:
  // `version_max` is OpenSSL's, such as TLS1_1_VERSION. 0: the newest. Old versions are allowed
  // here. `suites`: those of TLS 1.2 that the client offers; null: OpenSSL's.
  TlsWire(std::uint16_t port,
          const TestCertificate& trusted,
          int version_max = 0,
          const char* suites = nullptr);
  ~TlsWire() override;

  // What was wrong with the handshake; "" when it is done.
  [[nodiscard]] const std::string& problem() const;
  [[nodiscard]] std::string version() const;  // "TLSv1.3"
  void send(std::string_view bytes) const override;
  // Whether the server closes, in whatever way, and sends nothing before.
  [[nodiscard]] bool is_closed() const;
  // Whether it does so in good order: else clients take the end for an attack.
  [[nodiscard]] bool is_ended() const;
  void say_goodbye() const;

 protected:
  bool read_more(std::string& out) const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace callisto::tests
