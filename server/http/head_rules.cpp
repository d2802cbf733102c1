#include "server/http/head_rules.h"

#include <algorithm>
#include <array>

#include <callisto/number_text.h>

namespace callisto::server {
namespace {

constexpr std::size_t kHostBytesMax = 255 + 6;  // With its port.

// By these a request is told apart from others: who sends one twice wants two readers to disagree.
constexpr std::array kOnce{"host",
                           "authorization",
                           "jupiterone-account",
                           "lifeomic-account",
                           "origin",
                           "content-length",
                           "content-encoding",
                           "content-type",
                           "transfer-encoding",
                           "expect"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_';
}

template <class Test>
bool all_are(std::string_view text, const Test& test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

}  // namespace

std::string_view mistake_of_bytes(std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos || end == 0 || head[end - 1] != '\r') {
      return "a line of the head does not end in CR LF";
    }
    const std::string_view line = head.substr(0, end - 1);
    if (line.starts_with(' ') || line.starts_with('\t')) {
      return "a header that goes on in the next line is not read";
    }
    const bool controls = std::any_of(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    if (controls) return "the head holds a control character";
    head.remove_prefix(end + 1);
  }
  return {};
}

bool is_host(std::string_view text) {
  if (text.size() > kHostBytesMax) return false;
  std::string_view name = text;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    name = text.substr(1, end - 1);
    const auto is_address = [](char c) { return is_hex(c) || c == ':' || c == '.'; };
    if (name.find(':') == std::string_view::npos || !all_are(name, is_address)) return false;
    text.remove_prefix(end + 1);
  } else {
    name = text.substr(0, text.find(':'));
    if (!all_are(name, is_name)) return false;
    text.remove_prefix(name.size());
  }
  if (text.empty()) return true;
  if (text.front() != ':' || !all_are(text.substr(1), is_digit)) return false;
  return number_from<std::uint16_t>(text.substr(1)).has_value();
}

std::string_view mistake_of_headers(const Request& request) {
  for (const char* name : kOnce) {
    const auto same = [&](const auto& header) { return same_name(header.first, name); };
    if (std::count_if(request.headers.begin(), request.headers.end(), same) > 1) {
      return "a header that may stand once only is repeated: Host, Authorization, "
             "JupiterOne-Account, LifeOmic-Account, Origin, Content-Length, Content-Encoding, "
             "Content-Type, Transfer-Encoding or Expect";
    }
  }
  // A list of equal lengths is legal to read (RFC 9110, 8.6), and two readers may still disagree.
  const std::string_view length = request.header("content-length");
  if (!length.empty() && !all_are(length, is_digit)) return "Content-Length must be one number";
  const std::string_view encoding = request.header("transfer-encoding");
  if (!encoding.empty() && !length.empty()) {
    return "the length of the body is told more than once";
  }
  if (!encoding.empty() && !same_name(encoding, "chunked")) {
    return "the only Transfer-Encoding that is read is chunked";
  }
  const std::string_view host = request.header("host");
  if (!host.empty() && !is_host(host)) return "Host must be a name or an address, and a port";
  return {};
}

}  // namespace callisto::server
