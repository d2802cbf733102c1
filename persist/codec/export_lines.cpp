#include "persist/codec/export_lines.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "persist/codec/export_digest.h"
#include "persist/codec/export_fields.h"
#include "persist/codec/json_document.h"
#include "persist/codec/raw_data_lines.h"
#include <callisto/input_limits.h>
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

constexpr std::size_t kBatchObjectsMax = 262'144;
constexpr std::size_t kBatchArenaBytesMax = std::size_t{128} << 20;
constexpr std::uint64_t kPartitionsMax = 1U << 20U;

Result<std::int64_t> integer_of(const Object& object, std::string_view key) {
  std::int64_t number = 0;
  if (object.at_key(key).get(number) != simdjson::SUCCESS) {
    return wrong(fmt::format("\"{}\" must be a whole number", key));
  }
  return number;
}

}  // namespace

struct ExportLines::Fields {
  std::string_view id;
  std::string_view key;
  std::string_view type;
  std::uint64_t partition = 0;
  ObjectMeta meta;
  Element base;
  std::optional<Element> layers;
  std::int64_t base_set_at_ms = 0;
  std::optional<Element> class_;
  std::optional<Element> from;
  std::optional<Element> to;
  bool mapped = false;
};

ExportLines::ExportLines(GraphReplacement& graph,
                         ExportHeader header,
                         DefinitionsReader definitions)
    : graph_(graph),
      header_(std::move(header)),
      definitions_(std::move(definitions)),
      names_(graph.snapshot()->names()) {}

Status ExportLines::read(std::string_view line) {
  Element root;
  Object object;
  auto code = parse_json(parser_, line, root);
  if (code == simdjson::SUCCESS) code = root.get(object);
  if (code != simdjson::SUCCESS) {
    return wrong(fmt::format("not a JSON object: {}", simdjson::error_message(code)));
  }
  if (ended_) return wrong("there are lines after the end line");
  CALLISTO_TRY(const std::string_view kind, text_of(object, "kind"));
  if (kind == "entity") return read_entity(object);
  if (kind == "relationship") return read_relationship(object);
  if (kind == "partition") return read_partition(object);
  if (kind == "scope") return read_scope(object);
  if (kind == "end") return read_end(object);
  if (kind == "rawData" || kind == kDefinitionsKind) ++others_;
  if (kind == "rawData") {
    CALLISTO_TRY(SidePut put, read_raw_data_line(object));
    batch_.side.push_back(std::move(put));
    return flush_when_full();
  }
  if (definitions_ && kind == kDefinitionsKind) {
    CALLISTO_TRY(SidePut put, definitions_(line));
    batch_.side.push_back(std::move(put));
    return {};
  }
  return wrong(fmt::format("unknown kind \"{}\"", kind));
}

Status ExportLines::finish(const std::string& digest) {
  if (!ended_) return wrong("the file ends before its end line: it was cut");
  // One without the other is a change, too.
  const bool checked = header_.has_digest || !digest_.empty();
  if (checked && (!header_.has_digest || digest_ != digest)) {
    return wrong(
        fmt::format("the file is not what was exported: its lines have the digest {}, its end line "
                    "says {}. Export again; to import a file that was changed on purpose, remove "
                    "\"digest\" from its first and its last line",
                    digest,
                    digest_.empty() ? "none" : digest_));
  }
  return flush();
}

Status ExportLines::read_partition(const Object& object) {
  CALLISTO_TRY(const std::uint64_t id, count_of(object, "id"));
  if (id >= kPartitionsMax) return wrong(fmt::format("partition {} is too large a number", id));
  PartitionPut put;
  put.id.value = static_cast<std::uint32_t>(id);
  const std::pair<const char*, std::string*> fields[] = {
      {"source", &put.info.source},
      {"scope", &put.info.scope},
      {"instance", &put.info.instance_id},
      {"integrationType", &put.info.integration_type},
      {"integrationName", &put.info.integration_name},
      {"integrationClass", &put.info.integration_class},
      {"integrationDefinition", &put.info.integration_definition_id}};
  for (const auto& [key, field] : fields) {
    CALLISTO_TRY(const std::string_view text, text_of(object, key));
    *field = text;
  }
  if (id >= spaces_.size()) spaces_.resize(id + 1);
  if (spaces_[id]) return wrong(fmt::format("partition {} is there twice", id));
  spaces_[id] = name_spaces(header_.account, put.info);
  batch_.partitions.push_back(std::move(put));
  return {};
}

Status ExportLines::read_scope(const Object& object) {
  CALLISTO_TRY(const std::string_view name, text_of(object, "name"));
  CALLISTO_TRY(const std::uint64_t age, count_of(object, "age"));
  if (name.empty() || age == 0) return wrong("a scope has a name and an age from 1");
  const ScopeId id{static_cast<std::uint32_t>(scopes_.size())};
  if (!scopes_.emplace(std::string(name), id).second) {
    return wrong(fmt::format("scope \"{}\" is there twice", name));
  }
  batch_.scopes.push_back({id, std::string(name), age});
  return {};
}

Status ExportLines::read_entity(const Object& object) {
  if (relationships_ > 0) return wrong("entities stand before relationships");
  Fields fields;
  if (Status status = read_fields(object, fields); !status) return status;
  EntityPut put;
  if (Status status = fill(fields, false, put); !status) return status;
  if (fields.type.size() > kTypeNameBytesMax) return wrong("\"_type\" is too long");
  put.type.value = names_.types.intern(fields.type);
  if (!fields.class_) return wrong("\"_class\" is missing");
  CALLISTO_TRY(put.classes, read_classes(*fields.class_));
  batch_.entities.push_back(std::move(put));
  ++entities_;
  return flush_when_full();
}

Status ExportLines::read_relationship(const Object& object) {
  if (relationships_ == 0) {  // From here on the ends can be looked up.
    if (Status status = flush(); !status) return status;
  }
  Fields fields;
  if (Status status = read_fields(object, fields); !status) return status;
  RelationshipPut put;
  if (Status status = fill(fields, true, put); !status) return status;
  put.relationship_type = names_.relationship_types.intern(fields.type);
  std::string_view verb;
  if (!fields.class_ || fields.class_->get(verb) != simdjson::SUCCESS) {
    return wrong("\"_class\" of a relationship must be a string");
  }
  put.verb.value = names_.verbs.intern(verb);
  put.mapped = fields.mapped;
  CALLISTO_TRY(put.from, read_end_id(fields.from, "_fromEntityId"));
  CALLISTO_TRY(put.to, read_end_id(fields.to, "_toEntityId"));
  batch_.relationships.push_back(std::move(put));
  ++relationships_;
  return flush_when_full();
}

Result<Uuid> ExportLines::read_end_id(std::optional<Element> id, std::string_view name) {
  std::string_view text;
  if (!id || id->get(text) != simdjson::SUCCESS) {
    return wrong(fmt::format("\"{}\" must be a string", name));
  }
  const std::optional<Uuid> uuid = parse_uuid(text);
  if (!uuid || !graph_.snapshot()->find_entity(*uuid)) {
    return wrong(fmt::format("\"{}\" names no entity of this file: {}", name, text));
  }
  return *uuid;
}

Status ExportLines::read_end(const Object& object) {
  CALLISTO_TRY(const std::uint64_t entities, count_of(object, "entities"));
  CALLISTO_TRY(const std::uint64_t relationships, count_of(object, "relationships"));
  std::uint64_t others = 0;  // Absent when there are none.
  if (object.at_key("others").error() == simdjson::SUCCESS) {
    CALLISTO_TRY(others, count_of(object, "others"));
  }
  if (entities != entities_ || relationships != relationships_ || others != others_) {
    return wrong(
        fmt::format("lines are missing: {} of {} entities, {} of {} relationships and {} of {} "
                    "others were read",
                    entities_,
                    entities,
                    relationships_,
                    relationships,
                    others_,
                    others));
  }
  if (object.at_key(kDigestField).error() == simdjson::SUCCESS) {
    CALLISTO_TRY(digest_, text_of(object, kDigestField));
  }
  ended_ = true;
  return {};
}

Status ExportLines::read_fields(const Object& object, Fields& fields) {
  CALLISTO_TRY(fields.id, text_of(object, "_id"));
  CALLISTO_TRY(fields.key, text_of(object, "_key"));
  CALLISTO_TRY(fields.type, text_of(object, "_type"));
  CALLISTO_TRY(fields.partition, count_of(object, "partition"));
  CALLISTO_TRY(const std::uint64_t version, count_of(object, "_version"));
  if (version == 0 || version > 0xFFFFFFFFU) return wrong("\"_version\" is out of range");
  fields.meta.version = static_cast<std::uint32_t>(version);
  CALLISTO_TRY(fields.meta.created_on_ms, integer_of(object, "_createdOn"));
  CALLISTO_TRY(fields.meta.begin_on_ms, integer_of(object, "_beginOn"));
  if (object.at_key("base").get(fields.base) != simdjson::SUCCESS) {
    return wrong("\"base\" is missing");
  }
  const auto optional = [&object](const char* key, std::optional<Element>& into) {
    Element element;
    if (object.at_key(key).get(element) == simdjson::SUCCESS) into = element;
  };
  optional("layers", fields.layers);
  std::int64_t base_set_at_ms = 0;  // Absent: not known.
  if (object.at_key("baseSetAt").get(base_set_at_ms) == simdjson::SUCCESS) {
    fields.base_set_at_ms = base_set_at_ms;
  }
  optional("_class", fields.class_);
  optional("_fromEntityId", fields.from);
  optional("_toEntityId", fields.to);
  const auto flag = [&object](const char* key) {  // Written only when true.
    bool value = false;
    return object.at_key(key).get(value) == simdjson::SUCCESS && value;
  };
  fields.meta.deleted = flag("_deleted");
  fields.mapped = flag("_mapped");
  if (fields.meta.deleted) {
    CALLISTO_TRY(fields.meta.end_on_ms, integer_of(object, "_endOn"));
  }
  return {};
}

template <class Put>
Status ExportLines::fill(const Fields& fields, bool relationship, Put& put) {
  const std::optional<Uuid> id = parse_uuid(fields.id);
  if (!id) return wrong(fmt::format("\"_id\" is no UUID: {}", fields.id));
  if (Status status = check_identity(*id, fields, relationship); !status) return status;
  put.id = *id;
  put.partition.value = static_cast<std::uint32_t>(fields.partition);
  put.key = batch_.arena.copy(fields.key);
  put.meta = fields.meta;
  put.sets_base = true;
  CALLISTO_TRY(put.base, read_base(fields.base));
  if (fields.layers) {
    put.sets_layers = true;
    CALLISTO_TRY(put.layers, read_layers(*fields.layers, fields.base_set_at_ms));
  }
  return {};
}

// An id that does not follow from its key would be found one way and not the other.
Status ExportLines::check_identity(const Uuid& id, const Fields& fields, bool relationship) {
  if (fields.partition >= spaces_.size() || !spaces_[fields.partition]) {
    return wrong(fmt::format("there is no partition {} above", fields.partition));
  }
  if (fields.key.empty() || fields.key.size() > kInputLimitsMax.key_bytes) {
    return wrong(fmt::format("\"_key\" must have 1 to {} bytes", kInputLimitsMax.key_bytes));
  }
  const PartitionNameSpaces& spaces = *spaces_[fields.partition];
  const Uuid expected = uuid_v5(relationship ? spaces.relationships : spaces.entities, fields.key);
  if (id != expected) {
    return wrong(
        fmt::format("\"_id\" {} does not belong to its account, partition and \"_key\"; "
                    "it should be {}",
                    fields.id,
                    to_string(expected)));
  }
  const SnapshotPtr graph = graph_.snapshot();
  const bool known =
      relationship ? graph->find_relationship(id).has_value() : graph->find_entity(id).has_value();
  if (known || !batch_ids_.insert(id.hash()).second) {
    return wrong(fmt::format("\"_id\" {} is there twice", fields.id));
  }
  return {};
}

Result<std::span<const ClassId>> ExportLines::read_classes(Element element) {
  simdjson::dom::array array;
  if (element.get(array) != simdjson::SUCCESS || array.size() > kClassesPerEntityMax) {
    return wrong("\"_class\" of an entity must be a list of strings");
  }
  const auto classes = batch_.arena.allocate_array<ClassId>(array.size());
  std::size_t at = 0;
  for (const Element item : array) {
    std::string_view name;
    if (item.get(name) != simdjson::SUCCESS) return wrong("\"_class\" holds strings only");
    classes[at++] = ClassId{names_.classes.intern(name)};
  }
  return classes;
}

Result<std::span<const NamedValue>> ExportLines::read_base(Element element) {
  Object object;
  if (element.get(object) != simdjson::SUCCESS) return wrong("\"base\" must be an object");
  found_.clear();
  for (const auto field : object) {
    CALLISTO_TRY(const ValueView value, read_value(field.value));
    if (value.is_null() || field.key.size() > kInputLimitsMax.name_bytes) {
      return wrong(fmt::format("\"base\": property \"{}\" has no value or no proper name",
                               field.key.substr(0, 200)));
    }
    found_.push_back({PropertyId{names_.properties.intern(field.key)}, value});
  }
  const auto base = batch_.arena.allocate_array<NamedValue>(found_.size());
  std::ranges::copy(found_, base.begin());
  std::ranges::sort(base, {}, &NamedValue::property);
  const auto twice = std::ranges::adjacent_find(base, {}, &NamedValue::property);
  if (twice != base.end()) {
    return wrong(fmt::format("property \"{}\" is there twice", names_.text(twice->property)));
  }
  return base;
}

Result<LayersPtr> ExportLines::read_layers(Element element, std::int64_t base_set_at_ms) {
  Object object;
  if (element.get(object) != simdjson::SUCCESS) return wrong("\"layers\" must be an object");
  auto layers = std::make_shared<ObjectLayers>();
  layers->base_set_at_ms = base_set_at_ms;
  for (const auto field : object) {
    Object property;
    if (field.value.get(property) != simdjson::SUCCESS) {
      return wrong(fmt::format("\"layers\" of \"{}\" must be an object", field.key.substr(0, 200)));
    }
    PropertyLayers& added = layers->properties.emplace_back();
    added.property.value = names_.properties.intern(field.key);
    if (Status status = read_property_layers(property, added); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
  }
  std::ranges::sort(layers->properties, {}, &PropertyLayers::property);
  const auto twice = std::ranges::adjacent_find(layers->properties, {}, &PropertyLayers::property);
  if (layers->properties.empty() || twice != layers->properties.end()) {
    return wrong("\"layers\" is empty or names a property twice");
  }
  return LayersPtr(std::move(layers));
}

Status ExportLines::read_property_layers(const Object& object, PropertyLayers& layers) {
  for (const auto field : object) {
    if (field.key == "patch") {
      CALLISTO_TRY(layers.patch, read_entry(field.value));
    } else if (field.key == "mutation") {
      CALLISTO_TRY(layers.mutation, read_entry(field.value));
    } else if (field.key == "overrides") {
      if (Status status = read_overrides(field.value, layers); !status) return status;
    } else {
      return wrong(fmt::format("unknown layer \"{}\"", field.key.substr(0, 200)));
    }
  }
  if (layers.empty()) return wrong("a property of \"layers\" has no layer");
  return {};
}

Result<LayerEntry> ExportLines::read_entry(Element element) {
  Object object;
  Element value;
  if (element.get(object) != simdjson::SUCCESS ||
      object.at_key("value").get(value) != simdjson::SUCCESS) {
    return wrong("a layer must be an object with \"value\"");
  }
  LayerEntry entry;
  CALLISTO_TRY(entry.value, read_owned(value));
  CALLISTO_TRY(entry.set_at_ms, integer_of(object, "setAt"));
  CALLISTO_TRY(const std::string_view origin, text_of(object, "origin"));
  entry.origin = origin;
  return entry;
}

Status ExportLines::read_overrides(Element element, PropertyLayers& layers) {
  simdjson::dom::array array;
  if (element.get(array) != simdjson::SUCCESS) return wrong("\"overrides\" must be a list");
  for (const Element item : array) {
    Object object;
    Element value;
    Element below;
    if (item.get(object) != simdjson::SUCCESS ||
        object.at_key("value").get(value) != simdjson::SUCCESS ||
        object.at_key("below").get(below) != simdjson::SUCCESS) {
      return wrong("an override must be an object with \"value\" and \"below\"");
    }
    OverrideEntry& entry = layers.overrides.emplace_back();
    CALLISTO_TRY(const std::string_view scope, text_of(object, "scope"));
    const auto known = scopes_.find(std::string(scope));
    if (known == scopes_.end()) return wrong(fmt::format("there is no scope \"{}\" above", scope));
    // Scopes stand oldest first, and so do the overrides of a property.
    if (layers.overrides.size() > 1 &&
        !(layers.overrides[layers.overrides.size() - 2].scope < known->second)) {
      return wrong("overrides stand by the age of their scopes, oldest first");
    }
    entry.scope = known->second;
    CALLISTO_TRY(entry.value, read_owned(value));
    CALLISTO_TRY(entry.below, read_owned(below));
    CALLISTO_TRY(entry.set_at_ms, integer_of(object, "setAt"));
    std::string_view text;
    if (object.at_key("author").get(text) == simdjson::SUCCESS) entry.author = text;
    if (object.at_key("reason").get(text) == simdjson::SUCCESS) entry.reason = text;
    std::int64_t review = 0;
    if (object.at_key("reviewBy").get(review) == simdjson::SUCCESS) entry.review_by_ms = review;
  }
  return {};
}

Result<ValueView> ExportLines::read_value(Element element) {
  switch (element.type()) {
    case simdjson::dom::element_type::NULL_VALUE:
      return ValueView{};
    case simdjson::dom::element_type::BOOL:
      return ValueView::boolean(element.get_bool().value_unsafe());
    case simdjson::dom::element_type::INT64:
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE:
      return ValueView::number(element.get_double().value_unsafe());
    case simdjson::dom::element_type::STRING:
      return ValueView::string(batch_.arena.copy(element.get_string().value_unsafe()));
    case simdjson::dom::element_type::OBJECT:
      return wrong("a property value cannot be an object");
    case simdjson::dom::element_type::ARRAY:
      break;
  }
  const simdjson::dom::array array = element.get_array().value_unsafe();
  const auto elements = batch_.arena.allocate_array<ValueView>(array.size());
  std::size_t at = 0;
  for (const Element item : array) {
    if (item.is_array() || item.is_null())
      return wrong("a list holds strings, numbers or booleans");
    CALLISTO_TRY(elements[at], read_value(item));
    ++at;
  }
  return ValueView::list(elements);
}

Result<Value> ExportLines::read_owned(Element element) {
  CALLISTO_TRY(const ValueView view, read_value(element));
  return to_value(view);
}

Status ExportLines::flush_when_full() {
  const bool full = batch_.entities.size() + batch_.relationships.size() + batch_.side.size() >=
                        kBatchObjectsMax ||
                    batch_.arena.bytes() >= kBatchArenaBytesMax;
  return full ? flush() : Status{};
}

Status ExportLines::flush() {
  if (batch_.empty()) return {};
  const ChangeSet full = std::exchange(batch_, ChangeSet{});
  batch_ids_.clear();
  return graph_.add(full);
}

}  // namespace callisto::persist
