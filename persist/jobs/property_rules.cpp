#include "persist/jobs/property_rules.h"

#include <cmath>

#include <fmt/format.h>

#include "persist/codec/wire_error.h"
#include <callisto/limits.h>
#include <callisto/utf8.h>

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
  if (text == nullptr) return {};
  if (text->size() > limits.text_bytes) {
    return too_long("the text", text->size(), "bytes", limits.text_bytes, "text_bytes");
  }
  return is_utf8(*text) ? "" : "the text is not valid UTF-8";
}

std::string broken_rule(const Value& value, const InputLimits& limits, bool one_kind) {
  const List* const list = std::get_if<List>(&value);
  if (list == nullptr) return broken_rule_of_scalar(value, limits);
  if (list->size() > limits.list_elements) {
    return too_long("the list", list->size(), "elements", limits.list_elements, "list_elements");
  }
  for (const Scalar& element : *list) {
    if (one_kind && element.index() != list->front().index()) {
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
                fmt::format("property \"{}\": {}", shown_text(property), rule));
}

}  // namespace

Status check_text(std::string_view what, std::string_view text, std::size_t max) {
  if (text.size() > max) {
    return refuse(
        ErrorCode::InvalidInput,
        wire::kInvalidPropertyValue,
        fmt::format("\"{}\" has {} bytes, at most {} are allowed", what, text.size(), max));
  }
  if (is_utf8(text)) return {};
  return refuse(ErrorCode::InvalidInput,
                wire::kInvalidPropertyValue,
                fmt::format("\"{}\" is not valid UTF-8: \"{}\"", what, shown_text(text, 60)));
}

Status check_name(std::string_view what, std::string_view name, std::size_t max) {
  if (!name.empty()) return check_text(what, name, max);
  return refuse(ErrorCode::InvalidInput,
                wire::kRequiredProperty,
                fmt::format("\"{}\" is required and must be a non-empty string", what));
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

Status check_value(std::string_view what, const Value& value, const InputLimits& limits) {
  const std::string rule = broken_rule(value, limits, false);
  return rule.empty() ? Status{} : refused(what, rule);
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
      return refused(shown_text(name, 40),
                     too_long("the name", name.size(), "bytes", limits.name_bytes, "name_bytes"));
    }
    if (!is_utf8(name)) return refused(name, "the name is not valid UTF-8");
    if (const std::string rule = broken_rule(value, limits, true); !rule.empty()) {
      return refused(name, rule);
    }
  }
  return {};
}

}  // namespace callisto::persist
