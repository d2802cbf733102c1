#include "server/http/message.h"

#include <algorithm>

#include <boost/url/decode_view.hpp>
#include <boost/url/pct_string_view.hpp>

namespace callisto::server {
namespace {

// Empty optional-like flag: false when an escape is broken.
bool decode(std::string_view text, bool plus_is_space, std::string& out) {
  const auto checked = boost::urls::make_pct_string_view(text);
  if (checked.has_error()) return false;
  boost::urls::encoding_opts options;
  options.space_as_plus = plus_is_space;
  const boost::urls::decode_view view(*checked, options);
  out.assign(view.begin(), view.end());
  return out.find('\0') == std::string::npos;
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
