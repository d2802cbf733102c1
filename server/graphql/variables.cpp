#include "server/graphql/variables.h"

#include <algorithm>
#include <utility>

#include "server/graphql/coercion.h"

namespace callisto::server::graphql {

Result<Variables> Variables::of(const Operation& operation, const Json* given) {
  Variables out;
  for (const VariableDefinition& variable : operation.variables) {
    const Json* value = given == nullptr ? nullptr : given->find(variable.name);
    if (value != nullptr && value->is_null() && variable.type.required) {
      return fail(ErrorCode::InvalidInput,
                  "Variable \"$" + variable.name + "\" of non-null type \"" + variable.type.text +
                      "\" must not be null.");
    }
    if (value != nullptr) {
      out.values_.set(variable.name, *value);
    } else if (variable.initial) {
      out.values_.set(variable.name, out.read(*variable.initial).value_or(Json()));
    } else if (variable.type.required) {
      return fail(ErrorCode::InvalidInput,
                  "Variable \"$" + variable.name + "\" of required type \"" + variable.type.text +
                      "\" was not provided.");
    }
  }
  return out;
}

Result<Json> Variables::arguments(const Selection& field,
                                  const FieldDefinition& definition,
                                  const Schema& schema) const {
  Json out(Json::Object{});
  for (const Argument& argument : field.arguments) {
    const auto known = std::find_if(
        definition.arguments.begin(), definition.arguments.end(), [&](const FieldDefinition& one) {
          return one.name == argument.name;
        });
    if (known == definition.arguments.end()) {
      return fail(ErrorCode::InvalidInput,
                  "Unknown argument \"" + argument.name + "\" on field \"" + field.name + "\".");
    }
    std::optional<Json> value = read(argument.value);
    if (!value) continue;
    const std::string what = "Argument \"" + argument.name + "\"";
    if (Status literal = check_words(schema, known->type.text, argument.value, what); !literal) {
      return tl::make_unexpected(std::move(literal).error());
    }
    // What is required and null is said below, together with what is missing.
    const bool null = value->is_null();
    CALLISTO_TRY(
        Json good,
        null ? Result<Json>(Json()) : coerced(schema, known->type.text, *std::move(value), what));
    out.set(argument.name, std::move(good));
  }
  for (const FieldDefinition& known : definition.arguments) {
    const Json* value = out.find(known.name);
    if (known.type.required && (value == nullptr || value->is_null())) {
      return fail(ErrorCode::InvalidInput,
                  "Field \"" + field.name + "\" argument \"" + known.name + "\" of type \"" +
                      known.type.text + "\" is required, but it was not provided.");
    }
  }
  return out;
}

Result<bool> Variables::condition(const Directive& directive) const {
  for (const Argument& argument : directive.arguments) {
    if (argument.name != "if") continue;
    const std::optional<Json> value = read(argument.value);
    if (value && value->boolean() != nullptr) return *value->boolean();
  }
  return fail(ErrorCode::InvalidInput,
              "Directive \"@" + directive.name +
                  "\" argument \"if\" of type \"Boolean!\" is required, but it was not provided.");
}

std::optional<Json> Variables::read(const Input& input) const {
  switch (input.kind) {
    case Input::Kind::Plain:
      return input.plain;
    case Input::Kind::Variable: {
      const Json* value = values_.find(input.name);
      return value == nullptr ? std::nullopt : std::optional<Json>(*value);
    }
    case Input::Kind::List: {
      Json out(Json::Array{});
      for (const auto& [name, member] : input.members) {
        out.push(read(member).value_or(Json()));
      }
      return out;
    }
    case Input::Kind::Object: {
      Json out(Json::Object{});
      for (const auto& [name, member] : input.members) {
        if (auto value = read(member)) out.set(name, *std::move(value));
      }
      return out;
    }
  }
  return std::nullopt;
}

}  // namespace callisto::server::graphql
