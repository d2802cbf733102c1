// JSON texts as trees. Private to those who read records and lines: shows simdjson.
//
// The functions that take an element throw simdjson::simdjson_error when it has another kind, and
// std::bad_alloc; their callers make an Error of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <simdjson.h>

#include <callisto/error.h>
#include <callisto/value.h>

namespace callisto::persist {

// The tree lives in `parser`, until it parses again. Whole numbers of more than 64 bits, which
// simdjson refuses, are read as the nearest double, and -0, which it takes for 0, as -0. Throws
// std::bad_alloc. Complexity: linear.
[[nodiscard]] simdjson::error_code parse_json(simdjson::dom::parser& parser,
                                              std::string_view json,
                                              simdjson::dom::element& out);

// What `decode` makes of the tree. Errors: InvalidInput, in the words of simdjson.
template <class Decode>
[[nodiscard]] auto decode_json(std::string_view json, Decode&& decode)
    -> Result<std::invoke_result_t<Decode, simdjson::dom::element>> {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const auto code = parse_json(parser, json, root);
  if (code != simdjson::SUCCESS) {
    return fail(ErrorCode::InvalidInput, simdjson::error_message(code));
  }
  try {
    return decode(root);
  } catch (const simdjson::simdjson_error& error) {
    return fail(ErrorCode::InvalidInput, error.what());
  }
}

template <class Enum>
[[nodiscard]] Enum enum_of(simdjson::dom::element number, Enum last) {
  const std::uint64_t found = number;
  if (found > static_cast<std::uint64_t>(last)) {
    throw simdjson::simdjson_error(simdjson::NUMBER_OUT_OF_RANGE);
  }
  return static_cast<Enum>(found);
}

[[nodiscard]] std::string string_of(simdjson::dom::element text);
// Not a list.
[[nodiscard]] Scalar scalar_of(simdjson::dom::element scalar);
[[nodiscard]] Value value_of(simdjson::dom::element value);

}  // namespace callisto::persist
