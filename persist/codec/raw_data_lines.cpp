#include "persist/codec/raw_data_lines.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "core/values/json_writer.h"
#include "persist/codec/export_fields.h"
#include "persist/codec/raw_data.h"

namespace callisto::persist {
namespace {

constexpr std::string_view kEntity = "entity";
constexpr std::string_view kRelationship = "relationship";

void add_time(JsonWriter& out, std::string_view name, std::int64_t time_ms) {
  if (time_ms != 0) out.member(name, time_ms);
}

// 0 when there is none. Errors: InvalidInput.
Result<std::int64_t> time_of(const simdjson::dom::object& document, std::string_view name) {
  simdjson::dom::element element;
  if (document.at_key(name).get(element) != simdjson::SUCCESS) return 0;
  std::int64_t time_ms = 0;
  if (element.get(time_ms) == simdjson::SUCCESS) return time_ms;
  return wrong("\"" + std::string(name) + "\" of a document must be a whole number");
}

}  // namespace

Result<std::string> raw_data_line(std::string_view key, std::string_view record) {
  // raw/<object>/<_id>/<source>; only a source may hold a slash.
  key.remove_prefix(kRawDataPrefix.size());
  const std::size_t object_end = key.find('/');
  const std::size_t id_end = key.find('/', object_end + 1);
  if (object_end == std::string_view::npos || id_end == std::string_view::npos) {
    return fail(ErrorCode::Corruption, "a record of raw data has a key without an object");
  }
  CALLISTO_TRY(const std::vector<RawDocument> documents, decode_raw_data(record));
  std::string line;
  JsonWriter out(line);
  out.begin_object().member("kind", "rawData").member("object", key.substr(0, object_end));
  out.member("_id", key.substr(object_end + 1, id_end - object_end - 1));
  out.member("source", key.substr(id_end + 1)).key("documents").begin_array();
  for (const RawDocument& document : documents) {
    out.begin_object().member("name", document.name);
    out.member("contentType", document.content_type).member("data", document.data);
    add_time(out, "createdOn", document.created_at_ms);
    add_time(out, "beginOn", document.begin_at_ms);
    out.end_object();
  }
  out.end_array().end_object();
  return line;
}

Result<SidePut> read_raw_data_line(const simdjson::dom::object& line) {
  CALLISTO_TRY(const std::string_view object, text_of(line, "object"));
  CALLISTO_TRY(const std::string_view id_text, text_of(line, "_id"));
  CALLISTO_TRY(const std::string_view source, text_of(line, "source"));
  const std::optional<Uuid> id = parse_uuid(id_text);
  if (!id) return wrong("\"_id\" of raw data must be the id of an object");
  if (object != kEntity && object != kRelationship) {
    return wrong("\"object\" must be \"entity\" or \"relationship\"");
  }
  if (source.empty()) return wrong("\"source\" must not be empty");
  simdjson::dom::array array;
  if (line.at_key("documents").get(array) != simdjson::SUCCESS) {
    return wrong("\"documents\" must be a list");
  }
  std::vector<RawDocument> documents;
  for (const simdjson::dom::element item : array) {
    simdjson::dom::object document;
    if (item.get(document) != simdjson::SUCCESS) return wrong("a document must be an object");
    CALLISTO_TRY(const std::string_view name, text_of(document, "name"));
    CALLISTO_TRY(const std::string_view content_type, text_of(document, "contentType"));
    CALLISTO_TRY(const std::string_view data, text_of(document, "data"));
    CALLISTO_TRY(const std::int64_t created, time_of(document, "createdOn"));
    CALLISTO_TRY(const std::int64_t begin, time_of(document, "beginOn"));
    documents.push_back(
        {std::string(name), std::string(content_type), std::string(data), created, begin});
  }
  return SidePut{.key = raw_data_key(*id, object == kRelationship, source),
                 .value = encode_raw_data(documents)};
}

}  // namespace callisto::persist
