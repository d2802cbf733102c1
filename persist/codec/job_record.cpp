#include "persist/codec/job_record.h"

#include <array>

#include <fmt/format.h>

#include "core/values/json_writer.h"
#include "persist/codec/json_document.h"
#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using simdjson::dom::element;

constexpr int kFormat = 1;
constexpr std::string_view kUploadPart = "/upload/";

// The members of ObjectCounters as their order in a record.
template <class Counters>
auto fields_of(Counters& counters) {
  return std::array{&counters.uploaded,
                    &counters.created,
                    &counters.updated,
                    &counters.deleted,
                    &counters.create_errors,
                    &counters.update_errors,
                    &counters.delete_errors};
}

void encode(JsonWriter& out, const char* name, const ObjectCounters& counters) {
  out.key(name).begin_array();
  for (const std::uint64_t* const field : fields_of(counters)) {
    out.value(*field);
  }
  out.end_array();
}

void decode(element in, ObjectCounters& out) {
  std::size_t at = 0;
  for (std::uint64_t* const field : fields_of(out)) {
    *field = in.at(at++);
  }
}

void encode(JsonWriter& out, const char* name, const RawDataCounters& counters) {
  out.key(name).begin_array();
  out.value(counters.uploaded).value(counters.created).value(counters.updated);
  out.value(counters.deleted).end_array();
}

// Absent in records of a version that did not keep raw data.
void decode(element in, const char* name, RawDataCounters& out) {
  element found;
  if (in[name].get(found) != simdjson::SUCCESS) return;
  out = {.uploaded = found.at(0),
         .created = found.at(1),
         .updated = found.at(2),
         .deleted = found.at(3)};
}

void encode(JsonWriter& out, const UploadWarnings& warnings) {
  out.key("warnings").begin_array();
  out.value(warnings.lone_surrogates).value(warnings.first_lone_surrogate);
  out.value(warnings.inexact_numbers).value(warnings.first_inexact_number).end_array();
}

// Absent in records of a version that did not count them.
void decode(element in, UploadWarnings& out) {
  element found;
  if (in["warnings"].get(found) != simdjson::SUCCESS) return;
  out = {.lone_surrogates = found.at(0),
         .first_lone_surrogate = string_of(found.at(1)),
         .inexact_numbers = found.at(2),
         .first_inexact_number = string_of(found.at(3))};
}

JobRecord decode(element in) {
  if (in["format"].get_int64().value() != kFormat) {
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
  JobRecord record;
  SyncJob& state = record.state;
  StartJob& request = record.request;
  state.id = string_of(in["id"]);
  state.account = string_of(in["account"]);
  state.source = string_of(in["source"]);
  state.scope = string_of(in["scope"]);
  state.integration_instance_id = string_of(in["instance"]);
  state.mode = enum_of(in["mode"], SyncMode::Override);
  state.status = enum_of(in["status"], JobStatus::ErrorUnexpectedFailure);
  state.started_at_ms = in["started"];
  state.ended_at_ms = in["ended"];
  decode(in["entities"], state.entities);
  decode(in["relationships"], state.relationships);
  decode(in, "entityRawData", state.entities.raw_data);
  decode(in, "relationshipRawData", state.relationships.raw_data);
  const element mapped = in["mapped"];
  state.mapped = {.created = mapped.at(0),
                  .updated = mapped.at(1),
                  .deleted = mapped.at(2),
                  .create_errors = mapped.at(3)};
  decode(in, state.warnings);
  state.error = string_of(in["error"]);
  request.source = state.source;
  request.scope = state.scope;
  request.mode = state.mode;
  request.integration_instance_id = state.integration_instance_id;
  request.job_id = state.id;
  request.author = string_of(in["author"]);
  request.reason = string_of(in["reason"]);
  const element review_by = in["reviewBy"];
  if (!review_by.is_null()) request.review_by_ms = std::int64_t(review_by);
  request.integration_type = string_of(in["integrationType"]);
  request.integration_name = string_of(in["integrationName"]);
  element definition;  // Since 2026-11.
  if (in["integrationDefinition"].get(definition) == simdjson::SUCCESS) {
    request.integration_definition_id = string_of(definition);
  }
  record.sequence = in["sequence"];
  return record;
}

}  // namespace

std::string job_record_key(std::string_view job_id) {
  return fmt::format("{}{}", kJobRecordPrefix, job_id);
}

std::string upload_record_key(std::string_view job_id, std::uint32_t number) {
  return fmt::format("{}{}{}{:010}", kJobRecordPrefix, job_id, kUploadPart, number);
}

std::string_view job_of_upload_key(std::string_view key) {
  const std::size_t part = key.find(kUploadPart);
  if (!key.starts_with(kJobRecordPrefix) || part == std::string_view::npos) return {};
  return key.substr(kJobRecordPrefix.size(), part - kJobRecordPrefix.size());
}

std::string encode_job(const SyncJob& state, const StartJob& request, std::uint64_t sequence) {
  std::string record;
  JsonWriter out(record);
  out.begin_object().member("format", kFormat);
  out.member("id", state.id).member("account", state.account).member("source", state.source);
  out.member("scope", state.scope).member("instance", state.integration_instance_id);
  out.member("mode", static_cast<int>(state.mode));
  out.member("status", static_cast<int>(state.status));
  out.member("started", state.started_at_ms).member("ended", state.ended_at_ms);
  encode(out, "entities", state.entities);
  encode(out, "relationships", state.relationships);
  encode(out, "entityRawData", state.entities.raw_data);
  encode(out, "relationshipRawData", state.relationships.raw_data);
  out.key("mapped").begin_array().value(state.mapped.created).value(state.mapped.updated);
  out.value(state.mapped.deleted).value(state.mapped.create_errors).end_array();
  encode(out, state.warnings);
  out.member("error", state.error).member("author", request.author);
  out.member("reason", request.reason).key("reviewBy");
  request.review_by_ms ? out.value(*request.review_by_ms) : out.value(Null{});
  out.member("integrationType", request.integration_type);
  out.member("integrationName", request.integration_name);
  out.member("integrationDefinition", request.integration_definition_id);
  out.member("sequence", sequence).end_object();
  return record;
}

Result<JobRecord> decode_job(std::string_view text) {
  Result<JobRecord> record = decode_json(text, [](element root) { return decode(root); });
  if (record) return record;
  return fail(ErrorCode::Corruption,
              fmt::format("a sync job's record cannot be read: {}", record.error().message));
}

// One byte of flags, then the packed body.
std::string encode_upload(std::string_view body, const UploadOptions& options) {
  const char flags = static_cast<char>((options.ignore_duplicates ? 1 : 0) |
                                       (options.ignore_illegal_properties ? 2 : 0));
  return pack({&flags, 1}, body);
}

Result<UploadRecord> decode_upload_record(std::string_view record) {
  if (record.empty()) return fail(ErrorCode::Corruption, "an upload's record is empty");
  UploadRecord out;
  out.options.ignore_duplicates = (record[0] & 1) != 0;
  out.options.ignore_illegal_properties = (record[0] & 2) != 0;
  CALLISTO_TRY(out.body, unpack(record.substr(1), kUploadBytesMax));
  return out;
}

}  // namespace callisto::persist
