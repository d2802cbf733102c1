#include "server/graphql/schema.h"

#include <algorithm>
#include <cstdlib>

#include "server/graphql/schema_text.h"

namespace callisto::server::graphql {
namespace {

const char* kind_of(std::string_view keyword) {
  if (keyword == "scalar") return "SCALAR";
  if (keyword == "enum") return "ENUM";
  if (keyword == "input") return "INPUT_OBJECT";
  if (keyword == "union") return "UNION";
  return "OBJECT";
}

Json named(std::string_view name) {
  Json type;
  type.set("name", name);
  return type;
}

}  // namespace

const Schema& Schema::served() {
  static const Schema kServed = [] {
    Schema schema;
    Result<std::vector<TypeDefinition>> types = parse_schema(kSchemaText);
    if (!types) std::abort();  // The text is a constant; a test reads it.
    schema.types_ = std::move(*types);
    return schema;
  }();
  return kServed;
}

const TypeDefinition* Schema::type(std::string_view name) const {
  const auto found = std::find_if(
      types_.begin(), types_.end(), [&](const TypeDefinition& type) { return type.name == name; });
  return found == types_.end() ? nullptr : &*found;
}

const FieldDefinition* Schema::field(const TypeDefinition& type, std::string_view name) {
  const auto found = std::find_if(type.fields.begin(),
                                  type.fields.end(),
                                  [&](const FieldDefinition& field) { return field.name == name; });
  return found == type.fields.end() ? nullptr : &*found;
}

const FieldDefinition* Schema::root_field(std::string_view name) const {
  for (const char* root : {"Query", "Mutation"}) {
    if (const FieldDefinition* found = field(*type(root), name)) return found;
  }
  return nullptr;
}

bool Schema::applies(std::string_view condition, std::string_view type_name) const {
  if (condition.empty() || condition == type_name) return true;
  const TypeDefinition* known = type(condition);
  if (known == nullptr) return true;
  return known->kind == "union" && field(*known, type_name) != nullptr;
}

// "[String!]!" as nested {kind, name, ofType}. Every name in the schema is defined: a test looks.
Json Schema::reference(std::string_view text) const {
  Json out;
  if (text.ends_with('!')) {
    text.remove_suffix(1);
    return out.set("kind", "NON_NULL").set("name", Json()).set("ofType", reference(text));
  }
  if (text.starts_with('[')) {
    text = text.substr(1, text.size() - 2);
    return out.set("kind", "LIST").set("name", Json()).set("ofType", reference(text));
  }
  const TypeDefinition* known = type(text);
  return out.set("kind", known == nullptr ? "SCALAR" : kind_of(known->kind))
      .set("name", text)
      .set("ofType", Json());
}

Json Schema::describe_inputs(const std::vector<FieldDefinition>& inputs) const {
  Json out(Json::Array{});
  for (const FieldDefinition& input : inputs) {
    Json one;
    one.set("name", input.name).set("description", Json());
    one.set("type", reference(input.type.text));
    one.set("defaultValue", input.initial ? Json(to_text(input.initial->plain)) : Json());
    out.push(one.set("isDeprecated", false).set("deprecationReason", Json()));
  }
  return out;
}

Json Schema::describe(const TypeDefinition& type) const {
  const std::string_view kind = kind_of(type.kind);
  Json fields;
  Json inputs;
  Json values;
  Json members;
  for (const FieldDefinition& field : type.fields) {
    Json one;
    one.set("name", field.name).set("description", Json());
    if (kind == "UNION") {
      members.push(reference(field.name));
    } else if (kind == "ENUM") {
      values.push(one.set("isDeprecated", false).set("deprecationReason", Json()));
    } else if (kind == "OBJECT") {
      one.set("args", describe_inputs(field.arguments)).set("type", reference(field.type.text));
      fields.push(one.set("isDeprecated", false).set("deprecationReason", Json()));
    }
  }
  if (kind == "INPUT_OBJECT") inputs = describe_inputs(type.fields);
  Json out;
  out.set("kind", kind).set("name", type.name).set("description", Json());
  out.set("fields", std::move(fields)).set("inputFields", std::move(inputs));
  out.set("interfaces", kind == "OBJECT" ? Json(Json::Array{}) : Json());
  out.set("enumValues", std::move(values)).set("possibleTypes", std::move(members));
  return out.set("ofType", Json()).set("specifiedByURL", Json()).set("isOneOf", Json());
}

Json Schema::introspect() const {
  Json::Array types;
  for (const TypeDefinition& type : types_) {
    types.push_back(describe(type));
  }
  Json::Array directives;
  for (const char* name : {"include", "skip"}) {
    FieldDefinition condition;
    condition.name = "if";
    condition.type.text = "Boolean!";
    Json directive;
    directive.set("name", name).set("description", Json()).set("isRepeatable", false);
    directive.set("locations", Json::Array{"FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"});
    directives.push_back(directive.set("args", describe_inputs({condition})));
  }
  Json out;
  out.set("description", Json());
  out.set("queryType", named("Query")).set("mutationType", named("Mutation"));
  out.set("subscriptionType", Json()).set("types", std::move(types));
  return out.set("directives", std::move(directives));
}

Json Schema::introspect_type(std::string_view name) const {
  const TypeDefinition* known = type(name);
  return known == nullptr ? Json() : describe(*known);
}

}  // namespace callisto::server::graphql
