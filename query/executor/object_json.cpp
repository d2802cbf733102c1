// Writes objects by hand: names of metadata need no escaping, values have their own writer.
#include "query/executor/object_json.h"

#include <array>

namespace callisto::query {

namespace {

constexpr std::array kEntityCore{
    metadata::kId,
    metadata::kKey,
    metadata::kType,
    metadata::kClass,
    metadata::kDisplayName,
    metadata::kSource,
    metadata::kScope,
    metadata::kAccountId,
    metadata::kVersion,
    metadata::kCreatedOn,
    metadata::kBeginOn,
    metadata::kEndOn,
    metadata::kDeleted,
    metadata::kLatest,
    metadata::kIntegrationName,
    metadata::kIntegrationType,
    metadata::kIntegrationClass,
    metadata::kIntegrationDefinitionId,
    metadata::kIntegrationInstanceId,
};

constexpr std::array kRelationshipEnds{
    metadata::kFromEntityId,
    metadata::kToEntityId,
    metadata::kFromEntityKey,
    metadata::kToEntityKey,
};

}  // namespace

void ObjectWriter::append_field(std::string& out,
                                bool& first,
                                std::string_view name,
                                ValueView value) {
  if (!first) out += ',';
  first = false;
  append_json_string(out, name);
  out += ':';
  append_json(out, value);
}

void ObjectWriter::append_core(std::string& out, bool relationship, PackedRef ref) {
  bool first = true;
  out += '{';
  const auto append = [&](PropertyId property) {
    ValueView value = run_.value(relationship, ref, property, scratch_);
    if (value.is_null()) return;
    // `_type` is an array of one in an entity (j1ql 8.1).
    const ValueView one[] = {value};
    if (property == metadata::kType && !relationship) value = ValueView::list(one);
    append_field(out, first, run_.snapshot->names().text(property), value);
  };
  for (const PropertyId property : kEntityCore) {
    append(property);
  }
  if (relationship) {
    for (const PropertyId property : kRelationshipEnds) {
      append(property);
    }
  }
  out += '}';
}

void ObjectWriter::append_properties(std::string& out, bool relationship, PackedRef ref) {
  bool first = true;
  out += '{';
  const PropertyTable& table = run_.table(relationship, ref);
  for (const PropertyId property : table.properties().subspan(slots::kFirstProperty)) {
    if (property == metadata::kDisplayName) continue;
    const ValueView value = run_.value(relationship, ref, property, scratch_);
    if (value.is_null()) continue;
    append_field(out, first, run_.snapshot->names().text(property), value);
  }
  out += '}';
}

void ObjectWriter::append_entity(std::string& out, PackedRef entity) {
  scratch_.clear();
  out += "{\"id\":";
  append_json(out, run_.value(false, entity, metadata::kId, scratch_));
  out += ",\"entity\":";
  append_core(out, false, entity);
  out += ",\"properties\":";
  append_properties(out, false, entity);
  out += '}';
}

void ObjectWriter::append_relationship(std::string& out, PackedRef relationship, bool in_tree) {
  scratch_.clear();
  out += "{\"id\":";
  append_json(out, run_.value(true, relationship, metadata::kId, scratch_));
  if (in_tree) {
    out += ",\"fromVertexId\":";
    append_json(out, run_.value(true, relationship, metadata::kFromEntityId, scratch_));
    out += ",\"toVertexId\":";
    append_json(out, run_.value(true, relationship, metadata::kToEntityId, scratch_));
  }
  out += ",\"relationship\":";
  append_core(out, true, relationship);
  out += ",\"properties\":";
  append_properties(out, true, relationship);
  out += '}';
}

}  // namespace callisto::query
