// Finalize: plan -> commit -> report. One code path for a dry run and the real thing.
#include <algorithm>

#include <fmt/format.h>

#include "core/errors/undo.h"
#include "persist/codec/report_record.h"
#include "persist/codec/wire_error.h"
#include "persist/jobs/new_names.h"
#include "persist/jobs/persister_impl.h"
#include "persist/jobs/property_rules.h"
#include "persist/jobs/raw_data_plan.h"
#include <callisto/limits.h>

namespace callisto::persist {
namespace {

// What a job takes away of what there was.
struct Loss {
  std::uint64_t gone = 0;
  std::uint64_t before = 0;
  const char* what = "";
};

bool is_much(const Loss& loss, const DeletionGuard& guard) {
  if (loss.gone * 2 > loss.before) return true;
  return loss.gone > guard.free &&
         static_cast<double>(loss.gone) > guard.share_max * static_cast<double>(loss.before);
}

// Relationships that go with an entity are not counted: they are a part of its loss.
std::vector<Loss> losses_of(const SyncPlan& plan) {
  const SyncReport& report = plan.report;
  if (report.job.mode == SyncMode::Override) {
    return {{report.overrides_removed, plan.pins_before, "pins of its scope"}};
  }
  const ObjectCounters& entities = report.job.entities;
  Loss relationships{plan.relationships_dropped,
                     report.unchanged_relationships + report.job.relationships.updated +
                         plan.relationships_dropped,
                     "relationships of its scope whose ends both stay"};
  return {{entities.deleted,
           report.unchanged_entities + entities.updated + entities.deleted,
           "entities of its scope"},
          relationships};
}

std::string expected_words(std::uint64_t deletions) {
  return deletions == 1 ? "1 deletion is expected"
                        : fmt::format("{} deletions are expected", deletions);
}

// What goes: "1 pin", "3 entities".
std::string gone_words(const SyncReport& report, std::uint64_t all) {
  const bool one = all == 1;
  if (report.job.mode == SyncMode::Override) return fmt::format("{} {}", all, one ? "pin" : "pins");
  if (all == report.job.entities.deleted) {
    return fmt::format("{} {}", all, one ? "entity" : "entities");
  }
  return one ? "1 relationship" : fmt::format("{} entities and relationships", all);
}

Status check_deletions(const SyncPlan& plan, const DeletionGuard& guard) {
  const SyncMode mode = plan.report.job.mode;
  const std::vector<Loss> losses = losses_of(plan);
  std::uint64_t all = 0;
  const Loss* much = nullptr;
  for (const Loss& loss : losses) {
    all += loss.gone;
    if (much == nullptr && is_much(loss, guard)) much = &loss;
  }
  if (guard.expected) {
    if (all == *guard.expected) return {};
    return refuse(ErrorCode::Conflict,
                  wire::kDeletionGuard,
                  fmt::format("this {} would delete {} where {}: nothing is written",
                              to_string(mode),
                              gone_words(plan.report, all),
                              expected_words(*guard.expected)));
  }
  if (much == nullptr || (mode != SyncMode::Diff && mode != SyncMode::Override)) return {};
  return refuse(
      ErrorCode::Conflict,
      wire::kDeletionGuard,
      fmt::format("this {} would delete {} of the {} {}, more than {}: nothing is written. If that "
                  "is right, say that {}",
                  to_string(mode),
                  much->gone,
                  much->before,
                  much->what,
                  much->gone > guard.free ? fmt::format("{:.0f} %", guard.share_max * 100) : "half",
                  expected_words(all)));
}

std::string message_of(const Status& status) {
  return status ? std::string() : status.error().message;
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
  for (const std::string& type : options.partial_types) {
    if (Status status = check_text("partialDatasets.types", type, kTypeNameBytesMax); !status) {
      return tl::make_unexpected(std::move(status).error());
    }
  }
  const JobNames names(*job, committer_.snapshot()->names());
  if (options.dry_run) {
    if (Status checked = names.check(options_.limits); !checked)
      return tl::make_unexpected(checked.error());
    SyncPlan plan = make_plan(*job, options, committer_.snapshot(), overrides_, clock_.now_ms());
    plan_raw_data(committer_, *job, clock_.now_ms(), plan);
    plan.report.graph_version = plan.snapshot->version();
    if (options.deletion_guard) {
      plan.report.refusal = message_of(check_deletions(plan, *options.deletion_guard));
    }
    return std::move(plan.report);
  }

  if (Status checked = names.check(options_.limits); !checked) {
    return fail_job(*job, checked.error(), true);
  }
  Undo finalizing([&] { set_status(*job, JobStatus::AwaitingUploads); });
  set_status(*job, JobStatus::FinalizingEntities);
  FinalizeOptions kept = options;  // Who asks later may want more.
  kept.samples_max = std::max(options.samples_max, FinalizeOptions{}.samples_max);
  SyncPlan plan = make_plan(*job, kept, committer_.snapshot(), overrides_, clock_.now_ms(), [&] {
    set_status(*job, JobStatus::FinalizingRelationships);
  });
  if (options.deletion_guard) {
    if (Status checked = check_deletions(plan, *options.deletion_guard); !checked) {
      return tl::make_unexpected(std::move(checked).error());
    }
  }
  plan_raw_data(committer_, *job, clock_.now_ms(), plan);
  SyncJob& state = plan.report.job;
  state.status = JobStatus::Finished;
  state.ended_at_ms = clock_.now_ms();
  const std::vector<JobPtr> dropped = put_job(plan.change, *job, state);
  put_report(plan.change, plan.report);
  SyncJob ended = state;
  Result<SnapshotPtr> committed = commit(plan.change);
  if (!committed) {
    const Error error = std::move(committed).error();
    const bool bad_data =
        error.code == ErrorCode::LimitExceeded || error.code == ErrorCode::InvalidInput;
    SyncReport failed = fail_job(*job, error, bad_data);
    finalizing.keep();
    return failed;
  }
  finalizing.keep();
  SyncReport report = std::move(plan.report);
  report.graph_version = (*committed)->version();
  plan = {};  // Its views point into the rows that go now.
  end_job(*job, std::move(ended), dropped);
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
  report.failure = error.code;
  SyncJob ended = report.job;
  ChangeSet change;
  const std::vector<JobPtr> dropped = put_job(change, job, report.job);
  // When the disk refuses this too, a restart finds the job open with all its uploads.
  (void)commit(change);
  report.graph_version = committer_.snapshot()->version();
  end_job(job, std::move(ended), dropped);
  return report;
}

}  // namespace callisto::persist
