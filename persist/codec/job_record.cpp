#include "persist/codec/job_record.h"

#include <zstd.h>

#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <callisto/limits.h>

namespace callisto::persist {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::string_view kUploadPart = "/upload/";

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
  const json& mapped = in.at("mapped");
  state.mapped = {.created = mapped.at(0),
                  .updated = mapped.at(1),
                  .deleted = mapped.at(2),
                  .create_errors = mapped.at(3)};
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
  out["mapped"] = json::array({state.mapped.created,
                               state.mapped.updated,
                               state.mapped.deleted,
                               state.mapped.create_errors});
  out["error"] = state.error;
  out["author"] = request.author;
  out["reason"] = request.reason;
  out["reviewBy"] = request.review_by_ms ? json(*request.review_by_ms) : json(nullptr);
  out["integrationType"] = request.integration_type;
  out["integrationName"] = request.integration_name;
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

// One byte of flags, eight bytes of size, then one zstd frame.
std::string encode_upload(std::string_view body, const UploadOptions& options) {
  constexpr int kLevel = 1;
  constexpr std::size_t kHead = 1 + sizeof(std::uint64_t);
  const std::uint64_t size = body.size();
  std::string record(kHead + ZSTD_compressBound(body.size()), '\0');
  record[0] = static_cast<char>((options.ignore_duplicates ? 1 : 0) |
                                (options.ignore_illegal_properties ? 2 : 0));
  std::memcpy(record.data() + 1, &size, sizeof size);
  const std::size_t packed =
      ZSTD_compress(record.data() + kHead, record.size() - kHead, body.data(), body.size(), kLevel);
  record.resize(kHead + packed);  // Cannot fail: the room is what zstd asked for.
  return record;
}

Result<UploadRecord> decode_upload_record(std::string_view record) {
  constexpr std::size_t kHead = 1 + sizeof(std::uint64_t);
  UploadRecord out;
  std::uint64_t size = 0;
  if (record.size() < kHead) return fail(ErrorCode::Corruption, "an upload's record is cut short");
  std::memcpy(&size, record.data() + 1, sizeof size);
  if (size > kUploadBytesMax) {
    return fail(ErrorCode::Corruption, "an upload's record has an impossible size");
  }
  out.options.ignore_duplicates = (record[0] & 1) != 0;
  out.options.ignore_illegal_properties = (record[0] & 2) != 0;
  out.body.resize(size);
  const std::size_t unpacked = ZSTD_decompress(
      out.body.data(), out.body.size(), record.data() + kHead, record.size() - kHead);
  if (ZSTD_isError(unpacked) != 0 || unpacked != size) {
    return fail(ErrorCode::Corruption, "an upload's record cannot be unpacked");
  }
  return out;
}

}  // namespace callisto::persist
