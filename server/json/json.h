// A small JSON tree for requests and answers; uploads and query rows never go through it.
//
// Objects keep their order. A Raw node holds JSON text that somebody else has rendered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <callisto/error.h>
#include <callisto/value.h>

namespace callisto::server {

class Json;
struct JsonMember;

// Members in the order they were added, each name once. Complexity: find() and set() take constant
// time, unless the members were added with add().
class JsonObject {
 public:
  JsonObject() noexcept;
  JsonObject(const JsonObject& other);
  JsonObject(JsonObject&& other) noexcept;
  JsonObject& operator=(JsonObject other) noexcept;
  ~JsonObject();

  [[nodiscard]] const JsonMember* begin() const;
  [[nodiscard]] const JsonMember* end() const;
  [[nodiscard]] std::size_t size() const;

  [[nodiscard]] bool empty() const { return size() == 0; }

  // Null when there is none of that name.
  [[nodiscard]] const Json* find(std::string_view name) const;
  // Adds a member, or replaces its value.
  void set(std::string name, Json value);
  // Adds one whose name no other has.
  void add(std::string name, Json value);

 private:
  using Places = std::unordered_map<std::string, std::size_t>;

  [[nodiscard]] std::size_t place_of(std::string_view name) const;

  std::vector<JsonMember> members_;
  std::unique_ptr<Places> places_;  // Of objects that are too large to look through.
};

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = JsonObject;

  // Copies share the text: it may be most of an answer.
  struct Raw {
    explicit Raw(std::string rendered)
        : text(std::make_shared<const std::string>(std::move(rendered))) {}

    std::shared_ptr<const std::string> text;
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

// Members of an object that have one name: the last counts, or they are a mistake.
enum class Repeated : unsigned char { LastCounts, Refused };

// Errors: InvalidInput with the place; LimitExceeded past 64 levels or 10,000 members of an object.
// Complexity: linear.
[[nodiscard]] Result<Json> parse_json(std::string_view text,
                                      Repeated repeated = Repeated::LastCounts);
// Bytes of a text that are no UTF-8 are written as U+FFFD.
void append_json(std::string& out, const Json& json);
[[nodiscard]] std::string to_text(const Json& json);

// A property value: errors InvalidInput for objects and mixed or nested arrays.
[[nodiscard]] Result<Value> to_value(const Json& json);
[[nodiscard]] Json from_value(const Value& value);

}  // namespace callisto::server
