// The rules of texts, property names and values (wire-api 5) for what comes by typed calls; uploads
// apply the same ones while they are read (persist/codec/upload_fields.cpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>
#include <callisto/input_limits.h>
#include <callisto/mutations.h>

namespace callisto::persist {

// Errors of all: InvalidInput with the name of the field and the rule.

// A text that may be empty: valid UTF-8 of at most `max` bytes. Any character may be in it, NUL
// too, as in JSON.
[[nodiscard]] Status check_text(std::string_view what, std::string_view text, std::size_t max);
// The same, not empty.
[[nodiscard]] Status check_name(std::string_view what, std::string_view name, std::size_t max);
[[nodiscard]] Status check_classes(const std::vector<std::string>& classes);
// Of a parameter: its lists may hold several kinds.
[[nodiscard]] Status check_value(std::string_view what,
                                 const Value& value,
                                 const InputLimits& limits);
[[nodiscard]] Status check_properties(const Properties& properties, const InputLimits& limits);

}  // namespace callisto::persist
