// Finalize: plan -> commit -> report. One code path for a dry run and the real thing.
#include <algorithm>

#include <fmt/format.h>

#include "persist/codec/report_record.h"
#include "persist/codec/wire_error.h"
#include "persist/jobs/persister_impl.h"
#include "persist/jobs/raw_data_plan.h"

namespace callisto::persist {
namespace {

// Counts entities: relationships go with them.
Status check_deletions(const SyncReport& plan, const DeletionGuard& guard) {
  const ObjectCounters& entities = plan.job.entities;
  const std::uint64_t before = plan.unchanged_entities + entities.updated + entities.deleted;
  if (guard.expected) {
    if (entities.deleted == *guard.expected) return {};
    return refuse(ErrorCode::Conflict,
                  wire::kDeletionGuard,
                  fmt::format("this {} would delete {} entities where {} deletions are expected: "
                              "nothing is written",
                              to_string(plan.job.mode),
                              entities.deleted,
                              *guard.expected));
  }
  const auto deleted = static_cast<double>(entities.deleted);
  if (plan.job.mode != SyncMode::Diff || entities.deleted <= guard.entities_free ||
      deleted <= guard.share_max * static_cast<double>(before)) {
    return {};
  }
  return refuse(ErrorCode::Conflict,
                wire::kDeletionGuard,
                fmt::format("this DIFF would delete {} of the {} entities of its scope, more than "
                            "{:.0f} %: nothing is written. If that is right, say that {} deletions "
                            "are expected",
                            entities.deleted,
                            before,
                            guard.share_max * 100,
                            entities.deleted));
}

void cut_lists(SyncReport& report, std::size_t samples_max) {
  report.changes.resize(std::min(report.changes.size(), samples_max));
  report.turned.resize(std::min(report.turned.size(), samples_max));
}

}  // namespace

Result<SyncReport> Persister::Impl::finalize(const std::string& job_id,
                                             const FinalizeOptions& options) {
  const auto writer = committer_.lock_writer();
  expire_jobs();
  const JobPtr known = job_of(job_id);
  if (known != nullptr && known->state.done() && known->state.status != JobStatus::Aborted) {
    if (Result<SyncReport> again = report(job_id, options.samples_max)) return again;  // O-20
    SyncReport again;  // It ended in an error, or before reports were kept.
    again.job = known->state;
    again.graph_version = committer_.snapshot()->version();
    return again;
  }
  CALLISTO_TRY(const JobPtr job, open_job(job_id));
  if (options.dry_run) {
    SyncPlan plan = make_plan(*job, options, committer_.snapshot(), overrides_, clock_.now_ms());
    plan_raw_data(committer_, *job, clock_.now_ms(), plan);
    plan.report.graph_version = plan.snapshot->version();
    return std::move(plan.report);
  }

  set_status(*job, JobStatus::FinalizingEntities);
  FinalizeOptions kept = options;  // Who asks later may want more.
  kept.samples_max = std::max(options.samples_max, FinalizeOptions{}.samples_max);
  SyncPlan plan = make_plan(*job, kept, committer_.snapshot(), overrides_, clock_.now_ms(), [&] {
    set_status(*job, JobStatus::FinalizingRelationships);
  });
  if (options.deletion_guard) {
    if (Status checked = check_deletions(plan.report, *options.deletion_guard); !checked) {
      set_status(*job, JobStatus::AwaitingUploads);
      return tl::make_unexpected(std::move(checked).error());
    }
  }
  plan_raw_data(committer_, *job, clock_.now_ms(), plan);
  SyncJob& state = plan.report.job;
  state.status = JobStatus::Finished;
  state.ended_at_ms = clock_.now_ms();
  put_job(plan.change, *job, state);
  put_report(plan.change, plan.report);
  Result<SnapshotPtr> committed = commit(plan.change);
  if (!committed) {
    const Error error = std::move(committed).error();
    const bool bad_data =
        error.code == ErrorCode::LimitExceeded || error.code == ErrorCode::InvalidInput;
    return fail_job(*job, error, bad_data);
  }
  SyncReport report = std::move(plan.report);
  report.graph_version = (*committed)->version();
  plan = {};  // Its views point into the rows that go now.
  end_job(*job, report.job);
  cut_lists(report, options.samples_max);
  return report;
}

void Persister::Impl::put_report(ChangeSet& change, SyncReport& report) const {
  report.graph_version =
      change.touches_graph() ? committer_.next_version() : committer_.head()->version();
  change.side.push_back({.key = report_key(report.job.id), .value = encode_report(report)});
}

Result<SyncReport> Persister::Impl::report(const std::string& job_id,
                                           std::size_t samples_max) const {
  CALLISTO_TRY(const SyncJob job, find(job_id));
  const std::shared_ptr<const std::string> record = committer_.find_side(report_key(job.id));
  if (record == nullptr) {
    return refuse(ErrorCode::NotFound,
                  wire::kJobNotFound,
                  fmt::format("there is no report of sync job {}", job.id));
  }
  CALLISTO_TRY(SyncReport report, decode_report(*record));
  report.job = job;
  cut_lists(report, samples_max);
  return report;
}

// O-21, D39: the graph is as before; the job says why, and can be read afterwards.
SyncReport Persister::Impl::fail_job(Job& job, const Error& error, bool bad_data) {
  SyncReport report;
  report.job = job.state;
  report.job.status = bad_data ? JobStatus::ErrorBadData : JobStatus::ErrorUnexpectedFailure;
  report.job.ended_at_ms = clock_.now_ms();
  report.job.error = error.message;
  ChangeSet change;
  put_job(change, job, report.job);
  // When the disk refuses this too, a restart finds the job open with all its uploads.
  (void)commit(change);
  report.graph_version = committer_.snapshot()->version();
  end_job(job, report.job);
  return report;
}

}  // namespace callisto::persist
