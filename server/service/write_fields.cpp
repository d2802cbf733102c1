// Fields that write one object.
#include <array>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

// The texts of a string or an array of strings.
std::vector<std::string> texts_of(const Json* json) {
  std::vector<std::string> texts;
  if (json == nullptr) return texts;
  if (json->text() != nullptr) texts.push_back(*json->text());
  if (json->array() == nullptr) return texts;
  for (const Json& item : *json->array()) {
    if (item.text() != nullptr) texts.push_back(*item.text());
  }
  return texts;
}

Result<Json> entity_answer(FieldContext& context, const std::string& id) {
  CALLISTO_TRY(Json vertex, vertex_of(context, id));
  Json out;
  out.set("entity", *vertex.find("entity"));
  return out.set("vertex", std::move(vertex));
}

Result<Json> flat_entity_answer(FieldContext& context, const std::string& id) {
  CALLISTO_TRY(const Json vertex, vertex_of(context, id));
  Json out;
  return out.set("entity", flattened(vertex));
}

Result<std::string> create(FieldContext& context, const CreateEntity& request) {
  return context.account.database().create_entity(request);
}

Result<Json> create_entity(FieldContext& context, const Json& arguments) {
  CreateEntity request;
  request.key = arguments.text_of("entityKey");
  request.type = arguments.text_of("entityType");
  request.classes = texts_of(arguments.find("entityClass"));
  CALLISTO_TRY(request.properties, properties_of(arguments.find("properties")));
  CALLISTO_TRY(const std::string id, create(context, request));
  return entity_answer(context, id);
}

Result<Json> create_entity_v2(FieldContext& context, const Json& arguments) {
  const Json* input = arguments.find("input");
  const Json* entity = input == nullptr ? nullptr : input->find("entity");
  if (entity == nullptr || !entity->is_object()) {
    return fail(ErrorCode::InvalidInput, "\"input.entity\" must be an object");
  }
  CreateEntity request;
  request.key = entity->text_of("_key");
  request.type = texts_of(entity->find("_type")).empty() ? "" : texts_of(entity->find("_type"))[0];
  request.classes = texts_of(entity->find("_class"));
  CALLISTO_TRY(request.properties, properties_of(entity));
  CALLISTO_TRY(const std::string id, create(context, request));
  return flat_entity_answer(context, id);
}

// Notes which of the values an override hides.
Result<std::string> update(FieldContext& context, const UpdateEntity& request) {
  WriteReport report;
  CALLISTO_TRY(std::string id, context.account.database().update_entity(request, &report));
  for (const HiddenValue& hidden : report.hidden) {
    Json entry;
    entry.set("entityId", id).set("property", hidden.property).set("scope", hidden.scope);
    context.hidden.push_back(std::move(entry));
  }
  return id;
}

Result<Json> update_entity(FieldContext& context, const Json& arguments) {
  UpdateEntity request;
  request.id = arguments.text_of("entityId");
  CALLISTO_TRY(request.properties, properties_of(arguments.find("properties")));
  CALLISTO_TRY(const std::string id, update(context, request));
  return entity_answer(context, id);
}

Result<Json> update_entity_v2(FieldContext& context, const Json& arguments) {
  const Json* entity = arguments.find("entity");
  UpdateEntity request;
  request.id = entity->text_of("_id");
  CALLISTO_TRY(request.properties, properties_of(entity));
  CALLISTO_TRY(const std::string id, update(context, request));
  return flat_entity_answer(context, id);
}

Result<Json> reset_entity(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const std::string id,
               context.account.database().reset_entity(
                   arguments.text_of("entityId"), texts_of(arguments.find("resetPropertyNames"))));
  return flat_entity_answer(context, id);
}

// The entity as it was, with the marks of its end.
Result<Json> deleted_vertex(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("entityId");
  const bool hard = arguments.is_set("hardDelete");  // Of what was soft-deleted before, too.
  CALLISTO_TRY(Json vertex, vertex_of(context, id, hard));
  CALLISTO_TRY([[maybe_unused]] const std::string deleted,
               context.account.database().delete_entity(id, hard));
  Json entity = *vertex.find("entity");
  entity.set("_deleted", true).set("_endOn", system_clock().now_ms());
  return vertex.set("entity", std::move(entity));
}

Result<Json> delete_entity(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Json vertex, deleted_vertex(context, arguments));
  Json out;
  out.set("entity", *vertex.find("entity"));
  return out.set("vertex", std::move(vertex));
}

Result<Json> delete_entity_v2(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Json vertex, deleted_vertex(context, arguments));
  Json out;
  return out.set("entity", flattened(vertex));
}

Json edge_answer(Json edge) {
  Json out;
  out.set("relationship", *edge.find("relationship"));
  return out.set("edge", std::move(edge));
}

Result<Json> created_edge(FieldContext& context, const CreateRelationship& request) {
  CALLISTO_TRY(const std::string id, context.account.database().create_relationship(request));
  return edge_of(context, id);
}

Result<Json> create_relationship(FieldContext& context, const Json& arguments) {
  CreateRelationship request;
  request.key = arguments.text_of("relationshipKey");
  request.type = arguments.text_of("relationshipType");
  request.verb = arguments.text_of("relationshipClass");
  request.from_id = arguments.text_of("fromEntityId");
  request.to_id = arguments.text_of("toEntityId");
  CALLISTO_TRY(request.properties, properties_of(arguments.find("properties")));
  CALLISTO_TRY(Json edge, created_edge(context, request));
  return edge_answer(std::move(edge));
}

Json flat_edge_answer(const Json& edge) {
  Json out;
  return out.set("relationship", flattened(edge));
}

// A relationship has one verb; a list of one is taken (D45).
Result<std::string> verb_of(const Json* json) {
  const std::vector<std::string> verbs = texts_of(json);
  if (verbs.size() > 1) {
    return fail(ErrorCode::InvalidInput,
                "\"_class\": a relationship has one verb, and this one has " +
                    std::to_string(verbs.size()));
  }
  return verbs.empty() ? std::string() : verbs.front();
}

Result<Json> create_relationship_v2(FieldContext& context, const Json& arguments) {
  const Json* relationship = arguments.find("input")->find("relationship");
  if (relationship == nullptr || !relationship->is_object()) {
    return fail(ErrorCode::InvalidInput, "\"input.relationship\" must be an object");
  }
  CreateRelationship request;
  request.key = relationship->text_of("_key");
  request.type = relationship->text_of("_type");
  CALLISTO_TRY(request.verb, verb_of(relationship->find("_class")));
  request.from_id = relationship->text_of("_fromEntityId");
  request.to_id = relationship->text_of("_toEntityId");
  CALLISTO_TRY(request.properties, properties_of(relationship));
  CALLISTO_TRY(const Json edge, created_edge(context, request));
  return flat_edge_answer(edge);
}

Result<Json> updated_edge(FieldContext& context, const std::string& id, const Json* properties) {
  UpdateRelationship request;
  request.id = id;
  CALLISTO_TRY(request.properties, properties_of(properties));
  CALLISTO_TRY(const std::string updated, context.account.database().update_relationship(request));
  return edge_of(context, updated);
}

Result<Json> update_relationship(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(
      Json edge,
      updated_edge(context, arguments.text_of("relationshipId"), arguments.find("properties")));
  return edge_answer(std::move(edge));
}

Result<Json> update_relationship_v2(FieldContext& context, const Json& arguments) {
  const Json* relationship = arguments.find("relationship");
  CALLISTO_TRY(const Json edge, updated_edge(context, relationship->text_of("_id"), relationship));
  return flat_edge_answer(edge);
}

// The relationship as it was, with the marks of its end.
Result<Json> deleted_edge(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("relationshipId");
  const bool hard = arguments.is_set("hardDelete");
  CALLISTO_TRY(Json edge, edge_of(context, id, hard));
  CALLISTO_TRY([[maybe_unused]] const std::string deleted,
               context.account.database().delete_relationship(id, hard));
  Json relationship = *edge.find("relationship");
  relationship.set("_deleted", true).set("_endOn", system_clock().now_ms());
  return edge.set("relationship", std::move(relationship));
}

Result<Json> delete_relationship(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(Json edge, deleted_edge(context, arguments));
  return edge_answer(std::move(edge));
}

Result<Json> delete_relationship_v2(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const Json edge, deleted_edge(context, arguments));
  return flat_edge_answer(edge);
}

constexpr std::array kFields{
    FieldEntry{"createEntity", create_entity, true},
    FieldEntry{"createEntityV2", create_entity_v2, true},
    FieldEntry{"updateEntity", update_entity, true},
    FieldEntry{"updateEntityV2", update_entity_v2, true},
    FieldEntry{"deleteEntity", delete_entity, true},
    FieldEntry{"deleteEntityV2", delete_entity_v2, true},
    FieldEntry{"resetEntity", reset_entity, true},
    FieldEntry{"createRelationship", create_relationship, true},
    FieldEntry{"updateRelationship", update_relationship, true},
    FieldEntry{"deleteRelationship", delete_relationship, true},
    FieldEntry{"createRelationshipV2", create_relationship_v2, true},
    FieldEntry{"updateRelationshipV2", update_relationship_v2, true},
    FieldEntry{"deleteRelationshipV2", delete_relationship_v2, true},
};

}  // namespace

std::span<const FieldEntry> write_fields() {
  return kFields;
}

Result<Properties> properties_of(const Json* object) {
  Properties properties;
  if (object == nullptr || object->is_null()) return properties;
  if (!object->is_object()) {
    return fail(ErrorCode::InvalidInput, "\"properties\" must be an object");
  }
  for (const JsonMember& member : *object->object()) {
    if (member.name.starts_with('_')) continue;
    const Result<Value> value = to_value(member.value);
    if (!value) {
      return fail(ErrorCode::InvalidInput,
                  "property \"" + member.name + "\": " + value.error().message);
    }
    properties[member.name] = *value;
  }
  return properties;
}

}  // namespace callisto::server
