#include "persist/jobs/persister.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/errors/barrier.h"
#include "core/errors/undo.h"
#include "persist/codec/job_record.h"
#include "persist/codec/report_record.h"
#include "persist/codec/wire_error.h"
#include "persist/jobs/persister_impl.h"
#include "persist/jobs/property_rules.h"
#include <callisto/limits.h>
#include <callisto/utf8.h>

namespace callisto::persist {
namespace {

constexpr std::size_t kEndedJobsMax = 1000;

bool is_integration(std::string_view source) {
  return source.starts_with("integration-");
}

bool is_known_source(std::string_view source) {
  return source == "api" || source == "integration-managed" || source == "integration-external" ||
         source == "system-internal";
}

// Their records, when a job ends.
void drop_uploads(ChangeSet& change, const Job& job) {
  for (std::uint32_t number = 0; number < job.uploads; ++number) {
    change.side.push_back({.key = upload_record_key(job.state.id, number), .value = std::nullopt});
  }
}

// Ids go into paths unescaped, and name the job's durable records.
bool is_valid_job_id(std::string_view id) {
  constexpr std::size_t kJobIdBytesMax = 128;
  return id.size() <= kJobIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

}  // namespace

Persister::Persister(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Persister::~Persister() = default;

Result<std::unique_ptr<Persister>> Persister::open(Committer& committer,
                                                   PersisterOptions options,
                                                   const Clock& clock,
                                                   IdSource& ids) {
  return guarded([&]() -> Result<std::unique_ptr<Persister>> {
    auto impl = std::make_unique<Impl>(committer, options, clock, ids);
    if (Status restored = impl->restore(); !restored) {
      return tl::make_unexpected(std::move(restored).error());
    }
    return std::unique_ptr<Persister>(new Persister(std::move(impl)));
  });
}

Status Persister::Impl::restore() {
  overrides_.rebuild(committer_.snapshot());
  std::optional<Error> problem;
  committer_.for_each_side(kJobRecordPrefix, [&](std::string_view key, std::string_view value) {
    if (problem || !job_of_upload_key(key).empty()) return;
    Result<JobRecord> record = decode_job(value);
    if (!record) {
      problem = std::move(record).error();
      return;
    }
    auto job = std::make_shared<Job>(options_.uploads);
    job->state = std::move(record->state);
    job->request = std::move(record->request);
    job->sequence = record->sequence;
    jobs_.add(std::move(job));
  });
  if (problem) return tl::make_unexpected(*std::move(problem));
  return restore_uploads();
}

Status Persister::Impl::restore_uploads() {
  std::optional<Error> problem;
  committer_.for_each_side(kJobRecordPrefix, [&](std::string_view key, std::string_view value) {
    if (problem) return;
    const JobPtr job = jobs_.find(std::string(job_of_upload_key(key)));
    if (job == nullptr || job->state.done()) return;
    Result<UploadRecord> record = decode_upload_record(value);
    if (!record) {
      problem = std::move(record).error();
      return;
    }
    UploadContext context = upload_context(*job, record->options);
    context.acknowledged = true;
    Result<UploadBatch> batch = decode_upload(record->body, context);
    if (batch) {
      const auto added =
          job->rows.add(*std::move(batch), job->state.mode, record->options.ignore_duplicates);
      if (added) {
        const std::size_t names = job->names->bytes() - job->names_bytes;
        job->names_bytes += names;
        job->held.take_anyway(job->rows.bytes_of_last() + value.size() + names);
      } else {
        problem = added.error();
      }
    } else {
      problem = std::move(batch).error();
    }
    if (problem) {
      problem->code = ErrorCode::Corruption;
      problem->message =
          fmt::format("an acknowledged upload of sync job {} cannot be read again: {}",
                      job->state.id,
                      problem->message);
    }
    ++job->uploads;
  });
  if (problem) return tl::make_unexpected(*std::move(problem));
  return {};
}

Status Persister::Impl::check_start(const StartJob& request) const {
  const bool is_override = request.mode == SyncMode::Override;
  if (is_override && request.source != "api") {  // O-5
    return refuse(ErrorCode::InvalidInput,
                  wire::kInvalidSource,
                  fmt::format("OVERRIDE sync jobs require source \"api\", not \"{}\"",
                              shown_text(request.source, 100)));
  }
  if (!is_known_source(request.source)) {
    return refuse(ErrorCode::InvalidInput,
                  wire::kInvalidSource,
                  fmt::format("\"{}\" is no source: expected api, integration-managed, "
                              "integration-external or system-internal",
                              shown_text(request.source, 100)));
  }
  const bool needs_scope =
      request.source == "api" &&
      (is_override || request.mode == SyncMode::Diff || request.mode == SyncMode::CrossScope);
  if (needs_scope && request.scope.empty()) {
    return refuse(ErrorCode::InvalidInput,
                  wire::kScopeRequired,
                  fmt::format("\"scope\" is required for {} sync jobs with source \"api\"",
                              to_string(request.mode)));
  }
  if (is_integration(request.source) && !request.scope.empty()) {
    return refuse(
        ErrorCode::InvalidInput,
        wire::kScopeNotAllowed,
        fmt::format("\"scope\" is only allowed with source \"api\", not \"{}\"", request.source));
  }
  const std::pair<const char*, const std::string*> texts[] = {
      {"scope", &request.scope},
      {"integrationInstanceId", &request.integration_instance_id},
      {"author", &request.author},
      {"reason", &request.reason},
      {"integrationType", &request.integration_type},
      {"integrationName", &request.integration_name},
      {"integrationDefinitionId", &request.integration_definition_id}};
  for (const auto& [what, text] : texts) {
    if (Status status = check_text(what, *text, kNameBytesMax); !status) return status;
  }
  if (!is_valid_job_id(request.job_id)) {
    return refuse(ErrorCode::InvalidInput,
                  wire::kInvalidJobId,
                  "a job id has at most 128 letters, digits, \"-\" and \"_\"");
  }
  if (is_override) {
    const std::shared_lock lock(mutex_);
    if (!options_.overrides_enabled) {  // O-6
      return refuse(ErrorCode::InvalidInput,
                    wire::kOverrideNotEnabled,
                    "OVERRIDE sync mode is not enabled for this account");
    }
  }
  return check_instance(request);
}

Status Persister::Impl::check_instance(const StartJob& request) const {
  if (!is_integration(request.source)) return {};
  if (request.integration_instance_id.empty()) {
    return refuse(
        ErrorCode::InvalidInput,
        wire::kInvalidInstance,
        fmt::format("\"integrationInstanceId\" is required for source \"{}\"", request.source));
  }
  if (options_.create_instances_on_first_use) return {};
  const SnapshotPtr snapshot = committer_.snapshot();
  for (const auto& partition : snapshot->partitions()) {
    if (partition && partition->instance_id == request.integration_instance_id) return {};
  }
  return refuse(ErrorCode::NotFound, wire::kInvalidInstance, "Integration instance not found");
}

Result<SyncJob> Persister::Impl::start(StartJob request) {
  if (Status status = check_start(request); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  const auto writer = committer_.lock_writer();
  expire_jobs();
  if (request.job_id.empty()) request.job_id = ids_.next_uuid();
  if (job_of(request.job_id) != nullptr) {
    return refuse(ErrorCode::Conflict,
                  wire::kJobExists,
                  fmt::format("there is a sync job with id \"{}\" already", request.job_id));
  }
  auto job = std::make_shared<Job>(options_.uploads);
  SyncJob& state = job->state;
  state.id = request.job_id;
  state.account = committer_.snapshot()->account();
  state.source = request.source;
  state.scope = request.scope;
  state.integration_instance_id = request.integration_instance_id;
  state.mode = request.mode;
  state.started_at_ms = clock_.now_ms();
  job->request = std::move(request);
  job->sequence = jobs_.next_sequence();
  SyncJob answer = state;
  ChangeSet change;
  put_job(change, *job, state);
  Undo known([&] {
    const std::unique_lock lock(mutex_);
    jobs_.remove(answer.id);
  });
  {
    const std::unique_lock lock(mutex_);
    jobs_.add(job);
  }
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  known.keep();
  return answer;
}

std::int64_t Persister::Impl::told_now_ms() const noexcept {
  try {
    return clock_.now_ms();
  } catch (...) {
    return std::numeric_limits<std::int64_t>::min();
  }
}

bool Persister::Impl::is_overdue(const SyncJob& job) const {
  const std::int64_t now_ms = told_now_ms();
  return !job.done() && now_ms > job.started_at_ms &&
         static_cast<std::uint64_t>(now_ms) - static_cast<std::uint64_t>(job.started_at_ms) >=
             static_cast<std::uint64_t>(options_.job_expiry_ms);
}

SyncJob Persister::Impl::shown(const SyncJob& job) const {
  SyncJob copy = job;
  if (copy.status == JobStatus::AwaitingUploads && is_overdue(copy)) {
    copy.status = JobStatus::Aborted;
    copy.ended_at_ms = copy.started_at_ms + options_.job_expiry_ms;
    copy.error = "expired: it was left open for too long";
  }
  return copy;
}

void Persister::Impl::expire_jobs() {
  const std::vector<JobPtr> overdue = [&] {
    const std::shared_lock lock(mutex_);
    return jobs_.open_since(clock_.now_ms() - options_.job_expiry_ms);
  }();
  for (const JobPtr& job : overdue) {
    SyncJob state = shown(job->state);
    ChangeSet change;
    const std::vector<JobPtr> dropped = put_job(change, *job, state);
    // When the disk refuses, the job is ended here all the same; it expires again after a restart.
    (void)commit(change);
    end_job(*job, std::move(state), dropped);
  }
}

JobPtr Persister::Impl::job_of(const std::string& job_id) const {
  const std::shared_lock lock(mutex_);
  return jobs_.find(job_id);
}

Result<JobPtr> Persister::Impl::open_job(const std::string& job_id) const {
  const std::shared_lock lock(mutex_);
  JobPtr job = jobs_.find(job_id);
  if (job == nullptr) {
    return refuse(ErrorCode::NotFound,
                  wire::kJobNotFound,
                  fmt::format("there is no sync job \"{}\"", shown_text(job_id)));
  }
  const SyncJob state = shown(job->state);
  if (state.status != JobStatus::AwaitingUploads) {
    return refuse(ErrorCode::Conflict,
                  wire::kJobNotAwaitingUploads,
                  fmt::format("sync job {} is not awaiting uploads: its status is {}{}",
                              state.id,
                              to_string(state.status),
                              state.error.empty() ? "" : " (" + state.error + ")"));
  }
  return job;
}

Result<SnapshotPtr> Persister::Impl::commit(const ChangeSet& change) {
  OverrideRegistry::Update update;
  CALLISTO_TRY(SnapshotPtr after, committer_.commit(change, [&](const SnapshotPtr& staged) {
    update = OverrideRegistry::prepare(change, staged);
  }));
  const std::unique_lock lock(mutex_);
  overrides_.apply(std::move(update));
  return after;
}

std::vector<JobPtr> Persister::Impl::put_job(ChangeSet& change,
                                             const Job& job,
                                             const SyncJob& state) const {
  change.side.push_back(
      {.key = job_record_key(state.id), .value = encode_job(state, job.request, job.sequence)});
  if (!state.done()) return {};
  drop_uploads(change, job);
  // This one has not been counted as ended yet, so one less may stay.
  const std::shared_lock lock(mutex_);
  std::vector<JobPtr> dropped = jobs_.ended_beyond(kEndedJobsMax - 1);
  for (const JobPtr& old : dropped) {
    change.side.push_back({.key = job_record_key(old->state.id), .value = std::nullopt});
    change.side.push_back({.key = report_key(old->state.id), .value = std::nullopt});
  }
  return dropped;
}

void Persister::Impl::set_state(Job& job, SyncJob state) noexcept {
  const std::unique_lock lock(mutex_);
  job.state = std::move(state);
}

void Persister::Impl::end_job(Job& job,
                              SyncJob state,
                              const std::vector<JobPtr>& dropped) noexcept {
  const std::unique_lock lock(mutex_);
  for (const JobPtr& old : dropped) {
    jobs_.remove(old->state.id);
  }
  job.state = std::move(state);
  job.rows.clear();
  job.names.reset();
  job.names_bytes = 0;
  job.held.release();
  jobs_.restate(job.state.id);
}

void Persister::Impl::set_status(Job& job, JobStatus status) noexcept {
  const std::unique_lock lock(mutex_);
  job.state.status = status;
}

Result<SyncJob> Persister::Impl::abort(const std::string& job_id, const std::string& reason) {
  if (Status status = check_text("reason", reason, options_.limits.text_bytes); !status) {
    return tl::make_unexpected(std::move(status).error());
  }
  const auto writer = committer_.lock_writer();
  expire_jobs();
  const JobPtr known = job_of(job_id);
  if (known != nullptr && known->state.status == JobStatus::Aborted) return known->state;
  CALLISTO_TRY(const JobPtr job, open_job(job_id));
  SyncJob state = job->state;
  state.status = JobStatus::Aborted;
  state.ended_at_ms = clock_.now_ms();
  state.error = reason;
  SyncJob answer = state;
  ChangeSet change;
  const std::vector<JobPtr> dropped = put_job(change, *job, state);
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  end_job(*job, std::move(state), dropped);
  return answer;
}

Status Persister::Impl::discard(const std::string& job_id) {
  const auto writer = committer_.lock_writer();
  CALLISTO_TRY(const JobPtr job, open_job(job_id));
  ChangeSet change;
  change.side.push_back({.key = job_record_key(job_id), .value = std::nullopt});
  drop_uploads(change, *job);
  CALLISTO_TRY([[maybe_unused]] const SnapshotPtr after, commit(change));
  const std::unique_lock lock(mutex_);
  jobs_.remove(job_id);
  job->rows.clear();
  job->held.release();
  return {};
}

Result<SyncJob> Persister::Impl::find(const std::string& job_id) const {
  const std::shared_lock lock(mutex_);
  const JobPtr job = jobs_.find(job_id);
  if (job == nullptr) {
    return refuse(ErrorCode::NotFound,
                  wire::kJobNotFound,
                  fmt::format("there is no sync job \"{}\"", shown_text(job_id)));
  }
  return shown(job->state);
}

std::vector<SyncJob> Persister::Impl::list() const {
  const std::shared_lock lock(mutex_);
  std::vector<SyncJob> jobs;
  for (const JobPtr& job : jobs_.newest_first()) {
    jobs.push_back(shown(job->state));
  }
  return jobs;
}

void Persister::Impl::set_overrides_enabled(bool enabled) {
  const std::unique_lock lock(mutex_);
  options_.overrides_enabled = enabled;
}

std::string_view wire_code(const Error& error) {
  return error.hints.empty() ? std::string_view{} : std::string_view(error.hints.front());
}

}  // namespace callisto::persist
