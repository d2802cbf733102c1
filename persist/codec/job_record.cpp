#include "persist/codec/job_record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "persist/codec/packed.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::string_view kUploadPart = "/upload/";

json encode(const RawDataCounters& counters) {
  return json::array({counters.uploaded, counters.created, counters.updated, counters.deleted});
}

// Absent in records of a version that did not keep raw data.
void decode(const json& in, const char* name, RawDataCounters& out) {
  const auto found = in.find(name);
  if (found == in.end()) return;
  out = {.uploaded = found->at(0),
         .created = found->at(1),
         .updated = found->at(2),
         .deleted = found->at(3)};
}

json encode(const ObjectCounters& counters) {
  return json::array({counters.uploaded,
                      counters.created,
                      counters.updated,
                      counters.deleted,
                      counters.create_errors,
                      counters.update_errors,
                      counters.delete_errors});
}

void decode(const json& in, ObjectCounters& out) {
  std::uint64_t* const fields[] = {&out.uploaded,
                                   &out.created,
                                   &out.updated,
                                   &out.deleted,
                                   &out.create_errors,
                                   &out.update_errors,
                                   &out.delete_errors};
  std::size_t at = 0;
  for (std::uint64_t* field : fields) {
    *field = in.at(at++).get<std::uint64_t>();
  }
}

json encode(const UploadWarnings& warnings) {
  return json::array({warnings.lone_surrogates,
                      warnings.first_lone_surrogate,
                      warnings.inexact_numbers,
                      warnings.first_inexact_number});
}

// Absent in records of a version that did not count them.
void decode(const json& in, UploadWarnings& out) {
  const auto found = in.find("warnings");
  if (found == in.end()) return;
  out = {.lone_surrogates = found->at(0),
         .first_lone_surrogate = found->at(1),
         .inexact_numbers = found->at(2),
         .first_inexact_number = found->at(3)};
}

JobRecord decode(const json& in) {
  JobRecord record;
  SyncJob& state = record.state;
  StartJob& request = record.request;
  state.id = in.at("id");
  state.account = in.at("account");
  state.source = in.at("source");
  state.scope = in.at("scope");
  state.integration_instance_id = in.at("instance");
  state.mode = static_cast<SyncMode>(in.at("mode").get<int>());
  state.status = static_cast<JobStatus>(in.at("status").get<int>());
  state.started_at_ms = in.at("started");
  state.ended_at_ms = in.at("ended");
  decode(in.at("entities"), state.entities);
  decode(in.at("relationships"), state.relationships);
  decode(in, "entityRawData", state.entities.raw_data);
  decode(in, "relationshipRawData", state.relationships.raw_data);
  const json& mapped = in.at("mapped");
  state.mapped = {.created = mapped.at(0),
                  .updated = mapped.at(1),
                  .deleted = mapped.at(2),
                  .create_errors = mapped.at(3)};
  decode(in, state.warnings);
  state.error = in.at("error");
  request.source = state.source;
  request.scope = state.scope;
  request.mode = state.mode;
  request.integration_instance_id = state.integration_instance_id;
  request.job_id = state.id;
  request.author = in.at("author");
  request.reason = in.at("reason");
  if (!in.at("reviewBy").is_null()) request.review_by_ms = in.at("reviewBy").get<std::int64_t>();
  request.integration_type = in.at("integrationType");
  request.integration_name = in.at("integrationName");
  request.integration_definition_id = in.value("integrationDefinition", "");  // Since 2026-11.
  record.sequence = in.at("sequence");
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
  json out;
  out["format"] = kFormat;
  out["id"] = state.id;
  out["account"] = state.account;
  out["source"] = state.source;
  out["scope"] = state.scope;
  out["instance"] = state.integration_instance_id;
  out["mode"] = static_cast<int>(state.mode);
  out["status"] = static_cast<int>(state.status);
  out["started"] = state.started_at_ms;
  out["ended"] = state.ended_at_ms;
  out["entities"] = encode(state.entities);
  out["relationships"] = encode(state.relationships);
  out["entityRawData"] = encode(state.entities.raw_data);
  out["relationshipRawData"] = encode(state.relationships.raw_data);
  out["mapped"] = json::array({state.mapped.created,
                               state.mapped.updated,
                               state.mapped.deleted,
                               state.mapped.create_errors});
  out["warnings"] = encode(state.warnings);
  out["error"] = state.error;
  out["author"] = request.author;
  out["reason"] = request.reason;
  out["reviewBy"] = request.review_by_ms ? json(*request.review_by_ms) : json(nullptr);
  out["integrationType"] = request.integration_type;
  out["integrationName"] = request.integration_name;
  out["integrationDefinition"] = request.integration_definition_id;
  out["sequence"] = sequence;
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<JobRecord> decode_job(std::string_view text) {
  try {
    const json in = json::parse(text);
    if (in.at("format").get<int>() != kFormat) {
      return fail(ErrorCode::Corruption, "a sync job's record has an unknown format");
    }
    JobRecord record = decode(in);
    if (record.state.mode > SyncMode::Override ||
        record.state.status > JobStatus::ErrorUnexpectedFailure) {
      return fail(ErrorCode::Corruption, "a sync job's record has an unknown mode or status");
    }
    return record;
  } catch (const json::exception& problem) {
    return fail(ErrorCode::Corruption,
                fmt::format("a sync job's record cannot be read: {}", problem.what()));
  }
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
