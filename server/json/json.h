// A small JSON tree for requests and answers; uploads and query rows never go through it.
//
// Objects keep their order. A Raw node holds JSON text that somebody else has rendered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <callisto/error.h>
#include <callisto/value.h>

namespace callisto::server {

struct JsonMember;

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;

  struct Raw {
    std::string text;
  };

  Json() = default;

  // NOLINTBEGIN(google-explicit-constructor): a value is what it holds.
  Json(bool value);
  Json(double value);
  Json(std::int64_t value);
  Json(std::uint64_t value);
  Json(int value);
  Json(std::string value);
  Json(std::string_view value);
  Json(const char* value);
  Json(Array value);
  Json(Object value);
  Json(Raw value);

  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(node_); }

  [[nodiscard]] bool is_object() const { return object() != nullptr; }

  // Each is null when the node is something else.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&node_); }

  [[nodiscard]] const double* number() const { return std::get_if<double>(&node_); }

  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&node_); }

  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&node_); }

  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&node_); }

  [[nodiscard]] const Raw* raw() const { return std::get_if<Raw>(&node_); }

  // The member, or nullptr: also when this is no object.
  [[nodiscard]] const Json* find(std::string_view name) const;
  // The member's text, or "" when there is none or it is no string.
  [[nodiscard]] std::string text_of(std::string_view name) const;
  // Whether the member is `true`.
  [[nodiscard]] bool is_set(std::string_view name) const;
  // Adds a member, or replaces it; the node becomes an object.
  Json& set(std::string name, Json value);
  // Appends to an array; the node becomes one.
  void push(Json value);

 private:
  std::variant<std::monostate, bool, double, std::string, Array, Object, Raw> node_;
};

struct JsonMember {
  std::string name;
  Json value;
};

// Here, where a member is a complete type.
inline Json::Json(bool value) : node_(value) {}

inline Json::Json(double value) : node_(value) {}

inline Json::Json(std::int64_t value) : node_(static_cast<double>(value)) {}

inline Json::Json(std::uint64_t value) : node_(static_cast<double>(value)) {}

inline Json::Json(int value) : node_(static_cast<double>(value)) {}

inline Json::Json(std::string value) : node_(std::move(value)) {}

inline Json::Json(std::string_view value) : node_(std::string(value)) {}

inline Json::Json(const char* value) : node_(std::string(value)) {}

inline Json::Json(Array value) : node_(std::move(value)) {}

inline Json::Json(Object value) : node_(std::move(value)) {}

inline Json::Json(Raw value) : node_(std::move(value)) {}

// Errors: InvalidInput with the place; LimitExceeded past 64 levels or 10,000 members of an object.
// Of members with one name the
// last counts. Complexity: linear.
[[nodiscard]] Result<Json> parse_json(std::string_view text);
// Bytes of a text that are no UTF-8 are written as U+FFFD.
void append_json(std::string& out, const Json& json);
[[nodiscard]] std::string to_text(const Json& json);

// A property value: errors InvalidInput for objects and mixed or nested arrays.
[[nodiscard]] Result<Value> to_value(const Json& json);
[[nodiscard]] Json from_value(const Value& value);

}  // namespace callisto::server
