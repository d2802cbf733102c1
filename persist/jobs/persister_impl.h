// The parts of Persister: its door (persister_door.cpp), life of jobs (persister.cpp), uploads and
// finalize (job_uploads.cpp, job_finalize.cpp), single-object writes (mutations.cpp), what readers
// ask (explain.cpp).
//
// Two locks. The committer's writer lock is held by everything that changes anything, from planning
// to commit. `mutex_` guards the registries for the moment in which they are read or changed, so
// that readers never wait for a finalize. Rows of jobs are touched under the writer lock only.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "persist/jobs/job_registry.h"
#include "persist/jobs/mutation_queue.h"
#include "persist/jobs/override_registry.h"
#include "persist/jobs/persister.h"
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {

class Persister::Impl {
 public:
  Impl(Committer& committer, PersisterOptions options, const Clock& clock, IdSource& ids)
      : committer_(committer), options_(std::move(options)), clock_(clock), ids_(ids) {}

  Status restore();

  Result<SyncJob> start(StartJob request);
  Result<SyncJob> upload(const std::string& job_id,
                         std::string_view body,
                         const UploadOptions& options);
  Result<SyncReport> finalize(const std::string& job_id, const FinalizeOptions& options);
  [[nodiscard]] Result<SyncReport> report(const std::string& job_id, std::size_t samples_max) const;
  Result<SyncJob> abort(const std::string& job_id, const std::string& reason);
  Status discard(const std::string& job_id);
  [[nodiscard]] Result<SyncJob> find(const std::string& job_id) const;
  [[nodiscard]] std::vector<SyncJob> list() const;

  [[nodiscard]] std::size_t mutations_waiting() const { return mutations_.waiting(); }

  Result<std::string> create_entity(const CreateEntity& request);
  Result<std::string> update_entity(const UpdateEntity& request, WriteReport& report);
  Result<std::string> reset_entity(const std::string& id,
                                   const std::vector<std::string>& properties,
                                   WriteReport& report);
  Result<std::string> delete_entity(const std::string& id, bool hard);
  Result<std::string> create_relationship(const CreateRelationship& request);
  Result<std::string> update_relationship(const UpdateRelationship& request);
  Result<std::string> delete_relationship(const std::string& id, bool hard);

  [[nodiscard]] Result<std::vector<RawDocument>> raw_data(const std::string& id,
                                                          const std::string& source) const;
  Status put_raw_data(const std::string& id,
                      const std::string& source,
                      const std::vector<RawDocument>& documents);
  [[nodiscard]] Result<Explanation> why(std::string_view entity, std::string_view property) const;
  [[nodiscard]] std::vector<OverrideInfo> overrides(const OverrideQuery& filter) const;
  void set_overrides_enabled(bool enabled);

 private:
  // persister.cpp
  [[nodiscard]] Status check_start(const StartJob& request) const;
  [[nodiscard]] Status check_instance(const StartJob& request) const;
  Status restore_uploads();
  [[nodiscard]] bool is_overdue(const SyncJob& job) const;
  [[nodiscard]] SyncJob shown(const SyncJob& job) const;  // An overdue job is shown as aborted.
  // Aborts overdue jobs. Requires the writer lock.
  void expire_jobs();
  [[nodiscard]] JobPtr job_of(const std::string& job_id) const;  // nullptr: unknown.
  // The job, when it awaits uploads; else why not.
  [[nodiscard]] Result<JobPtr> open_job(const std::string& job_id) const;
  // Commits and takes over into the registries. Requires the writer lock.
  Result<SnapshotPtr> commit(const ChangeSet& change);
  // Side records of a job that has this state from now on; its uploads go when it has ended, and so
  // do the records of the jobs that are returned, the oldest of too many.
  std::vector<JobPtr> put_job(ChangeSet& change, const Job& job, const SyncJob& state) const;
  // Takes over the state of a job, when it is committed.
  void set_state(Job& job, SyncJob state) noexcept;
  // The same for one that has ended: drops its rows, and the jobs that put_job() has given.
  void end_job(Job& job, SyncJob state, const std::vector<JobPtr>& dropped) noexcept;
  void set_status(Job& job, JobStatus status) noexcept;
  // The clock's time; the beginning of time when it throws, so that nothing is overdue then.
  [[nodiscard]] std::int64_t told_now_ms() const noexcept;
  [[nodiscard]] UploadContext upload_context(Job& job, const UploadOptions& options) const;

  // job_finalize.cpp
  // Adds a report to the change that makes it true. Requires the writer lock.
  void put_report(ChangeSet& change, SyncReport& report) const;
  SyncReport fail_job(Job& job, const Error& error, bool bad_data);

  // mutations.cpp
  using Edit = std::function<Status(PlanContext&)>;
  // Runs an edit under the writer lock and commits what it changed, together with those of other
  // threads that came at the same time.
  Status mutate(const Edit& edit);
  void mutate_group(std::span<Mutation* const> group) noexcept;
  struct StagedMutation;
  // Plans an edit on what is staged before it and stages it. On error nothing is staged. What it
  // throws, it throws with the change staged or not.
  Status stage(const Edit& edit, StagedMutation& staged);
  // Makes what is staged durable and visible; an error goes to every mutation of it.
  void flush(std::span<Mutation* const> group, std::list<StagedMutation>& staged) noexcept;

  Committer& committer_;
  PersisterOptions options_;
  const Clock& clock_;
  IdSource& ids_;
  mutable std::shared_mutex mutex_;
  JobRegistry jobs_;
  OverrideRegistry overrides_;
  MutationQueue mutations_;
};

}  // namespace callisto::persist
