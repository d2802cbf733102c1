// Objects through nlohmann::ordered_json; nothing here throws.
#include "repl/object_fields.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace callisto::repl {
namespace {

using Json = nlohmann::ordered_json;

std::optional<Scalar> scalar_of(const Json& json) {
  if (json.is_null()) return Scalar(Null{});
  if (json.is_boolean()) return Scalar(json.get<bool>());
  if (json.is_number()) return Scalar(json.get<double>());
  if (json.is_string()) return Scalar(json.get<std::string>());
  return std::nullopt;
}

std::optional<Value> value_of(const Json& json) {
  if (json.is_array()) {
    List list;
    for (const Json& element : json) {
      std::optional<Scalar> scalar = scalar_of(element);
      if (!scalar) return std::nullopt;
      list.push_back(std::move(*scalar));
    }
    return Value(std::move(list));
  }
  const std::optional<Scalar> scalar = scalar_of(json);
  if (!scalar) return std::nullopt;
  return std::visit([](const auto& plain) { return Value(plain); }, *scalar);
}

bool of_one_kind(const Value& value) {
  const auto* list = std::get_if<List>(&value);
  if (list == nullptr || list->empty()) return true;
  return std::all_of(list->begin(), list->end(), [&](const Scalar& element) {
    return element.index() == list->front().index();
  });
}

std::string text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void add_fields(ObjectFields& out, const Json& object) {
  for (const auto& [name, json] : object.items()) {
    if (json.is_null()) continue;
    // `_type` of an entity is a list of one by habit of the format; people know it as one word.
    const bool single = name == "_type" && json.is_array() && json.size() == 1;
    std::optional<Value> value = value_of(single ? json.front() : json);
    out.fields.emplace_back(name, value ? std::move(*value) : Value(json.dump()));
  }
}

std::string label_of(const Json& core, const Json& properties, const std::string& id) {
  for (const char* name : {"displayName", "name", "_key"}) {
    for (const Json* part : {&core, &properties}) {
      std::string text = text_member(*part, name);
      if (!text.empty()) return text;
    }
  }
  return id;
}

}  // namespace

ObjectFields open_object(std::string_view json) {
  ObjectFields out;
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return out;
  out.relationship = object.contains("relationship");
  const auto core = object.find(out.relationship ? "relationship" : "entity");
  const auto found = object.find("properties");
  const Json nothing = Json::object();
  const Json& core_fields = core != object.end() && core->is_object() ? *core : nothing;
  const Json& properties = found != object.end() && found->is_object() ? *found : nothing;
  out.id = text_member(object, "id");
  out.label = label_of(core_fields, properties, out.id);
  if (out.relationship) {
    out.from_id = text_member(core_fields, "_fromEntityId");
    out.to_id = text_member(core_fields, "_toEntityId");
  }
  add_fields(out, core_fields);
  add_fields(out, properties);
  return out;
}

Value value_from_text(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_discarded()) {
    std::optional<Value> value = value_of(json);
    if (value && of_one_kind(*value)) return std::move(*value);
  }
  return Value(std::string(text));
}

Result<Value> variable_from_text(std::string_view text) {
  if (Json::parse(text, nullptr, false).is_object()) {
    return fail(ErrorCode::InvalidInput,
                "a variable is a text, a number, a boolean or a list of those, not an object; in "
                "double quotes it is a text");
  }
  return value_from_text(text);
}

std::string pretty_json(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_discarded()) return std::string(json);
  return parsed.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace callisto::repl
