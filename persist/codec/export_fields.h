// Fields of an export's lines. Private to the codec: shows simdjson.
#pragma once

#include <cstdint>
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

// Errors: InvalidInput.
inline Result<std::uint64_t> count_of(const simdjson::dom::object& object, std::string_view key) {
  std::uint64_t number = 0;
  if (object.at_key(key).get(number) != simdjson::SUCCESS) {
    return wrong("\"" + std::string(key) + "\" must be a whole number from 0");
  }
  return number;
}

}  // namespace callisto::persist
