// The parameters that queries name, `${param.name}`. Values are the engine's; who may read them and
// when they were set is kept here.
#include <array>
#include <mutex>

#include <callisto/clock.h>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

Json parameter_json(FieldContext& context, const std::string& name, const Value& value) {
  const Json kept = context.account.parameters().find(name);
  const bool secret = kept.is_set("secret");
  const Json* set_on = kept.find("lastUpdatedOn");
  Json out;
  out.set("name", name).set("value", secret ? Json() : from_value(value)).set("secret", secret);
  return out.set("lastUpdatedOn", set_on == nullptr ? Json() : *set_on);
}

Error unknown(const std::string& name) {
  return {.code = ErrorCode::NotFound, .message = "there is no parameter \"" + name + "\""};
}

Result<Json> parameter(FieldContext& context, const Json& arguments) {
  const std::string name = arguments.text_of("name");
  const Definitions definitions = context.account.database().definitions();
  const auto found = definitions.parameters.find(name);
  if (found == definitions.parameters.end()) return tl::make_unexpected(unknown(name));
  return parameter_json(context, name, found->second);
}

Result<Json> parameter_list(FieldContext& context, const Json& arguments) {
  std::vector<Json> all;
  const Definitions definitions = context.account.database().definitions();
  for (const auto& [name, value] : definitions.parameters) {
    all.push_back(parameter_json(context, name, value));
  }
  return page_of("items", all, arguments, "limit");
}

// Elements of a list may be of several kinds here: they stand for a list of values.
Result<Value> value_of(const Json& json) {
  const Json::Array* items = json.array();
  if (items == nullptr) return to_value(json);
  List list;
  for (const Json& item : *items) {
    CALLISTO_TRY(const Value one, to_value(item));
    if (const auto* flag = std::get_if<bool>(&one)) {
      list.emplace_back(*flag);
    } else if (const auto* number = std::get_if<double>(&one)) {
      list.emplace_back(*number);
    } else if (const auto* text = std::get_if<std::string>(&one)) {
      list.emplace_back(*text);
    } else {
      return fail(ErrorCode::InvalidInput,
                  "a list of a parameter may hold strings, numbers and booleans only");
    }
  }
  return Value(std::move(list));
}

Json success() {
  Json out;
  return out.set("success", true);
}

Result<Json> set_parameter(FieldContext& context, const Json& arguments) {
  const std::string name = arguments.text_of("name");
  const bool secret = arguments.is_set("secret");
  CALLISTO_TRY(const Value value, value_of(*arguments.find("value")));
  if (is_null(value)) {
    return fail(ErrorCode::InvalidInput, "a parameter needs a value: deleteParameter removes one");
  }
  const auto keep = [&] {
    Json kept;
    kept.set("secret", secret).set("lastUpdatedOn", system_clock().now_ms());
    return context.account.parameters().put(name, std::move(kept));
  };
  // At no moment may a secret be read: not when the second step fails, nor between the two.
  const std::lock_guard lock(context.account.parameters_mutex());
  if (secret) {
    if (Status kept = keep(); !kept) return tl::make_unexpected(std::move(kept).error());
  }
  if (Status set = context.account.database().set_parameter(name, value); !set) {
    return tl::make_unexpected(std::move(set).error());
  }
  if (!secret) {
    if (Status kept = keep(); !kept) return tl::make_unexpected(std::move(kept).error());
  }
  return success();
}

Result<Json> delete_parameter(FieldContext& context, const Json& arguments) {
  const std::string name = arguments.text_of("name");
  const std::lock_guard lock(context.account.parameters_mutex());
  if (!context.account.database().definitions().parameters.contains(name)) {
    return tl::make_unexpected(unknown(name));
  }
  if (Status gone = context.account.database().set_parameter(name, Null{}); !gone) {
    return tl::make_unexpected(std::move(gone).error());
  }
  static_cast<void>(
      context.account.parameters().remove(name));  // One of an older version has none.
  return success();
}

constexpr std::array kFields{
    FieldEntry{"parameter", parameter},
    FieldEntry{"parameterList", parameter_list},
    FieldEntry{"setParameter", set_parameter, true},
    FieldEntry{"deleteParameter", delete_parameter, true},
};

}  // namespace

std::span<const FieldEntry> parameter_fields() {
  return kFields;
}

}  // namespace callisto::server
