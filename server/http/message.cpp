#include "server/http/message.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <boost/url/decode_view.hpp>
#include <boost/url/pct_string_view.hpp>

#include <callisto/utf8.h>

#include "server/http/head_rules.h"

namespace callisto::server {
namespace {

// False when an escape is broken, or what it gives holds a NUL or is no UTF-8.
bool decode(std::string_view text, bool plus_is_space, std::string& out) {
  const auto checked = boost::urls::make_pct_string_view(text);
  if (checked.has_error()) return false;
  boost::urls::encoding_opts options;
  options.space_as_plus = plus_is_space;
  const boost::urls::decode_view view(*checked, options);
  out.assign(view.begin(), view.end());
  return out.find('\0') == std::string::npos && is_utf8(out);
}

// Calls visit(piece) for each piece between separators until it returns false.
template <class Visit>
void split(std::string_view text, char separator, Visit&& visit) {
  while (true) {
    const std::size_t end = text.find(separator);
    if (!visit(text.substr(0, end)) || end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// The q of " ;q=0.5", 1 when there is none, and 0 when it is no number.
double weight_of(std::string_view parameters) {
  double weight = 1;
  split(parameters, ';', [&](std::string_view piece) {
    piece = trimmed(piece);
    if (piece.size() < 2 || lower(piece[0]) != 'q' || piece[1] != '=') return true;
    weight = 0;
    std::from_chars(piece.data() + 2, piece.data() + piece.size(), weight);
    return false;
  });
  return weight;
}

// Sets the header of this name that request.header() finds.
void set_first(Request& request, std::string_view name, std::string_view value) {
  for (auto& [key, text] : request.headers) {
    if (!same_name(key, name)) continue;
    text = value;
    return;
  }
  request.headers.emplace_back(name, value);
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return lower(x) == lower(y);
         });
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_name(key, name)) return value;
  }
  return {};
}

std::string Request::parameter(std::string_view name) const {
  std::string found;
  split(query, '&', [&](std::string_view piece) {
    const std::size_t equals = piece.find('=');
    std::string key;
    if (!decode(piece.substr(0, equals), true, key) || key != name) return true;
    if (equals != std::string_view::npos && !decode(piece.substr(equals + 1), true, found)) {
      found.clear();
    }
    return false;
  });
  return found;
}

bool Request::flag(std::string_view name) const {
  const std::string value = parameter(name);
  if (!value.empty()) return value == "true" || value == "1";
  bool named = false;
  split(query, '&', [&](std::string_view piece) {
    named = named || piece == name;
    return !named;
  });
  return named;
}

std::vector<std::string> parameter_names(const Request& request) {
  std::vector<std::string> names;
  split(request.query, '&', [&](std::string_view piece) {
    std::string name;
    if (!piece.empty() && decode(piece.substr(0, piece.find('=')), true, name)) {
      names.push_back(std::move(name));
    }
    return true;
  });
  return names;
}

bool has_sound_query(const Request& request) {
  bool good = true;
  split(request.query, '&', [&](std::string_view piece) {
    std::string decoded;
    good = decode(piece, true, decoded);
    return good;
  });
  return good;
}

bool set_target(std::string_view target, Request& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_name(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view host = target.substr(0, end);
    if (!is_host(host)) return false;
    set_first(request, "Host", host);
    target.remove_prefix(end);
    if (!target.starts_with('/')) request.path = "/";
    break;
  }
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path += target.substr(0, mark);
  if (mark < target.size()) request.query = target.substr(mark + 1);
  return request.path.starts_with('/');
}

bool accepts_gzip(const Request& request) {
  std::optional<double> gzip;
  std::optional<double> any;
  double plain = 0;  // Always good enough, but never asked for unless named.
  for (const auto& [name, value] : request.headers) {
    if (!same_name(name, "accept-encoding")) continue;
    split(value, ',', [&](std::string_view piece) {
      const std::size_t end = std::min(piece.find(';'), piece.size());
      const std::string_view coding = trimmed(piece.substr(0, end));
      const double weight = weight_of(piece.substr(end));
      if (same_name(coding, "gzip") || same_name(coding, "x-gzip")) gzip = weight;
      if (same_name(coding, "identity")) plain = weight;
      if (coding == "*") any = weight;
      return true;
    });
  }
  const double weight = gzip.value_or(any.value_or(0));
  return weight > 0 && weight >= plain;
}

bool segments_of(std::string_view path, std::vector<std::string>& out) {
  bool good = true;
  split(path, '/', [&](std::string_view piece) {
    if (piece.empty()) return true;
    std::string segment;
    good = decode(piece, false, segment);
    if (good) out.push_back(std::move(segment));
    return good;
  });
  return good;
}

}  // namespace callisto::server
