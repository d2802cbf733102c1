#include "server/graphql/coercion.h"

#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include <callisto/utf8.h>

namespace callisto::server::graphql {
namespace {

bool is_list(std::string_view type) {
  return type.starts_with('[');
}

std::string_view nullable(std::string_view type) {
  if (type.ends_with('!')) type.remove_suffix(1);
  return type;
}

std::string_view item_of(std::string_view list) {
  return list.substr(1, list.size() - 2);
}

bool is_whole(const Json& value) {
  return value.number() != nullptr && std::floor(*value.number()) == *value.number();
}

bool is_int(const Json& value) {
  return is_whole(value) && std::abs(*value.number()) <= std::numeric_limits<std::int32_t>::max();
}

Error wrong_value(const std::string& what, std::string_view type, const Json& value) {
  return {.code = ErrorCode::InvalidInput,
          .message = fmt::format("{} has invalid value {}: expected type \"{}\".",
                                 what,
                                 to_text(value).substr(0, 200),
                                 type)};
}

Result<Json> coerced_scalar(std::string_view type, Json value, const std::string& what) {
  bool good = true;
  if (type == "String") {
    good = value.text() != nullptr;
  } else if (type == "Int") {
    good = is_int(value);
  } else if (type == "Float") {
    good = value.number() != nullptr;
  } else if (type == "Boolean") {
    good = value.boolean() != nullptr;
  } else if (type == "ID") {
    if (is_whole(value)) return Json(fmt::format("{:.0f}", *value.number()));
    good = value.text() != nullptr;
  }
  if (good) return value;
  return tl::make_unexpected(wrong_value(what, type, value));
}

std::vector<std::string_view> names_of(const TypeDefinition& type) {
  std::vector<std::string_view> names;
  names.reserve(type.fields.size());
  for (const FieldDefinition& field : type.fields) {
    names.push_back(field.name);
  }
  return names;
}

Result<Json> coerced_object(const Schema& schema,
                            const TypeDefinition& type,
                            Json value,
                            const std::string& what) {
  if (!value.is_object()) return tl::make_unexpected(wrong_value(what, type.name, value));
  for (const JsonMember& member : *value.object()) {
    if (Schema::field(type, member.name) != nullptr) continue;
    return fail(ErrorCode::InvalidInput,
                fmt::format("{}: field \"{}\" is not defined by type \"{}\", which has {}.",
                            what,
                            shown_text(member.name),
                            type.name,
                            fmt::join(names_of(type), ", ")));
  }
  for (const FieldDefinition& field : type.fields) {
    const Json* given = value.find(field.name);
    if (given == nullptr) {
      if (!field.type.required) continue;
      return fail(ErrorCode::InvalidInput,
                  fmt::format("{}: field \"{}\" of required type \"{}\" was not provided.",
                              what,
                              field.name,
                              field.type.text));
    }
    CALLISTO_TRY(
        Json member,
        coerced(
            schema, field.type.text, *given, fmt::format("{}, field \"{}\"", what, field.name)));
    value.set(field.name, std::move(member));
  }
  return value;
}

}  // namespace

Result<Json> coerced(const Schema& schema,
                     std::string_view type,
                     Json value,
                     const std::string& what) {
  if (value.is_null()) {
    if (!type.ends_with('!')) return value;
    return fail(
        ErrorCode::InvalidInput,
        fmt::format("{}: expected a value of non-null type \"{}\", found null.", what, type));
  }
  type = nullable(type);
  if (is_list(type)) {
    Json out(Json::Array{});
    if (value.array() == nullptr) {
      CALLISTO_TRY(Json item, coerced(schema, item_of(type), std::move(value), what));
      out.push(std::move(item));
      return out;
    }
    for (const Json& item : *value.array()) {
      CALLISTO_TRY(Json good, coerced(schema, item_of(type), item, what));
      out.push(std::move(good));
    }
    return out;
  }
  const TypeDefinition* definition = schema.type(type);
  if (definition == nullptr) return value;
  if (definition->kind == "input") {
    return coerced_object(schema, *definition, std::move(value), what);
  }
  if (definition->kind == "enum") {
    const bool known = value.text() != nullptr && Schema::field(*definition, *value.text());
    if (!known) return tl::make_unexpected(wrong_value(what, type, value));
    return value;
  }
  return coerced_scalar(type, std::move(value), what);
}

Status check_words(const Schema& schema,
                   std::string_view type,
                   const Input& value,
                   const std::string& what) {
  type = nullable(type);
  if (is_list(type)) {
    if (value.kind != Input::Kind::List) return check_words(schema, item_of(type), value, what);
    for (const auto& [name, item] : value.members) {
      if (Status good = check_words(schema, item_of(type), item, what); !good) return good;
    }
    return {};
  }
  const TypeDefinition* definition = schema.type(type);
  if (definition == nullptr) return {};
  if (value.kind == Input::Kind::Object) {
    for (const auto& [name, member] : value.members) {
      const FieldDefinition* field = Schema::field(*definition, name);
      if (field == nullptr) continue;
      if (Status good = check_words(schema, field->type.text, member, what); !good) return good;
    }
    return {};
  }
  if (value.kind != Input::Kind::Plain || value.plain.text() == nullptr) return {};
  if (definition->kind != "enum" || value.word) return {};
  return tl::make_unexpected(wrong_value(what, type, value.plain));
}

}  // namespace callisto::server::graphql
