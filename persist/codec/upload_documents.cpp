// Upload bodies: one object with lists, or lines. Rows are read in upload_fields.cpp and
// upload_rows.cpp.
#include <algorithm>
#include <cstring>
#include <new>

#include <fmt/format.h>

#include "persist/codec/upload_reader.h"
#include "persist/codec/wire_error.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  text = without_bom(text);  // Files that are joined have one in the middle, too.
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool is_utf16(std::string_view text) {
  return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
}

// simdjson 3.0 does not look whether it got the memory for strings.
struct Strings : simdjson::ondemand::document {
  static bool has_memory(simdjson::ondemand::document& document) {
    constexpr auto kIterator = &Strings::iter;
    return (document.*kIterator).string_buf_loc() != nullptr;
  }
};

}  // namespace

std::size_t upload_list_named(std::string_view name) {
  return static_cast<std::size_t>(
      std::find(std::begin(kUploadLists), std::end(kUploadLists), name) - std::begin(kUploadLists));
}

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
    : context_(context),
      limits_(context.acknowledged ? kInputLimitsMax : context.limits),
      batch_(batch),
      names_(*context.names) {}

bool UploadReader::read(std::string_view body) {
  if (is_utf16(body)) {
    return refuse(wire::kInvalidJson, "the text is UTF-16: write it as UTF-8");
  }
  const std::string_view content = trimmed(body);
  if (content.empty()) return refuse_unknown("nothing");
  const std::string_view skipped(body.data(),
                                 static_cast<std::size_t>(content.data() - body.data()));
  skipped_bytes_ = skipped.size();
  skipped_lines_ = static_cast<std::size_t>(std::count(skipped.begin(), skipped.end(), '\n'));
  simdjson::padded_string padded(content);
  if (padded.size() != content.size()) throw std::bad_alloc();
  repaired_ = repair_lone_surrogates({padded.data(), padded.size()});
  batch_.warnings.lone_surrogates = repaired_.count;
  body_ = padded.data();
  body_end_ = padded.data() + padded.size();
  const std::string_view text(padded.data(), padded.size());
  const bool read = is_ndjson(text) ? read_lines(text.data(), text.size()) : read_document(text);
  if (repaired_.count > 0 && batch_.warnings.first_lone_surrogate.empty()) {
    batch_.warnings.first_lone_surrogate = fmt::format("byte {}", repaired_.first);
  }
  return read;
}

// Whether the first line is an object of its own. Where it is a broken one, the next line tells.
bool UploadReader::is_ndjson(std::string_view text) {
  const std::size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos) return false;
  const std::string_view first = trimmed(text.substr(0, line_end));
  if (!first.starts_with('{') || !first.ends_with('}')) return false;
  return is_complete_object(first) || trimmed(text.substr(line_end)).starts_with('{');
}

bool UploadReader::read_lines(const char* text, std::size_t size) {
  const char* const end = text + size;
  std::size_t number = 0;
  for (const char* line = text; line < end; ++number) {
    const void* found = std::memchr(line, '\n', static_cast<std::size_t>(end - line));
    const char* const line_end = found == nullptr ? end : static_cast<const char*>(found);
    const std::string_view content = trimmed({line, static_cast<std::size_t>(line_end - line)});
    list_ = List::Lines;
    index_ = skipped_lines_ + number + 1;
    line_ = static_cast<std::uint32_t>(index_);
    if (!content.empty() && !read_document(content)) return false;
    line = line_end + 1;
  }
  return true;
}

simdjson::error_code UploadReader::start(std::string_view text, Object& object) {
  const std::size_t readable =
      static_cast<std::size_t>(body_end_ - text.data()) + simdjson::SIMDJSON_PADDING;
  const simdjson::padded_string_view view(text, readable);
  started_ = false;
  text_ = text;
  row_key_ = {};  // It may be in the parser's memory, which the next text takes.
  const auto code = parser_.iterate(view).get(document_);
  if (code == simdjson::MEMALLOC) throw std::bad_alloc();
  if (code == simdjson::SUCCESS && !Strings::has_memory(document_)) throw std::bad_alloc();
  if (code != simdjson::SUCCESS) return code;
  started_ = true;
  return document_.get_object().get(object);
}

bool UploadReader::is_complete_object(std::string_view text) {
  Object object;
  if (start(text, object) != simdjson::SUCCESS) return false;
  for (auto field : object) {
    if (field.error() != simdjson::SUCCESS) return false;
  }
  return document_.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

// The first key nearly always tells.
bool UploadReader::look_at(std::string_view text, Shown& shown) {
  const auto is_row_key = [](std::string_view key) {
    const Field field = field_of(key);
    return field != Field::Property && field != Field::Ignored;
  };
  const std::size_t quote = text.find_first_not_of(kBlank, 1);
  if (quote != std::string_view::npos && text[quote] == '"') {
    const std::string_view rest = text.substr(quote + 1);
    const std::string_view key = rest.substr(0, rest.find('"'));
    shown = is_row_key(key) ? Shown::Row : Shown::Lists;
    if (shown == Shown::Row || upload_list_named(key) != std::size(kUploadLists)) return true;
  }
  shown = Shown::Nothing;
  Object object;
  if (const auto code = start(text, object)) return bad_json(code);
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view key;
    if (const auto code = field.unescaped_key().get(key)) return bad_json(code);
    if (is_row_key(key)) {
      shown = Shown::Row;
    } else if (shown == Shown::Nothing && upload_list_named(key) != std::size(kUploadLists)) {
      shown = Shown::Lists;
    }
  }
  return true;
}

bool UploadReader::read_document(std::string_view text) {
  row_key_ = {};
  if (!text.starts_with('{')) return refuse_unknown(text);
  Shown shown = Shown::Nothing;
  if (!look_at(text, shown)) return false;
  Object object;
  if (const auto code = start(text, object)) return bad_json(code);
  if (shown == Shown::Row) {
    if (index_ == 0) index_ = skipped_lines_ + 1;
    if (!read_fields(object, entity_shape_, row_) || !finish_row(row_)) return false;
  } else if (shown == Shown::Nothing && !context_.acknowledged) {
    return refuse_unknown(object);
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
  bool any = false;
  for (auto result : object) {
    simdjson::ondemand::field field;
    if (const auto code = std::move(result).get(field)) return bad_json(code);
    std::string_view name;
    if (const auto code = field.unescaped_key().get(name)) return bad_json(code);
    Json value = field.value();
    const std::size_t list = upload_list_named(name);
    if (list == std::size(kUploadLists)) {  // Other keys are ignored (wire-api 2).
      if (!check_list_name(name, value)) return false;
      continue;
    }
    simdjson::ondemand::json_type type{};
    if (const auto code = value.type().get(type)) return bad_json(code);
    if (type == simdjson::ondemand::json_type::null) continue;  // As if it were not there.
    any = true;
    const List outer = list_;
    const std::size_t outer_index = index_;
    if (!read_list(static_cast<List>(list), value)) return false;
    list_ = outer;
    index_ = outer_index;
    row_key_ = {};
  }
  // A filter that finds no rows in an error answer writes {"entities": null}.
  return any || refuse_unknown("lists that are null only");
}

bool UploadReader::read_list(List list, Json value) {
  simdjson::ondemand::array array;
  if (const auto code = value.get_array().get(array)) {
    if (code != simdjson::INCORRECT_TYPE) return bad_json(code);
    error_ = wire_error(
        ErrorCode::InvalidInput,
        wire::kEntityIsNotArray,
        fmt::format("\"{}\" should be an array", kUploadLists[static_cast<std::size_t>(list)]));
    return false;
  }
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

}  // namespace callisto::persist
