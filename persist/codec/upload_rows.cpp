// Finishes uploaded rows: what each mode requires of them, ids, classes, ends of relationships.
#include <algorithm>
#include <cctype>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "core/values/text_hash.h"
#include "persist/codec/upload_reader.h"
#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

// The verb of a relationship that names none and whose displayName is no verb.
constexpr std::string_view kNoVerb = "RELATES_TO";

bool is_verb(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  });
}

// Ids are lower-case text; any other spelling names no object.
bool has_upper_case(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::uint64_t hash_of(const std::vector<std::string_view>& texts) {
  std::uint64_t hash = texts.size();
  for (const std::string_view text : texts) {
    hash = hash_word(hash ^ hash_text(text));
  }
  return hash;
}

std::optional<Uuid> exact_id(std::string_view text) {
  return has_upper_case(text) ? std::nullopt : parse_uuid(text);
}

}  // namespace

bool UploadReader::finish_row(RawRow& row) {
  if (row.is_relationship()) {
    return allowed(List::Relationships) && finish_relationship(row);
  }
  return allowed(List::Entities) && finish_entity(row);
}

bool UploadReader::finish_entity(RawRow& raw) {
  row_key_ = raw.key.empty() ? raw.id : raw.key;
  EntityRow row;
  const bool by_id = context_.mode == SyncMode::Override || context_.mode == SyncMode::Patch;
  if (context_.mode == SyncMode::Override && (!raw.id_is_text || raw.id.empty())) {
    return refuse(wire::kEntityIdRequired, "\"_id\" is required and must be a non-empty string");
  }
  if (context_.mode == SyncMode::Patch && raw.has_id && (!raw.id_is_text || raw.id.empty())) {
    return refuse(wire::kEntityIdRequired, "\"_id\" must be a non-empty string");
  }
  if (context_.entities_max != 0 && batch_.entities.size() == context_.entities_max) {
    error_ = wire_error(ErrorCode::LimitExceeded,
                        wire::kOverrideLimitExceeded,
                        "OVERRIDE sync jobs are limited to 10000 entities per job");
    return false;
  }
  if (by_id && !raw.id.empty()) {
    row.id_text = batch_.arena.copy(raw.id);
    const std::optional<Uuid> id = exact_id(raw.id);
    row.id_known = id.has_value();
    if (id) row.id = *id;
  } else {
    if (!check_key(raw.key)) return false;
    row.id = uuid_v5(context_.spaces.entities, raw.key);
    row.id_known = true;
  }
  if (context_.mode == SyncMode::Diff && raw.type.empty()) {
    return refuse(wire::kRequiredProperty, "\"_type\" is required");
  }
  if (context_.mode == SyncMode::Diff && raw.classes.empty()) {
    return refuse(wire::kRequiredProperty, "\"_class\" is required");
  }
  if (!finish_entity_body(raw, row, context_.mode != SyncMode::Diff)) return false;
  name_warnings();
  row.raw_data = raw.raw_data;
  batch_.entity_documents += raw.documents;
  if (line_ != 0) batch_.entity_lines.push_back(line_);
  batch_.entities.push_back(row);
  return true;
}

bool UploadReader::finish_entity_body(RawRow& raw, EntityRow& row, bool keep_nulls) {
  if (!raw.key.empty()) row.key = batch_.arena.copy(raw.key);
  if (!raw.type.empty()) {
    TypeId type;
    if (!find_type(raw.type, type)) return false;
    row.type = type;
  }
  if (!raw.classes.empty() && !find_classes(raw.classes, row.classes)) return false;
  row.properties = finish_properties(raw.properties, keep_nulls);
  return true;
}

bool UploadReader::check_key(std::string_view key) {
  if (key.empty()) {
    return refuse(wire::kRequiredProperty, "\"_key\" is required and must be a non-empty string");
  }
  return true;
}

bool UploadReader::find_type(std::string_view text, TypeId& out) {
  if (const auto known = types_.find(text); known != types_.end()) {
    out = known->second;
    return true;
  }
  if (text.size() > kTypeNameBytesMax) {
    return refuse_property("_type", "a type is a string of 1 to 256 bytes");
  }
  if (types_.size() >= limits_.types) {
    return refuse_property(
        "_type", fmt::format("a graph has at most {} types (limit \"types\")", limits_.types));
  }
  out = TypeId{names_.types.intern(text)};
  types_.emplace(key_arena_.copy(text), out);
  return true;
}

bool UploadReader::find_classes(const std::vector<std::string_view>& texts,
                                std::span<const ClassId>& out) {
  if (last_classes_ == nullptr || last_classes_->texts != texts) {
    const std::uint64_t hash = hash_of(texts);
    const auto [begin, end] = class_arrays_by_hash_.equal_range(hash);
    const auto known =
        std::find_if(begin, end, [&](const auto& entry) { return entry.second->texts == texts; });
    if (known != end) {
      last_classes_ = known->second;
    } else {
      ClassArray& made = class_arrays_.emplace_back();
      const std::span<ClassId> ids = batch_.arena.allocate_array<ClassId>(texts.size());
      for (std::size_t i = 0; i < texts.size(); ++i) {
        ids[i] = ClassId{names_.classes.intern(texts[i])};
        made.texts.push_back(key_arena_.copy(texts[i]));
      }
      made.ids = ids;
      class_arrays_by_hash_.emplace(hash, &made);
      last_classes_ = &made;
    }
  }
  out = last_classes_->ids;
  return true;
}

std::span<const NamedValue> UploadReader::finish_properties(std::vector<NamedValue>& found,
                                                            bool keep_nulls) {
  const auto by_property = [](const NamedValue& a, const NamedValue& b) {
    return a.property < b.property;
  };
  if (!std::is_sorted(found.begin(), found.end(), by_property)) {
    std::stable_sort(found.begin(), found.end(), by_property);
  }
  // A key that stands twice in one object: the last one counts, as JSON readers do.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i + 1 < found.size() && found[i + 1].property == found[i].property) continue;
    if (!keep_nulls && found[i].value.is_null()) continue;
    found[kept++] = found[i];
  }
  const std::span<NamedValue> stored = batch_.arena.allocate_array<NamedValue>(kept);
  std::copy_n(found.begin(), kept, stored.begin());
  return stored;
}

bool UploadReader::finish_relationship(RawRow& raw) {
  row_key_ = raw.key;
  RelationshipRow row;
  if (!check_key(raw.key)) return false;
  if (raw.type.empty()) return refuse(wire::kRequiredProperty, "\"_type\" is required");
  row.key = batch_.arena.copy(raw.key);
  row.id = uuid_v5(context_.spaces.relationships, raw.key);
  if (const auto known = relationship_types_.find(raw.type); known != relationship_types_.end()) {
    row.type = known->second;
  } else {
    if (raw.type.size() > kTypeNameBytesMax) {
      return refuse_property("_type", "a type is a string of 1 to 256 bytes");
    }
    row.type = names_.relationship_types.intern(raw.type);
    relationship_types_.emplace(key_arena_.copy(raw.type), row.type);
  }
  if (!find_verb(raw, row.verb)) return false;
  row.mapping = raw.mapping;
  if (row.mapping == nullptr &&
      (!finish_end(raw.from_id, raw.from_key, raw.from_source, raw.from_scope, row.from) ||
       !finish_end(raw.to_id, raw.to_key, raw.to_source, raw.to_scope, row.to))) {
    return false;
  }
  row.properties = finish_properties(raw.properties, context_.mode == SyncMode::CreateOrUpdate);
  name_warnings();
  row.raw_data = raw.raw_data;
  batch_.relationship_documents += raw.documents;
  if (line_ != 0) batch_.relationship_lines.push_back(line_);
  batch_.relationships.push_back(row);
  return true;
}

// `_class` is optional on relationships (wire-api 5): then displayName, "the verb by default",
// counts when it can be one.
bool UploadReader::find_verb(RawRow& raw, VerbId& out) {
  std::string_view text;
  if (raw.classes.size() > 1 && !context_.acknowledged) {
    return refuse_property(
        "_class",
        fmt::format("a relationship has one verb, and this one has {}: \"{}\", \"{}\"{}",
                    raw.classes.size(),
                    raw.classes[0].substr(0, 60),
                    raw.classes[1].substr(0, 60),
                    raw.classes.size() > 2 ? ", ..." : ""));
  }
  if (!raw.classes.empty()) {
    text = raw.classes.front();
  } else {
    text = kNoVerb;
    for (const NamedValue& named : raw.properties) {
      if (named.property == metadata::kDisplayName && named.value.kind() == ValueKind::String &&
          named.value.as_string().size() <= kTypeNameBytesMax && is_verb(named.value.as_string())) {
        text = named.value.as_string();
      }
    }
  }
  if (const auto known = verbs_.find(text); known != verbs_.end()) {
    out = known->second;
    return true;
  }
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  if (verbs_.size() >= limits_.types) {
    return refuse_property(
        "_class", fmt::format("a graph has at most {} verbs (limit \"types\")", limits_.types));
  }
  out = VerbId{names_.verbs.intern(upper)};
  verbs_.emplace(key_arena_.copy(text), out);
  return true;
}

bool UploadReader::finish_end(std::string_view id,
                              std::string_view key,
                              std::string_view source,
                              std::string_view scope,
                              EndName& out) {
  if (!id.empty()) {
    out.text = batch_.arena.copy(id);
    out.by_id = true;
    out.id = exact_id(id);
    return true;
  }
  if (key.empty()) return true;  // Counted as unresolved at finalize.
  out.text = batch_.arena.copy(key);
  if (source.empty() && scope.empty()) {
    // CROSS_SCOPE requires both scopes; without one the end stays unresolved.
    if (context_.mode != SyncMode::CrossScope) out.id = uuid_v5(context_.spaces.entities, key);
    return true;
  }
  const ForeignOwner wanted{source, scope};
  for (const ForeignOwner* owner : owners_) {
    if (*owner == wanted) out.owner = owner;
  }
  if (out.owner == nullptr) {
    void* const place = batch_.arena.allocate(sizeof(ForeignOwner), alignof(ForeignOwner));
    out.owner = new (place) ForeignOwner{batch_.arena.copy(source), batch_.arena.copy(scope)};
    owners_.push_back(out.owner);
  }
  return true;
}

bool UploadReader::read_mapping(Json value, RawRow& row) {
  bool null = false;
  if (const auto code = value.is_null().get(null)) return bad_json(code);
  if (null) return true;
  Object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) {
    return refuse_property("_mapping", "expected an object");
  }
  void* const place = batch_.arena.allocate(sizeof(persist::Mapping), alignof(persist::Mapping));
  auto* const mapping = new (place) persist::Mapping{};
  std::vector<std::vector<PropertyId>> filters;
  bool has_target = false;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return bad_json(code);
    Json item = field.value();
    std::string_view text;
    if (name == "relationshipDirection") {
      if (item.get_string().get(text) != simdjson::SUCCESS ||
          (text != "FORWARD" && text != "REVERSE")) {
        return refuse_property("_mapping.relationshipDirection", "expected FORWARD or REVERSE");
      }
      mapping->reverse = text == "REVERSE";
    } else if (name == "sourceEntityKey") {
      if (item.get_string().get(text) != simdjson::SUCCESS || text.empty()) {
        return refuse_property("_mapping.sourceEntityKey", "expected a string");
      }
      mapping->source_key = batch_.arena.copy(text);
      mapping->source = uuid_v5(context_.spaces.entities, text);
    } else if (name == "skipTargetCreation") {
      bool skip = false;
      if (item.get_bool().get(skip) != simdjson::SUCCESS) {
        return refuse_property("_mapping.skipTargetCreation", "expected true or false");
      }
      mapping->skip_target_creation = skip;
    } else if (name == "targetFilterKeys") {
      if (!read_filters(item, filters)) return false;
    } else if (name == "targetEntity") {
      Object entity;
      if (item.get_object().get(entity) != simdjson::SUCCESS) {
        return refuse_property("_mapping.targetEntity", "expected an object");
      }
      if (!read_fields(entity, target_shape_, target_)) return false;
      if (!finish_entity_body(target_, mapping->target, false)) return false;
      has_target = true;
    }
  }
  if (mapping->source_key.empty()) {
    return refuse_property("_mapping", "\"sourceEntityKey\" is required");
  }
  if (!has_target) return refuse_property("_mapping", "\"targetEntity\" is required");
  if (filters.empty()) filters = {{metadata::kType, metadata::kKey}};
  const auto lists = batch_.arena.allocate_array<std::span<const PropertyId>>(filters.size());
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const auto ids = batch_.arena.allocate_array<PropertyId>(filters[i].size());
    std::copy(filters[i].begin(), filters[i].end(), ids.begin());
    new (&lists[i]) std::span<const PropertyId>(ids);
  }
  mapping->filters = lists;
  row.mapping = mapping;
  return true;
}

bool UploadReader::read_filters(Json value, std::vector<std::vector<PropertyId>>& out) {
  constexpr std::string_view kPlace = "_mapping.targetFilterKeys";
  constexpr std::string_view kForm = "expected a list of property names or of lists of them";
  constexpr std::size_t kNamesMax = 100;
  const auto add = [&](std::string_view name, std::vector<PropertyId>& list) {
    if (name.empty() || name.size() > limits_.name_bytes || list.size() == kNamesMax ||
        out.size() > kNamesMax) {
      return refuse_property(kPlace, kForm);
    }
    list.push_back(PropertyId{names_.properties.intern(name)});
    return true;
  };
  simdjson::ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return refuse_property(kPlace, kForm);
  for (auto element : array) {
    if (const auto code = element.error()) return bad_json(code);
    Json item = element.value_unsafe();
    std::string_view name;
    std::vector<PropertyId> list;
    if (item.get_string().get(name) == simdjson::SUCCESS) {
      if (!add(name, list)) return false;
    } else {
      simdjson::ondemand::array names;
      if (item.get_array().get(names) != simdjson::SUCCESS) return refuse_property(kPlace, kForm);
      for (auto inner : names) {
        if (inner.get_string().get(name) != simdjson::SUCCESS)
          return refuse_property(kPlace, kForm);
        if (!add(name, list)) return false;
      }
    }
    if (!list.empty()) out.push_back(std::move(list));
  }
  return true;
}

namespace {

bool same_properties(std::span<const NamedValue> a, std::span<const NamedValue> b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const NamedValue& left, const NamedValue& right) {
        return left.property == right.property && left.value == right.value;
      });
}

bool same_end(const EndName& a, const EndName& b) {
  const bool same_owner =
      (a.owner == nullptr) == (b.owner == nullptr) && (a.owner == nullptr || *a.owner == *b.owner);
  return a.text == b.text && a.id == b.id && same_owner;
}

bool same_mapping(const Mapping& a, const Mapping& b) {
  const bool same_filters =
      std::equal(a.filters.begin(),
                 a.filters.end(),
                 b.filters.begin(),
                 b.filters.end(),
                 [](auto left, auto right) {
                   return std::equal(left.begin(), left.end(), right.begin(), right.end());
                 });
  return a.reverse == b.reverse && a.skip_target_creation == b.skip_target_creation &&
         a.source_key == b.source_key && same_filters && same_row(a.target, b.target);
}

}  // namespace

bool same_row(const EntityRow& a, const EntityRow& b) {
  return a.key == b.key && a.id_text == b.id_text && a.type == b.type &&
         std::equal(a.classes.begin(), a.classes.end(), b.classes.begin(), b.classes.end()) &&
         same_properties(a.properties, b.properties);
}

bool same_row(const RelationshipRow& a, const RelationshipRow& b) {
  const bool same_way = (a.mapping == nullptr) == (b.mapping == nullptr) &&
                        (a.mapping == nullptr || same_mapping(*a.mapping, *b.mapping));
  return a.key == b.key && a.type == b.type && a.verb == b.verb && same_way &&
         same_end(a.from, b.from) && same_end(a.to, b.to) &&
         same_properties(a.properties, b.properties);
}

}  // namespace callisto::persist
