// Writes a JSON document front to back into a text: no tree is built.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include <callisto/value.h>

namespace callisto {

// Commas come by themselves. The caller ends what it begins, and writes a key before each value of
// an object. Text that is no UTF-8 is repaired.
//
//   JsonWriter json(out);
//   json.begin_object().member("id", id).key("counts").begin_array();
//   json.value(1).value(2).end_array().end_object();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out), begin_(out.size()) {}

  JsonWriter& begin_object() { return open('{'); }

  JsonWriter& end_object() { return close('}'); }

  JsonWriter& begin_array() { return open('['); }

  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);

  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }

  JsonWriter& value(const char* text) { return value(std::string_view(text)); }

  JsonWriter& value(const Null& null);
  JsonWriter& value(double number);
  JsonWriter& value(const Value& value);

  JsonWriter& value(const Scalar& scalar);

  template <std::same_as<bool> Bool>
  JsonWriter& value(Bool value) {
    return raw(value ? "true" : "false");
  }

  template <std::integral Number>

  requires(!std::same_as<Number, bool>) JsonWriter& value(Number number) {
    return raw(std::to_string(number));
  }

  // JSON that somebody else has written.
  JsonWriter& raw(std::string_view json);

  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

 private:
  void separate();
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);

  std::string& out_;
  std::size_t begin_;  // Where the document begins.
};

}  // namespace callisto
