// The embedding library: a graph with overrides, in memory or on a directory, and J1QL over it.
//
//   auto db = callisto::Database::open({.directory = "inventory"});
//   auto session = db->session();
//   auto result = session.run("FIND Host WITH criticality >= 8 RETURN Host.name");
//
// Thread safety: any thread may call any function; reading never waits for writing. Not while it is
// moved from, moved to or destroyed.
// Errors: each function that can fail says so by a Result. LimitExceeded, "out of memory", may come
// from each: what it was to do has not happened then. Functions without a Result throw
// std::bad_alloc, nothing else.
// Texts that come in are valid UTF-8, numbers finite, and both within the limits of limits.h: else
// InvalidInput, naming the field, and nothing is changed.
// A Database that was moved from has nothing, and its functions give InvalidInput.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <callisto/database_options.h>
#include <callisto/definitions.h>
#include <callisto/document.h>
#include <callisto/error.h>
#include <callisto/graph_view.h>
#include <callisto/inventory.h>
#include <callisto/mutations.h>
#include <callisto/provenance.h>
#include <callisto/raw_data.h>
#include <callisto/session.h>
#include <callisto/sync.h>
#include <callisto/transfer.h>

namespace callisto {

class Database {
 public:
  // Errors: Io (directory, in use already), NotFound (no store, and DatabaseOptions::create is
  // off), Corruption (says what and where; nothing is served), InvalidInput (another account than
  // the directory's, a text that is none).
  static Result<Database> open(const DatabaseOptions& options);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  [[nodiscard]] Session session();

  // Sync jobs: see persist/jobs/persister.h for the rules.
  Result<SyncJob> start_job(const StartJob& request);
  Result<SyncJob> upload(const std::string& job_id,
                         std::string_view body,
                         const UploadOptions& options = {});
  Result<SyncReport> finalize(const std::string& job_id, const FinalizeOptions& options = {});
  // As the job's finalize has answered. Errors: NotFound (no job that has finished), Corruption.
  [[nodiscard]] Result<SyncReport> report(
      const std::string& job_id, std::size_t samples_max = FinalizeOptions{}.samples_max) const;
  Result<SyncJob> abort_job(const std::string& job_id, const std::string& reason);
  // Ends an open job as if it had never been: for one that was only to be tried.
  Status discard_job(const std::string& job_id);
  [[nodiscard]] Result<SyncJob> job(const std::string& job_id) const;
  [[nodiscard]] std::vector<SyncJob> jobs() const;

  // Uploads a JSON or NDJSON file, or all of a folder: what the JupiterOne integration SDK collects
  // (`.j1-integration/graph/**/{entities,relationships}/*.json`) and `*.ndjson`. `progress` is
  // called with bytes done and bytes in all; what it throws ends the upload with InvalidInput, the
  // files before are in the job.
  Result<SyncJob> upload_path(
      const std::string& job_id,
      const std::string& path,
      const UploadOptions& options = {},
      const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

  Result<std::string> create_entity(const CreateEntity& request);
  // `report` hears what became of each property: whether anything changed, and which values an
  // override hides (O-31).
  Result<std::string> update_entity(const UpdateEntity& request, WriteReport* report = nullptr);
  Result<std::string> reset_entity(const std::string& id,
                                   const std::vector<std::string>& properties,
                                   WriteReport* report = nullptr);
  Result<std::string> delete_entity(const std::string& id, bool hard = false);
  Result<std::string> create_relationship(const CreateRelationship& request);
  Result<std::string> update_relationship(const UpdateRelationship& request);
  Result<std::string> delete_relationship(const std::string& id, bool hard = false);

  // Raw documents of a live object: those of one source, or of all when `source` is empty (a name
  // that several sources use stands once, the first source's). Errors: NotFound (no live entity or
  // relationship with this `_id`); Corruption.
  [[nodiscard]] Result<std::vector<RawDocument>> raw_data(const std::string& id,
                                                          const std::string& source = {}) const;
  // Puts documents over those of the same names. Errors: NotFound; InvalidInput (name, content
  // type, source, JSON); LimitExceeded; Io.
  Status put_raw_data(const std::string& id,
                      const std::string& source,
                      const std::vector<RawDocument>& documents);

  // The graph as it is now. Complexity: O(1).
  [[nodiscard]] GraphView view() const;

  // O-27, O-28.
  [[nodiscard]] Result<Explanation> why(std::string_view entity, std::string_view property) const;
  [[nodiscard]] std::vector<OverrideInfo> overrides(const OverrideQuery& query = {}) const;

  // Smart classes and stored parameters. They are kept in the directory, and count from the next
  // query of every session on.
  [[nodiscard]] Definitions definitions() const;
  // `#name`, by one to five queries without RETURN; none: not defined any more, so that only the
  // `tags` decide. Errors: InvalidInput (name), LimitExceeded, Io; ParseError or BindError of a
  // query, its span in that query.
  Status define_smart_class(const std::string& name, const std::vector<std::string>& queries);
  // `${param.name}`; Null: removed. Errors: InvalidInput (name), LimitExceeded, Io.
  Status set_parameter(const std::string& name, const Value& value);

  // Texts of the program's own, by collection and id: stored and checked like the graph, no part of
  // an export. Complexity: linear in the collection.
  [[nodiscard]] std::vector<Document> documents(std::string_view collection) const;  // By id.
  // Adds or replaces, all or none. Errors: InvalidInput (no id; a collection without a name, or
  // with a slash in it), LimitExceeded, Io.
  Status put_documents(std::string_view collection, const std::vector<Document>& documents);
  // Errors: NotFound, Io.
  Status remove_document(std::string_view collection, const std::string& id);

  // What is in the graph, most frequent first. Effective values.
  [[nodiscard]] std::vector<NamedCount> classes() const;
  [[nodiscard]] std::vector<NamedCount> types() const;
  [[nodiscard]] std::vector<VerbSummary> verbs() const;
  [[nodiscard]] std::vector<PropertySummary> properties(
      std::string_view class_or_type) const;  // Empty: of all.
  [[nodiscard]] GraphSummary summary() const;

  // NDJSON that imports to an equal graph: every layer, scope age, version and time; raw documents,
  // smart classes and parameters, too. Sync jobs are not part of it. The last line has a digest of
  // those before. `sink` may call the Database, the export stays that of its beginning. Errors:
  // those of `sink`, InvalidInput for what it throws; Corruption.
  [[nodiscard]] Status export_ndjson(
      const std::function<Status(std::string_view line)>& sink) const;
  // Into a file, mode 0600, that is there as a whole or not at all: written beside, synced,
  // renamed. Pipes and devices are written to. An error of `progress` ends it. Errors: Io.
  [[nodiscard]] Status export_file(const std::string& path,
                                   const ExportProgress& progress = {}) const;
  // Into an empty database only, all or nothing. Errors: Conflict (not empty), InvalidInput with
  // the line number (a file that was cut or changed, too), Io. `report`, when given, is filled.
  Status import_ndjson(const std::string& path, ImportReport* report = nullptr);

  // Whether a write could be stored now. Reading and exporting go on when it could not; once the
  // disk has room again writing goes on by itself. Errors: Io: why not.
  Status writable();
  // Writes a fresh snapshot and drops the journal before it. Runs by itself when the journal has
  // grown.
  Status compact();

 private:
  class Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  template <class Work>
  auto in(const Work& work) const -> std::invoke_result_t<Work, Impl&>;
  std::unique_ptr<Impl> impl_;
};

}  // namespace callisto
