// Sync jobs and single-object writes of one account: validates, plans against the graph, commits.
//
// Thread safety: every function may be called from any thread; finalizes and mutations are
// serialized (O-19). All rules: overrides O-1 to O-30, modes and counters wire-api 2 to 6,
// decisions D22 to D42.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "persist/store/committer.h"
#include <callisto/clock.h>
#include <callisto/error.h>
#include <callisto/input_limits.h>
#include <callisto/mutations.h>
#include <callisto/raw_data.h>
#include <callisto/sync.h>
#include <callisto/upload_budget.h>

namespace callisto::persist {

struct PersisterOptions {
  bool overrides_enabled = true;                       // O-6
  std::int64_t job_expiry_ms = 24LL * 60 * 60 * 1000;  // O-20, D40
  bool create_instances_on_first_use = true;           // D37
  // Each acknowledged upload is committed as a side record. Off: for a store without a disk, where
  // it would only be a second copy in memory; a job left open is lost with the process then.
  bool keep_uploads = true;
  std::shared_ptr<UploadBudget> uploads{};  // What open jobs may hold; null: no limit.
  InputLimits limits{};
};

class Persister {
 public:
  // `committer`, `clock` and `ids` must outlive the persister. Restores open jobs from the side
  // records.
  static Result<std::unique_ptr<Persister>> open(Committer& committer,
                                                 PersisterOptions options,
                                                 const Clock& clock,
                                                 IdSource& ids);
  ~Persister();

  // Every refused call changes nothing. Error messages of the source document are verbatim;
  // Error::hints[0], when set, is the wire code (`SCOPE_REQUIRED`, ...): see error_code().
  Result<SyncJob> start(const StartJob& request);
  // `body`: {"entities":[],"relationships":[],"deleteEntities":[],"deleteRelationships":[]} or the
  // same as NDJSON, one object a line (an object with `_fromEntityKey`, `_fromEntityId` or
  // `_mapping` is a relationship). Errors: also LimitExceeded, UPLOADS_LIMIT_EXCEEDED, when open
  // jobs would hold more than PersisterOptions::uploads.
  Result<SyncJob> upload(const std::string& job_id,
                         std::string_view body,
                         const UploadOptions& options);
  // A finalize that fails leaves the graph as it was and answers with the job in an error state
  // (O-21, D39): look at report.job.status. A finished job is answered again with what it did,
  // nothing is done (O-20).
  Result<SyncReport> finalize(const std::string& job_id, const FinalizeOptions& options);
  // What a finished job did, as its finalize has answered, with at most so many changes. It is kept
  // as long as the job, its lists to a megabyte each. Errors: NotFound (no such job; it has not
  // finished), Corruption.
  [[nodiscard]] Result<SyncReport> report(const std::string& job_id, std::size_t samples_max) const;
  Result<SyncJob> abort(const std::string& job_id, const std::string& reason);
  // Ends an open job as if it had never been: it is in no list of jobs any more.
  Status discard(const std::string& job_id);
  [[nodiscard]] Result<SyncJob> find(const std::string& job_id) const;
  [[nodiscard]] std::vector<SyncJob> list() const;  // Newest first.

  // Of the calls below, those that wait for the disk.
  [[nodiscard]] std::size_t mutations_waiting() const;

  // Each returns the object's `_id`. `report` hears what became of each property.
  Result<std::string> create_entity(const CreateEntity& request);
  Result<std::string> update_entity(const UpdateEntity& request, WriteReport* report = nullptr);
  Result<std::string> reset_entity(const std::string& id,
                                   const std::vector<std::string>& properties,
                                   WriteReport* report = nullptr);
  Result<std::string> delete_entity(const std::string& id, bool hard);
  Result<std::string> create_relationship(const CreateRelationship& request);
  Result<std::string> update_relationship(const UpdateRelationship& request);
  Result<std::string> delete_relationship(const std::string& id, bool hard);

  // Raw documents of a live object: those of one source, or of all when `source` is empty (a name
  // that several sources use stands once, the first source's). Errors: NotFound (no live entity or
  // relationship with this `_id`); Corruption.
  [[nodiscard]] Result<std::vector<RawDocument>> raw_data(const std::string& id,
                                                          const std::string& source) const;
  // Puts documents over those of the same names. Errors: NotFound; InvalidInput (name, content
  // type, source, JSON); LimitExceeded; Io.
  Status put_raw_data(const std::string& id,
                      const std::string& source,
                      const std::vector<RawDocument>& documents);

  // O-27. `entity`: `_id`, or `_key` when it is unique among live entities. Errors: NotFound,
  // Conflict (several keys).
  [[nodiscard]] Result<Explanation> why(std::string_view entity, std::string_view property) const;
  // O-28. Sorted by scope age, then entity key, then property.
  [[nodiscard]] std::vector<OverrideInfo> overrides(const OverrideQuery& filter) const;
  void set_overrides_enabled(bool enabled);  // O-6

 private:
  class Impl;
  explicit Persister(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The wire code of an error made by the persister (`SCOPE_REQUIRED`, `INVALID_PROPERTY_VALUE`,
// ...); empty when it has none.
[[nodiscard]] std::string_view wire_code(const Error& error);

}  // namespace callisto::persist
