// Jobs and reports as JSON, and the wire names of modes and states (wire-api 2, 3).
#include <string>
#include <string_view>

#include "core/values/json_writer.h"
#include <callisto/sync.h>

namespace callisto {
namespace {

void text_or_null(JsonWriter& out, std::string_view name, const std::string& value) {
  out.key(name);
  value.empty() ? out.value(Null{}) : out.value(value);
}

template <class Items, class Write>
void array(JsonWriter& out, std::string_view name, const Items& items, Write&& write) {
  out.key(name).begin_array();
  for (const auto& item : items) {
    write(out, item);
  }
  out.end_array();
}

void write_text(JsonWriter& out, const std::string& text) {
  out.value(text);
}

void add_counters(JsonWriter& out,
                  const std::string& one,
                  const std::string& many,
                  const ObjectCounters& counters) {
  out.member("num" + many + "Uploaded", counters.uploaded);
  out.member("num" + many + "Created", counters.created);
  out.member("num" + many + "Updated", counters.updated);
  out.member("num" + many + "Deleted", counters.deleted);
  out.member("num" + one + "CreateErrors", counters.create_errors);
  out.member("num" + one + "UpdateErrors", counters.update_errors);
  out.member("num" + one + "DeleteErrors", counters.delete_errors);
  out.member("num" + one + "RawDataEntriesUploaded", counters.raw_data.uploaded);
  out.member("num" + one + "RawDataEntriesCreated", counters.raw_data.created);
  out.member("num" + one + "RawDataEntriesUpdated", counters.raw_data.updated);
  out.member("num" + one + "RawDataEntriesDeleted", counters.raw_data.deleted);
  for (const char* what : {"Create", "Update", "Delete"}) {
    out.member("num" + one + "RawDataEntry" + what + "Errors", 0);
  }
}

// Left out when there is none: the object is that of JupiterOne then.
void add_warnings(JsonWriter& out, const UploadWarnings& warnings) {
  if (warnings.lone_surrogates > 0) {
    out.member("numLoneSurrogates", warnings.lone_surrogates);
    out.member("firstLoneSurrogate", warnings.first_lone_surrogate);
  }
  if (warnings.inexact_numbers > 0) {
    out.member("numInexactNumbers", warnings.inexact_numbers);
    out.member("firstInexactNumber", warnings.first_inexact_number);
  }
}

void add_job(JsonWriter& out, const SyncJob& job) {
  out.member("id", job.id);
  out.member("source", job.source);
  text_or_null(out, "scope", job.scope);
  text_or_null(out, "accountId", job.account);
  text_or_null(out, "integrationInstanceId", job.integration_instance_id);
  // Its presence makes the integration SDK publish events (wire-api 2).
  if (job.source.starts_with("integration-")) out.member("integrationJobId", job.id);
  out.member("syncMode", to_string(job.mode));
  out.member("status", to_string(job.status));
  out.member("done", job.done());
  out.member("startTimestamp", job.started_at_ms);
  if (job.done()) {
    out.member("endTimestamp", job.ended_at_ms);
    out.member("durationMs", job.ended_at_ms - job.started_at_ms);
  }
  add_counters(out, "Entity", "Entities", job.entities);
  add_counters(out, "Relationship", "Relationships", job.relationships);
  out.member("numMappedRelationshipsCreated", job.mapped.created);
  out.member("numMappedRelationshipsUpdated", job.mapped.updated);
  out.member("numMappedRelationshipsDeleted", job.mapped.deleted);
  out.member("numMappedRelationshipCreateErrors", job.mapped.create_errors);
  out.member("numMappedRelationshipUpdateErrors", 0);
  out.member("numMappedRelationshipDeleteErrors", 0);
  add_warnings(out, job.warnings);
  if (!job.error.empty()) out.member("error", job.error);
}

const char* to_string(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::Create:
      return "create";
    case ChangeKind::Update:
      return "update";
    case ChangeKind::Delete:
      return "delete";
  }
  return "update";
}

void write_property(JsonWriter& out, const PropertyChange& change) {
  out.begin_object();
  out.member("property", change.property);
  out.member("before", change.before);
  out.member("after", change.after);
  out.end_object();
}

void write_change(JsonWriter& out, const ObjectChange& change) {
  out.begin_object();
  out.member("kind", to_string(change.kind));
  out.member("object", change.relationship ? "relationship" : "entity");
  out.member("_id", change.id);
  out.member("_key", change.key);
  out.member("_type", change.type);
  if (change.kind == ChangeKind::Update) {
    array(out, "properties", change.properties, write_property);
  }
  out.end_object();
}

void write_turn(JsonWriter& out, const OverrideTurn& turn) {
  out.begin_object();
  out.member("scope", turn.scope);
  out.member("_id", turn.entity_id);
  out.member("_key", turn.entity_key);
  out.member("property", turn.property);
  out.member("now", to_string(turn.now));
  out.end_object();
}

void write_unresolved_key(JsonWriter& out, const UnresolvedRelationship& unresolved) {
  out.value(unresolved.key);
}

void write_unresolved(JsonWriter& out, const UnresolvedRelationship& unresolved) {
  out.begin_object();
  out.member("_key", unresolved.key);
  out.member("end", unresolved.end);
  out.member("missing", unresolved.missing);
  if (!unresolved.scope.empty()) out.member("scope", unresolved.scope);
  out.end_object();
}

void write_hidden(JsonWriter& out, const HiddenPatch& hidden) {
  out.begin_object();
  out.member("_id", hidden.entity_id);
  out.member("_key", hidden.entity_key);
  out.member("property", hidden.property);
  text_or_null(out, "scope", hidden.scope);
  out.end_object();
}

}  // namespace

const char* to_string(SyncMode mode) {
  switch (mode) {
    case SyncMode::Diff:
      return "DIFF";
    case SyncMode::Patch:
      return "PATCH";
    case SyncMode::CrossScope:
      return "CROSS_SCOPE";
    case SyncMode::CreateOrUpdate:
      return "CREATE_OR_UPDATE";
    case SyncMode::Override:
      return "OVERRIDE";
  }
  return "DIFF";
}

const char* to_string(JobStatus status) {
  switch (status) {
    case JobStatus::AwaitingUploads:
      return "AWAITING_UPLOADS";
    case JobStatus::FinalizePending:
      return "FINALIZE_PENDING";
    case JobStatus::FinalizingEntities:
      return "FINALIZING_ENTITIES";
    case JobStatus::FinalizingRelationships:
      return "FINALIZING_RELATIONSHIPS";
    case JobStatus::Finished:
      return "FINISHED";
    case JobStatus::Aborted:
      return "ABORTED";
    case JobStatus::ErrorBadData:
      return "ERROR_BAD_DATA";
    case JobStatus::ErrorUnexpectedFailure:
      return "ERROR_UNEXPECTED_FAILURE";
  }
  return "UNKNOWN";
}

std::optional<SyncMode> parse_sync_mode(const std::string& text) {
  for (const SyncMode mode : {SyncMode::Diff,
                              SyncMode::Patch,
                              SyncMode::CrossScope,
                              SyncMode::CreateOrUpdate,
                              SyncMode::Override}) {
    if (text == to_string(mode)) return mode;
  }
  return std::nullopt;
}

std::string to_json(const SyncJob& job) {
  std::string json;
  JsonWriter out(json);
  out.begin_object();
  add_job(out, job);
  out.end_object();
  return json;
}

std::string to_json(const SyncReport& report) {
  std::string json;
  JsonWriter out(json);
  out.begin_object();
  add_job(out, report.job);
  out.member("dryRun", report.dry_run);
  if (!report.refusal.empty()) out.member("refusal", report.refusal);
  out.member("graphVersion", report.graph_version);
  out.member("numEntitiesUnchanged", report.unchanged_entities);
  out.member("numRelationshipsUnchanged", report.unchanged_relationships);
  out.member("numRowsSkipped", report.skipped_rows);
  array(out, "skippedIds", report.skipped_ids, write_text);
  out.member("numRelationshipsUnresolved", report.unresolved_relationships);
  array(out, "unresolvedKeys", report.unresolved, write_unresolved_key);
  array(out, "unresolved", report.unresolved, write_unresolved);
  if (report.job.mode == SyncMode::Patch) {
    out.member("numValuesHidden", report.hidden_values);
    array(out, "hidden", report.hidden, write_hidden);
  }
  array(out, "changes", report.changes, write_change);
  if (report.job.mode == SyncMode::Override) {
    out.member("numOverridesSet", report.overrides_set);
    out.member("numOverridesRemoved", report.overrides_removed);
  }
  array(out, "turned", report.turned, write_turn);
  out.key("turnedCounts").begin_object();
  for (const auto& [state, count] : report.turned_counts) {
    out.member(to_string(state), count);
  }
  out.end_object().end_object();
  return json;
}

}  // namespace callisto
