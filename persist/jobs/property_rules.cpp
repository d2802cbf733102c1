#include "persist/jobs/property_rules.h"

#include <cmath>

#include <fmt/format.h>

#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

constexpr const char* kBadNumber = "a number must be finite";
constexpr const char* kLongString = "the string is too long (at most 1 MiB)";

template <class Any>
const char* broken_rule_of_scalar(const Any& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    return std::isfinite(*number) ? nullptr : kBadNumber;
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return text->size() <= kStringValueBytesMax ? nullptr : kLongString;
  }
  return nullptr;
}

const char* broken_rule(const Value& value) {
  const List* const list = std::get_if<List>(&value);
  if (list == nullptr) return broken_rule_of_scalar(value);
  if (list->size() > kListElementsMax) return "the list is too long (at most 100000 elements)";
  for (const Scalar& element : *list) {
    if (element.index() != list->front().index()) {
      return "all elements of a list must be of one kind";
    }
    if (const char* rule = broken_rule_of_scalar(element)) return rule;
  }
  return nullptr;
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

Status check_properties(const Properties& properties) {
  if (properties.size() > kPropertiesPerObjectMax) {
    return refuse(ErrorCode::InvalidInput,
                  wire::kInvalidPropertyValue,
                  fmt::format("an object has at most {} properties", kPropertiesPerObjectMax));
  }
  for (const auto& [name, value] : properties) {
    if (name.size() > kPropertyNameBytesMax) {
      return refused(name.substr(0, 40), "the name is too long (at most 1024 bytes)");
    }
    if (const char* rule = broken_rule(value)) return refused(name, rule);
  }
  return {};
}

}  // namespace callisto::persist
