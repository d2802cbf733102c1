// Fields of an export's lines. Private to the codec: shows simdjson.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include <callisto/error.h>

namespace callisto::persist {

inline tl::unexpected<Error> wrong(std::string message) {
  return fail(ErrorCode::InvalidInput, std::move(message));
}

// Errors: InvalidInput.
inline Result<std::string_view> text_of(const simdjson::dom::object& object, std::string_view key) {
  std::string_view text;
  if (object.at_key(key).get(text) != simdjson::SUCCESS) {
    return wrong("\"" + std::string(key) + "\" must be a string");
  }
  return text;
}

}  // namespace callisto::persist
