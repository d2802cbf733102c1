// The rules of property names and values (wire-api 5) for values that come as Value; uploads apply
// the same ones while they are read (persist/codec/upload_fields.cpp).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <callisto/error.h>
#include <callisto/input_limits.h>
#include <callisto/mutations.h>

namespace callisto::persist {

// Errors, all three: InvalidInput with the property's name and the rule.
[[nodiscard]] Status check_name(std::string_view what, const std::string& name, std::size_t max);
[[nodiscard]] Status check_classes(const std::vector<std::string>& classes);
[[nodiscard]] Status check_properties(const Properties& properties, const InputLimits& limits);

}  // namespace callisto::persist
