// Uploads into an open job: decoded outside every lock, taken whole or not at all, durable before
// they are acknowledged.
#include <utility>

#include <fmt/format.h>

#include "core/errors/undo.h"
#include "persist/codec/job_record.h"
#include "persist/codec/wire_error.h"
#include "persist/jobs/persister_impl.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

void add(UploadWarnings& sum, const UploadWarnings& more) {
  sum.lone_surrogates += more.lone_surrogates;
  sum.inexact_numbers += more.inexact_numbers;
  if (sum.first_lone_surrogate.empty()) sum.first_lone_surrogate = more.first_lone_surrogate;
  if (sum.first_inexact_number.empty()) sum.first_inexact_number = more.first_inexact_number;
}

}  // namespace

UploadContext Persister::Impl::upload_context(Job& job, const UploadOptions& options) const {
  const SnapshotPtr snapshot = committer_.snapshot();
  UploadContext context;
  context.mode = job.request.mode;  // What is fixed: the state may move in another thread.
  context.spaces = name_spaces(snapshot->account(), owner_of(job.request));
  {
    const std::unique_lock lock(mutex_);
    if (!job.names) job.names = std::make_shared<UploadNames>(snapshot->names());
    context.names = job.names;
  }
  context.options = options;
  context.limits = options_.limits;
  if (job.request.mode == SyncMode::Override) context.entities_max = kOverrideRowsPerJobMax;
  return context;
}

Result<SyncJob> Persister::Impl::upload(const std::string& job_id,
                                        std::string_view body,
                                        const UploadOptions& options) {
  UploadContext context;
  {
    CALLISTO_TRY(const JobPtr seen, open_job(job_id));
    context = upload_context(*seen, options);
  }
  CALLISTO_TRY(UploadBatch batch, decode_upload(body, context));
  const UploadWarnings warnings = std::move(batch.warnings);
  std::string record;
  if (options_.keep_uploads) record = encode_upload(body, options);

  const auto writer = committer_.lock_writer();
  expire_jobs();
  CALLISTO_TRY(const JobPtr job, open_job(job_id));
  SyncJob state = job->state;
  if (state.mode == SyncMode::Override &&
      state.entities.uploaded + batch.entities.size() > kOverrideRowsPerJobMax) {  // O-9
    return refuse(ErrorCode::LimitExceeded,
                  wire::kOverrideLimitExceeded,
                  "OVERRIDE sync jobs are limited to 10000 entities per job");
  }
  state.entities.raw_data.uploaded += batch.entity_documents;
  state.relationships.raw_data.uploaded += batch.relationship_documents;
  CALLISTO_TRY(const JobRows::Added added,
               job->rows.add(std::move(batch), state.mode, options.ignore_duplicates));
  std::size_t held = 0;
  const std::size_t names_before = job->names_bytes;
  Undo taken([&] {
    job->rows.remove_last();
    job->held.give_back(held);
    job->names_bytes = names_before;
  });
  // Names that others were still reading in are counted with the next upload.
  const std::size_t names_bytes = context.names->bytes();
  const std::size_t bytes = job->rows.bytes_of_last() + record.size() + names_bytes - names_before;
  if (!job->held.take(bytes)) {
    return refuse(ErrorCode::LimitExceeded,
                  wire::kUploadsLimitExceeded,
                  fmt::format("uploads of open sync jobs take {} bytes and this one {} more, at "
                              "most {} are held: finalize or abort a job, then send it again",
                              options_.uploads->held(),
                              bytes,
                              options_.uploads->bytes_max()));
  }
  held = bytes;
  job->names_bytes = names_bytes;
  state.entities.uploaded += added.entities;
  state.relationships.uploaded += added.relationships;
  add(state.warnings, warnings);

  SyncJob answer = state;
  ChangeSet change;
  put_job(change, *job, state);
  if (options_.keep_uploads) {
    change.side.push_back(
        {.key = upload_record_key(state.id, job->uploads), .value = std::move(record)});
  }
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  taken.keep();
  if (options_.keep_uploads) ++job->uploads;
  set_state(*job, std::move(state));
  return answer;
}

}  // namespace callisto::persist
