#include "persist/codec/json_document.h"

#include <new>
#include <variant>

namespace callisto::persist {
namespace {

using Element = simdjson::dom::element;

constexpr std::size_t kWholeDigitsMax = 18;  // So many always fit into 64 bits.

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// simdjson reads it as the integer 0. Strings with it cost a look and nothing else.
bool has_negative_zero(std::string_view json) {
  for (std::size_t at = json.find("-0"); at != std::string_view::npos;
       at = json.find("-0", at + 2)) {
    if (at + 2 == json.size() ||
        std::string_view(",]} \t\r\n").find(json[at + 2]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// Whether digits are a fraction or an exponent, or have one behind them.
bool has_fraction(std::string_view json, std::size_t begin, std::size_t end) {
  constexpr std::string_view kMarks = ".eE";
  const auto is_mark = [&](std::size_t at) {
    return at < json.size() && kMarks.find(json[at]) != std::string_view::npos;
  };
  std::size_t before = begin - 1;  // Beyond the end when there is nothing before.
  if (before < json.size() && (json[before] == '-' || json[before] == '+')) --before;
  return is_mark(before) || is_mark(end);
}

// The same text in which -0 and whole numbers of many digits have a fraction: ".0".
std::string with_fractions(std::string_view json) {
  std::string out;
  out.reserve(json.size() + 16);
  bool in_string = false;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (in_string || !is_digit(c)) {
      if (c == '"') in_string = !in_string;
      const std::size_t bytes = c == '\\' && at + 1 < json.size() ? 2 : 1;
      out.append(json, at, bytes);
      at += bytes;
      continue;
    }
    std::size_t end = at;
    while (end < json.size() && is_digit(json[end])) {
      ++end;
    }
    out.append(json, at, end - at);
    const bool is_negative_zero = end - at == 1 && c == '0' && at > 0 && json[at - 1] == '-';
    if (!has_fraction(json, at, end) && (end - at > kWholeDigitsMax || is_negative_zero)) {
      out += ".0";
    }
    at = end;
  }
  return out;
}

simdjson::error_code parse_once(simdjson::dom::parser& parser,
                                std::string_view json,
                                Element& out) {
  const auto code = parser.parse(json.data(), json.size()).get(out);
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
  return code;
}

}  // namespace

simdjson::error_code parse_json(simdjson::dom::parser& parser,
                                std::string_view json,
                                Element& out) {
  if (has_negative_zero(json)) return parse_once(parser, with_fractions(json), out);
  const auto code = parse_once(parser, json, out);
  return code == simdjson::NUMBER_ERROR ? parse_once(parser, with_fractions(json), out) : code;
}

std::string string_of(Element text) {
  return std::string(std::string_view(text));
}

Scalar scalar_of(Element scalar) {
  if (scalar.is_null()) return Null{};
  if (scalar.is_bool()) return bool(scalar);
  if (scalar.is_number()) return double(scalar);
  return string_of(scalar);
}

Value value_of(Element value) {
  if (!value.is_array()) {
    return std::visit([](const auto& scalar) -> Value { return scalar; }, scalar_of(value));
  }
  List list;
  for (const Element element : simdjson::dom::array(value)) {
    list.push_back(scalar_of(element));
  }
  return list;
}

}  // namespace callisto::persist
