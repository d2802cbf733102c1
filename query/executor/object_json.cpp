// Writes objects by hand: names of metadata need no escaping, values have their own writer.
#include "query/executor/object_json.h"

#include <array>

#include "query/ast/iso_date.h"

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
  const std::size_t begin = out.size();
  if (!first) out += ',';
  first = false;
  append_json_string(out, name);
  out += ':';
  append_json(out, value);
  (void)run_.guard.work(out.size() - begin);
}

ValueView ObjectWriter::core_value(PropertyId property, ValueView value, std::string& time) const {
  const bool is_time = property == metadata::kCreatedOn || property == metadata::kBeginOn ||
                       property == metadata::kEndOn;
  if (!is_time || times_ == TimeForm::Milliseconds || value.kind() != ValueKind::Number) {
    return value;
  }
  const auto epoch_ms = static_cast<std::int64_t>(value.as_number());
  if (!has_iso_form(epoch_ms)) return value;
  time = iso_from_epoch_ms(epoch_ms);
  return ValueView::string(time);
}

void ObjectWriter::append_core(std::string& out, bool relationship, PackedRef ref) {
  bool first = true;
  out += '{';
  std::string time;
  const auto append = [&](PropertyId property) {
    ValueView value = core_value(property, run_.value(relationship, ref, property, scratch_), time);
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
  const std::span<const PropertyId> properties = table.properties();
  const auto append = [&](PropertyId property) {
    if (property == metadata::kDisplayName) return;
    const ValueView value = run_.value(relationship, ref, property, scratch_);
    if (value.is_null()) return;
    append_field(out, first, run_.snapshot->names().text(property), value);
  };
  if (const auto present = slots_.of(table, row_of(ref))) {
    for (const Slot slot : *present) {
      append(properties[slot]);
      if (run_.guard.stopped()) break;
    }
  } else {
    for (const PropertyId property : properties.subspan(slots::kFirstProperty)) {
      append(property);
      if (run_.guard.step()) break;
    }
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
