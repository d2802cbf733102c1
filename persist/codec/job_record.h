// The durable records of a sync job: its state as JSON, and the bodies of its uploads.
//
//   "job/<id>"               state (encode_job)
//   "job/<id>/upload/<n>"    one acknowledged upload, until the job ends (encode_upload)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <callisto/error.h>
#include <callisto/sync.h>

namespace callisto::persist {

inline constexpr std::string_view kJobRecordPrefix = "job/";

[[nodiscard]] std::string job_record_key(std::string_view job_id);
[[nodiscard]] std::string upload_record_key(std::string_view job_id, std::uint32_t number);
// The job of an upload's key; empty when `key` is no such key.
[[nodiscard]] std::string_view job_of_upload_key(std::string_view key);

struct JobRecord {
  SyncJob state;
  StartJob request;
  std::uint64_t sequence = 0;
};

[[nodiscard]] std::string encode_job(const SyncJob& state,
                                     const StartJob& request,
                                     std::uint64_t sequence);
// Errors: Corruption.
[[nodiscard]] Result<JobRecord> decode_job(std::string_view text);

struct UploadRecord {
  UploadOptions options;
  std::string body;
};

// Compresses. Errors of decode: Corruption.
[[nodiscard]] std::string encode_upload(std::string_view body, const UploadOptions& options);
[[nodiscard]] Result<UploadRecord> decode_upload_record(std::string_view record);

}  // namespace callisto::persist
