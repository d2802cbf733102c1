// Objects through nlohmann::ordered_json; nothing here throws.
#include "repl/object_fields.h"

#include <algorithm>
#include <array>
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

// The value that a whole text is as JSON; a list only of one kind.
std::optional<Value> value_of_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  std::optional<Value> value = value_of(json);
  return value && of_one_kind(*value) ? std::move(value) : std::nullopt;
}

// Hears why a text is not JSON: a number that is none in another's JSON, or out of range.
struct NumberProblem : nlohmann::json_sax<Json> {
  std::string number{};

  bool null() override { return true; }

  bool boolean(bool /*value*/) override { return true; }

  bool number_integer(number_integer_t /*value*/) override { return true; }

  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }

  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }

  bool string(string_t& /*value*/) override { return true; }

  bool binary(binary_t& /*value*/) override { return true; }

  bool start_object(std::size_t /*size*/) override { return true; }

  bool key(string_t& /*value*/) override { return true; }

  bool end_object() override { return true; }

  bool start_array(std::size_t /*size*/) override { return true; }

  bool end_array() override { return true; }

  bool parse_error(std::size_t /*position*/,
                   const std::string& token,
                   const nlohmann::detail::exception& error) override {
    constexpr int kOutOfRange = 406;
    if (error.id == kOutOfRange) number = token;
    return false;
  }
};

// The text with each NaN and Infinity that stands alone replaced by 0, and the first of them.
std::string without_odd_numbers(std::string_view text, std::string& first) {
  static constexpr std::array<std::string_view, 3> kWords{"NaN", "-Infinity", "Infinity"};
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto word = std::find_if(kWords.begin(), kWords.end(), [&](std::string_view each) {
      return !quoted && text.substr(i).starts_with(each);
    });
    if (word != kWords.end()) {
      if (first.empty()) first = *word;
      out += '0';
      i += word->size();
      continue;
    }
    if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
    out += text[i++];
  }
  return out;
}

// What is wrong with a text that would be JSON but for a number; "" for all others.
std::string no_number_in(std::string_view text) {
  std::string odd;
  const std::string rest = without_odd_numbers(text, odd);
  if (!odd.empty() && Json::accept(rest)) {
    return odd + " is no number that a value can be; in double quotes, \"" + odd +
           "\", it is a text";
  }
  NumberProblem problem;
  Json::sax_parse(text, &problem);
  if (problem.number.empty()) return {};
  return problem.number + " is beyond the largest number, 1.8e308; in double quotes it is a text";
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
  std::optional<Value> value = value_of_json(text);
  return value ? std::move(*value) : Value(std::string(text));
}

Result<std::optional<Value>> json_value(std::string_view text) {
  std::optional<Value> value = value_of_json(text);
  if (!value) {
    const std::string wrong = no_number_in(text);
    if (!wrong.empty()) return fail(ErrorCode::InvalidInput, wrong);
  }
  return value;
}

Result<Value> typed_value(std::string_view text) {
  CALLISTO_TRY(std::optional<Value> value, json_value(text));
  return value ? std::move(*value) : Value(std::string(text));
}

Result<Value> text_from_text(std::string_view text) {
  std::optional<Value> value = value_of_json(text);
  const bool as_typed =
      !value || std::holds_alternative<bool>(*value) || std::holds_alternative<double>(*value);
  return as_typed ? Value(std::string(text)) : std::move(*value);
}

Result<Value> variable_from_text(std::string_view text) {
  if (Json::parse(text, nullptr, false).is_object()) {
    return fail(ErrorCode::InvalidInput,
                "a variable is a text, a number, a boolean or a list of those, not an object; in "
                "double quotes it is a text");
  }
  return typed_value(text);
}

std::string pretty_json(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_discarded()) return std::string(json);
  return parsed.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace callisto::repl
