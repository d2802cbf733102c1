// Upload bodies: one object with lists, or lines. Rows are read in upload_fields.cpp and
// upload_rows.cpp.
#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "persist/codec/upload_reader.h"
#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kListNames[] = {
    "entities", "relationships", "deleteEntities", "deleteRelationships"};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// The index in kListNames; its size when it is none.
std::size_t list_named(std::string_view name) {
  return static_cast<std::size_t>(std::find(std::begin(kListNames), std::end(kListNames), name) -
                                  std::begin(kListNames));
}

}  // namespace

Result<UploadBatch> decode_upload(std::string_view body, const UploadContext& context) {
  if (body.size() > kUploadBytesMax) {
    return persist::refuse(
        ErrorCode::LimitExceeded,
        wire::kBodyTooLarge,
        fmt::format("an upload holds at most {} bytes, this one has {}: send it in parts",
                    kUploadBytesMax,
                    body.size()));
  }
  UploadBatch batch;
  UploadReader reader(context, batch);
  if (!reader.read(body)) return tl::make_unexpected(std::move(reader).error());
  return batch;
}

UploadReader::UploadReader(const UploadContext& context, UploadBatch& batch)
    : context_(context), batch_(batch), names_(*context.names) {}

bool UploadReader::read(std::string_view body) {
  const std::string_view content = trimmed(body);
  if (content.empty()) return true;
  const simdjson::padded_string padded(content);
  body_ = padded.data();
  body_end_ = padded.data() + padded.size();
  const std::string_view text(padded.data(), padded.size());
  const std::size_t line_end = text.find('\n');
  if (line_end != std::string_view::npos) {
    const std::string_view first = trimmed(text.substr(0, line_end));
    if (first.ends_with('}') && is_complete_object(first.data(), first.size())) {
      return read_lines(text.data(), text.size());
    }
  }
  return read_document(text.data(), text.size());
}

bool UploadReader::read_lines(const char* text, std::size_t size) {
  const char* const end = text + size;
  std::size_t number = 0;
  for (const char* line = text; line < end; ++number) {
    const void* found = std::memchr(line, '\n', static_cast<std::size_t>(end - line));
    const char* const line_end = found == nullptr ? end : static_cast<const char*>(found);
    const std::string_view content = trimmed({line, static_cast<std::size_t>(line_end - line)});
    list_ = List::Lines;
    index_ = number + 1;
    if (!content.empty() && !read_document(content.data(), content.size())) return false;
    line = line_end + 1;
  }
  return true;
}

simdjson::error_code UploadReader::start(const char* text, std::size_t size, Object& object) {
  const std::size_t readable =
      static_cast<std::size_t>(body_end_ - text) + simdjson::SIMDJSON_PADDING;
  const simdjson::padded_string_view view(text, size, readable);
  started_ = false;
  row_key_ = {};  // It may be in the parser's memory, which the next text takes.
  if (const auto code = parser_.iterate(view).get(document_)) return code;
  started_ = true;
  return document_.get_object().get(object);
}

bool UploadReader::is_complete_object(const char* text, std::size_t size) {
  Object object;
  if (start(text, size, object) != simdjson::SUCCESS) return false;
  for (auto field : object) {
    if (field.error() != simdjson::SUCCESS) return false;
  }
  return document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// A row has keys with `_`; an object with lists has none. The first key nearly always tells.
bool UploadReader::holds_row(const char* text, std::size_t size, bool& row) {
  const std::string_view content(text, size);
  const std::size_t quote = content.find_first_not_of(kBlank, 1);
  if (quote != std::string_view::npos && content[quote] == '"') {
    const std::string_view rest = content.substr(quote + 1);
    row = rest.starts_with('_');
    if (row) return true;
    for (const std::string_view name : kListNames) {
      if (rest.starts_with(name) && rest.substr(name.size()).starts_with('"')) return true;
    }
  }
  Object object;
  if (const auto code = start(text, size, object)) return bad_json(code);
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view key;
    if (const auto code = field.unescaped_key().get(key)) return bad_json(code);
    row = row || key.starts_with('_');
  }
  return true;
}

bool UploadReader::read_document(const char* text, std::size_t size) {
  if (text[0] != '{') {
    return refuse(wire::kInvalidJson,
                  "expected an object such as {\"entities\": [...]}, or one object a line");
  }
  bool row = false;
  if (!holds_row(text, size, row)) return false;
  Object object;
  if (const auto code = start(text, size, object)) return bad_json(code);
  if (row) {
    if (index_ == 0) index_ = 1;
    if (!read_fields(object, entity_shape_, row_) || !finish_row(row_)) return false;
  } else if (!read_lists(object)) {
    return false;
  }
  const auto location = document_.current_location();
  if (location.error() != simdjson::OUT_OF_BOUNDS) {
    return refuse(wire::kInvalidJson, "there is text after the end of the object");
  }
  return true;
}

bool UploadReader::read_lists(Object object) {
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return bad_json(code);
    const std::size_t list = list_named(name);
    if (list == std::size(kListNames)) continue;  // Other keys are ignored (wire-api 2).
    const List outer = list_;
    const std::size_t outer_index = index_;
    if (!read_list(static_cast<List>(list), field.value())) return false;
    list_ = outer;
    index_ = outer_index;
  }
  return true;
}

bool UploadReader::read_list(List list, Json value) {
  simdjson::ondemand::json_type type{};
  if (const auto code = value.type().get(type)) return bad_json(code);
  if (type == simdjson::ondemand::json_type::null) return true;
  if (type != simdjson::ondemand::json_type::array) {
    error_ = wire_error(
        ErrorCode::InvalidInput,
        wire::kEntityIsNotArray,
        fmt::format("\"{}\" should be an array", kListNames[static_cast<std::size_t>(list)]));
    return false;
  }
  simdjson::ondemand::array array;
  if (const auto code = value.get_array().get(array)) return bad_json(code);
  list_ = list;
  index_ = 0;
  for (auto element : array) {
    row_key_ = {};
    if (!allowed(list)) return false;
    Object object;
    if (const auto code = element.get_object().get(object)) {
      if (code != simdjson::INCORRECT_TYPE) return bad_json(code);
      return refuse(wire::kInvalidPropertyValue, "expected an object");
    }
    bool read = false;
    if (list == List::Entities) {
      read = read_fields(object, entity_shape_, row_) && finish_entity(row_);
    } else if (list == List::Relationships) {
      read = read_fields(object, relationship_shape_, row_) && finish_relationship(row_);
    } else {
      const bool relationships = list == List::DeleteRelationships;
      read = read_delete(object,
                         relationships ? batch_.delete_relationships : batch_.delete_entities,
                         relationships);
    }
    if (!read) return false;
    ++index_;
  }
  return true;
}

bool UploadReader::allowed(List list) {
  const bool entity = list == List::Entities;
  const bool deletes = list == List::DeleteEntities || list == List::DeleteRelationships;
  const std::string mode = to_string(context_.mode);
  const auto not_allowed = [&](std::string_view wire, std::string_view what) {
    error_ = wire_error(ErrorCode::InvalidInput,
                        wire,
                        fmt::format("{} are not allowed for {} sync jobs", what, mode));
    return false;
  };
  switch (context_.mode) {
    case SyncMode::Override:
    case SyncMode::Patch:
      if (list == List::Relationships || list == List::DeleteRelationships) {
        return not_allowed(wire::kRelationshipsNotAllowed, "Relationship uploads");
      }
      if (deletes) return not_allowed(wire::kDeletesNotAllowed, "Delete lists");
      break;
    case SyncMode::CrossScope:
      if (entity) return not_allowed(wire::kEntitiesNotAllowed, "Entity uploads");
      if (list == List::DeleteEntities) {
        return not_allowed(wire::kDeletesNotAllowed, "Entity deletes");
      }
      break;
    case SyncMode::Diff:
    case SyncMode::CreateOrUpdate:
      break;
  }
  return true;
}

bool UploadReader::read_delete(Object object, std::vector<DeleteRow>& out, bool relationships) {
  row_.clear();
  if (!read_fields(object, target_shape_, row_)) return false;
  DeleteRow row;
  if (!row_.id.empty()) {
    const std::optional<Uuid> id = parse_uuid(row_.id);
    row.id_known = id.has_value();
    if (id) row.id = *id;
  } else if (!row_.key.empty()) {
    row.by_key = true;
    row.id_known = true;
    row.id =
        uuid_v5(relationships ? context_.spaces.relationships : context_.spaces.entities, row_.key);
  } else {
    return refuse(wire::kRequiredProperty, "\"_id\" or \"_key\" is required");
  }
  out.push_back(row);
  return true;
}

bool UploadReader::bad_json(simdjson::error_code code) {
  std::string place;
  const char* location = nullptr;
  // simdjson reads through a null pointer when asked for the place in a text it did not begin.
  if (started_ && document_.current_location().get(location) == simdjson::SUCCESS &&
      location >= body_ && location <= body_end_) {
    place = fmt::format(" near byte {}", location - body_);
  }
  return refuse(wire::kInvalidJson,
                fmt::format("not valid JSON{}: {}", place, simdjson::error_message(code)));
}

std::string UploadReader::where() const {
  const std::string place =
      list_ == List::Lines
          ? (index_ == 0 ? std::string("body") : fmt::format("line {}", index_))
          : fmt::format("{}[{}]", kListNames[static_cast<std::size_t>(list_)], index_);
  return row_key_.empty() ? place : fmt::format("{} (\"{}\")", place, row_key_.substr(0, 200));
}

bool UploadReader::refuse(std::string_view wire, const std::string& reason) {
  error_ = wire_error(ErrorCode::InvalidInput, wire, where() + ": " + reason);
  return false;
}

bool UploadReader::refuse_property(std::string_view name, std::string_view reason) {
  return refuse(wire::kInvalidPropertyValue,
                fmt::format("property \"{}\": {}", name.substr(0, 200), reason));
}

}  // namespace callisto::persist
