// What is refused in the head of a request: whatever two readers of it may take for two things
// (RFC 9112, RFC 9110), and whatever only an attacker sends twice.
#pragma once

#include <string_view>

#include "server/http/message.h"

namespace callisto::server {

// What is wrong with the bytes of a head, its empty line included; "" for nothing: lines that are
// folded, or do not end in CR LF; controls.
[[nodiscard]] std::string_view mistake_of_bytes(std::string_view head);
// What is wrong with its headers; "" for nothing: those that may stand once only, the host's and
// the length's form.
[[nodiscard]] std::string_view mistake_of_headers(const Request& request);
// A name or an IPv4 address, or an IPv6 address in brackets, with or without a port.
[[nodiscard]] bool is_host(std::string_view text);

}  // namespace callisto::server
