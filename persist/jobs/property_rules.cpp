#include "persist/jobs/property_rules.h"

#include <cmath>

#include <fmt/format.h>

#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

std::string too_long(std::string_view what,
                     std::size_t size,
                     std::string_view unit,
                     std::size_t most,
                     std::string_view limit) {
  return fmt::format(
      "{} is too long: {} {}, at most {} (limit \"{}\")", what, size, unit, most, limit);
}

// Empty: it breaks none.
template <class Any>
std::string broken_rule_of_scalar(const Any& value, const InputLimits& limits) {
  if (const auto* number = std::get_if<double>(&value)) {
    return std::isfinite(*number) ? "" : "a number must be finite";
  }
  const auto* const text = std::get_if<std::string>(&value);
  if (text == nullptr || text->size() <= limits.text_bytes) return {};
  return too_long("the text", text->size(), "bytes", limits.text_bytes, "text_bytes");
}

std::string broken_rule(const Value& value, const InputLimits& limits) {
  const List* const list = std::get_if<List>(&value);
  if (list == nullptr) return broken_rule_of_scalar(value, limits);
  if (list->size() > limits.list_elements) {
    return too_long("the list", list->size(), "elements", limits.list_elements, "list_elements");
  }
  for (const Scalar& element : *list) {
    if (element.index() != list->front().index()) {
      return "all elements of a list must be of one kind";
    }
    std::string rule = broken_rule_of_scalar(element, limits);
    if (!rule.empty()) return rule;
  }
  return {};
}

Status refused(std::string_view property, std::string_view rule) {
  return refuse(ErrorCode::InvalidInput,
                wire::kInvalidPropertyValue,
                fmt::format("property \"{}\": {}", property.substr(0, 200), rule));
}

}  // namespace

Status check_name(std::string_view what, const std::string& name, std::size_t max) {
  if (name.empty()) {
    return refuse(ErrorCode::InvalidInput,
                  wire::kRequiredProperty,
                  fmt::format("\"{}\" is required and must be a non-empty string", what));
  }
  if (name.size() <= max) return {};
  return refused(what, fmt::format("{} bytes are too long (at most {})", name.size(), max));
}

Status check_classes(const std::vector<std::string>& classes) {
  if (classes.empty()) {
    return refuse(ErrorCode::InvalidInput, wire::kRequiredProperty, "\"_class\" is required");
  }
  if (classes.size() > kClassesPerEntityMax) {
    return refused("_class", "an entity has at most 64 classes");
  }
  for (const std::string& name : classes) {
    if (Status status = check_name("_class", name, kTypeNameBytesMax); !status) return status;
  }
  return {};
}

Status check_properties(const Properties& properties, const InputLimits& limits) {
  if (properties.size() > limits.properties) {
    return refuse(
        ErrorCode::InvalidInput,
        wire::kInvalidPropertyValue,
        fmt::format("an object has at most {} properties (limit \"properties\"), this one has {}",
                    limits.properties,
                    properties.size()));
  }
  for (const auto& [name, value] : properties) {
    if (name.size() > limits.name_bytes) {
      return refused(name.substr(0, 40),
                     too_long("the name", name.size(), "bytes", limits.name_bytes, "name_bytes"));
    }
    if (const std::string rule = broken_rule(value, limits); !rule.empty()) {
      return refused(name, rule);
    }
  }
  return {};
}

}  // namespace callisto::persist
