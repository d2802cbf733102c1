#include "core/values/json_writer.h"

#include <variant>

#include <callisto/number_text.h>
#include <callisto/utf8.h>
#include <callisto/value_view.h>

namespace callisto {

void JsonWriter::separate() {
  if (out_.size() == begin_) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  out_ += ':';
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  if (is_utf8(text)) {
    append_json_string(out_, text);
  } else {
    append_json_string(out_, repaired_utf8(text));
  }
  return *this;
}

JsonWriter& JsonWriter::value(const Null& /*null*/) {
  return raw("null");
}

JsonWriter& JsonWriter::value(double number) {
  separate();
  append_number(out_, number);
  return *this;
}

JsonWriter& JsonWriter::value(const Scalar& scalar) {
  std::visit([this](const auto& content) { value(content); }, scalar);
  return *this;
}

JsonWriter& JsonWriter::value(const Value& value) {
  const auto* const list = std::get_if<List>(&value);
  if (list == nullptr) {
    std::visit(
        [this](const auto& content) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(content)>, List>) {
            this->value(content);
          }
        },
        value);
    return *this;
  }
  begin_array();
  for (const Scalar& element : *list) {
    this->value(element);
  }
  return end_array();
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace callisto
