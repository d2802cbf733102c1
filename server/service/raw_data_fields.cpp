// What an integration had before it made an entity of it, by name.
#include <array>

#include "server/service/graph_fields.h"

namespace callisto::server {
namespace {

Result<std::vector<RawDocument>> documents_of(const Json& entries) {
  std::vector<RawDocument> documents;
  for (const Json& entry : *entries.array()) {
    const Json* data = entry.find("data");
    if (data == nullptr) return fail(ErrorCode::InvalidInput, "\"rawData\" needs \"data\"");
    for (const char* name : {"name", "contentType"}) {
      const Json* member = entry.find(name);
      if (member == nullptr || member->is_null() || member->text() != nullptr) continue;
      return fail(ErrorCode::InvalidInput,
                  "\"" + std::string(name) + "\" of \"rawData\" must be a string");
    }
    RawDocument& one = documents.emplace_back();
    one.name = entry.text_of("name");
    one.content_type = entry.text_of("contentType");
    if (one.content_type.empty()) one.content_type = "application/json";
    if (!one.is_json() && data->text() == nullptr) {
      return fail(ErrorCode::InvalidInput,
                  "\"data\" of content type \"" + one.content_type + "\" must be a string");
    }
    one.data = one.is_json() ? to_text(*data) : *data->text();
  }
  return documents;
}

Result<Json> upsert(FieldContext& context, const Json& arguments) {
  CALLISTO_TRY(const std::vector<RawDocument> documents, documents_of(*arguments.find("rawData")));
  if (Status put = context.account.database().put_raw_data(
          arguments.text_of("entityId"), arguments.text_of("source"), documents);
      !put) {
    return tl::make_unexpected(std::move(put).error());
  }
  Json out;
  return out.set("status", true);
}

Result<Json> raw_data(FieldContext& context, const Json& arguments) {
  const std::string id = arguments.text_of("entityId");
  CALLISTO_TRY(const std::vector<RawDocument> documents,
               context.account.database().raw_data(id, arguments.text_of("source")));
  const std::string wanted = arguments.text_of("name");
  Json payload(Json::Array{});
  for (const RawDocument& document : documents) {
    if (!wanted.empty() && wanted != document.name) continue;
    Json one;
    one.set("__typename",
            document.is_json() ? "RawDataJSONEntityLegacy" : "RawDataTextEntityLegacy");
    one.set("name", document.name).set("contentType", document.content_type);
    one.set("data", document.is_json() ? Json(Json::Raw{document.data}) : Json(document.data));
    payload.push(std::move(one));
  }
  Json out;
  return out.set("entityId", id).set("payload", std::move(payload));
}

constexpr std::array kFields{
    FieldEntry{"upsertEntityRawData", upsert, true},
    FieldEntry{"entityRawDataLegacy", raw_data},
};

}  // namespace

std::span<const FieldEntry> raw_data_fields() {
  return kFields;
}

}  // namespace callisto::server
