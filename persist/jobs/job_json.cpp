// Jobs and reports as JSON, and the wire names of modes and states (wire-api 2, 3).
#include <concepts>
#include <string_view>

#include <callisto/sync.h>
#include <callisto/value_view.h>

namespace callisto {
namespace {

// Members of one object; the caller opens and closes it.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) {}

  void text(std::string_view name, std::string_view value) {
    key(name);
    append_json_string(out_, value);
  }

  void text_or_null(std::string_view name, std::string_view value) {
    value.empty() ? raw(name, "null") : text(name, value);
  }

  template <std::integral Number>
  void number(std::string_view name, Number value) {
    raw(name, std::to_string(value));
  }

  void boolean(std::string_view name, bool value) { raw(name, value ? "true" : "false"); }

  void raw(std::string_view name, std::string_view json) {
    key(name);
    out_ += json;
  }

 private:
  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }

  std::string& out_;
};

template <class Items, class Write>
std::string array(const Items& items, Write&& write) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    write(out, item);
  }
  return out + ']';
}

void write_text(std::string& out, const std::string& text) {
  append_json_string(out, text);
}

void add_counters(Members& out,
                  const std::string& one,
                  const std::string& many,
                  const ObjectCounters& counters) {
  out.number("num" + many + "Uploaded", counters.uploaded);
  out.number("num" + many + "Created", counters.created);
  out.number("num" + many + "Updated", counters.updated);
  out.number("num" + many + "Deleted", counters.deleted);
  out.number("num" + one + "CreateErrors", counters.create_errors);
  out.number("num" + one + "UpdateErrors", counters.update_errors);
  out.number("num" + one + "DeleteErrors", counters.delete_errors);
  out.number("num" + one + "RawDataEntriesUploaded", counters.raw_data.uploaded);
  out.number("num" + one + "RawDataEntriesCreated", counters.raw_data.created);
  out.number("num" + one + "RawDataEntriesUpdated", counters.raw_data.updated);
  out.number("num" + one + "RawDataEntriesDeleted", counters.raw_data.deleted);
  for (const char* what : {"Create", "Update", "Delete"}) {
    out.number("num" + one + "RawDataEntry" + what + "Errors", 0);
  }
}

// Left out when there is none: the object is that of JupiterOne then.
void add_warnings(Members& out, const UploadWarnings& warnings) {
  if (warnings.lone_surrogates > 0) {
    out.number("numLoneSurrogates", warnings.lone_surrogates);
    out.text("firstLoneSurrogate", warnings.first_lone_surrogate);
  }
  if (warnings.inexact_numbers > 0) {
    out.number("numInexactNumbers", warnings.inexact_numbers);
    out.text("firstInexactNumber", warnings.first_inexact_number);
  }
}

void add_job(Members& out, const SyncJob& job) {
  out.text("id", job.id);
  out.text("source", job.source);
  out.text_or_null("scope", job.scope);
  out.text_or_null("accountId", job.account);
  out.text_or_null("integrationInstanceId", job.integration_instance_id);
  // Its presence makes the integration SDK publish events (wire-api 2).
  if (job.source.starts_with("integration-")) out.text("integrationJobId", job.id);
  out.text("syncMode", to_string(job.mode));
  out.text("status", to_string(job.status));
  out.boolean("done", job.done());
  out.number("startTimestamp", job.started_at_ms);
  if (job.done()) {
    out.number("endTimestamp", job.ended_at_ms);
    out.number("durationMs", job.ended_at_ms - job.started_at_ms);
  }
  add_counters(out, "Entity", "Entities", job.entities);
  add_counters(out, "Relationship", "Relationships", job.relationships);
  out.number("numMappedRelationshipsCreated", job.mapped.created);
  out.number("numMappedRelationshipsUpdated", job.mapped.updated);
  out.number("numMappedRelationshipsDeleted", job.mapped.deleted);
  out.number("numMappedRelationshipCreateErrors", job.mapped.create_errors);
  out.number("numMappedRelationshipUpdateErrors", 0);
  out.number("numMappedRelationshipDeleteErrors", 0);
  add_warnings(out, job.warnings);
  if (!job.error.empty()) out.text("error", job.error);
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

void write_property(std::string& out, const PropertyChange& change) {
  out += '{';
  Members members(out);
  members.text("property", change.property);
  members.raw("before", to_json(change.before));
  members.raw("after", to_json(change.after));
  out += '}';
}

void write_change(std::string& out, const ObjectChange& change) {
  out += '{';
  Members members(out);
  members.text("kind", to_string(change.kind));
  members.text("object", change.relationship ? "relationship" : "entity");
  members.text("_id", change.id);
  members.text("_key", change.key);
  members.text("_type", change.type);
  if (change.kind == ChangeKind::Update) {
    members.raw("properties", array(change.properties, write_property));
  }
  out += '}';
}

void write_turn(std::string& out, const OverrideTurn& turn) {
  out += '{';
  Members members(out);
  members.text("scope", turn.scope);
  members.text("_id", turn.entity_id);
  members.text("_key", turn.entity_key);
  members.text("property", turn.property);
  members.text("now", to_string(turn.now));
  out += '}';
}

void write_unresolved_key(std::string& out, const UnresolvedRelationship& unresolved) {
  append_json_string(out, unresolved.key);
}

void write_unresolved(std::string& out, const UnresolvedRelationship& unresolved) {
  out += '{';
  Members members(out);
  members.text("_key", unresolved.key);
  members.text("end", unresolved.end);
  members.text("missing", unresolved.missing);
  if (!unresolved.scope.empty()) members.text("scope", unresolved.scope);
  out += '}';
}

void write_hidden(std::string& out, const HiddenPatch& hidden) {
  out += '{';
  Members members(out);
  members.text("_id", hidden.entity_id);
  members.text("_key", hidden.entity_key);
  members.text("property", hidden.property);
  members.text_or_null("scope", hidden.scope);
  out += '}';
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
  std::string out = "{";
  Members members(out);
  add_job(members, job);
  return out + '}';
}

std::string to_json(const SyncReport& report) {
  std::string out = "{";
  Members members(out);
  add_job(members, report.job);
  members.boolean("dryRun", report.dry_run);
  members.number("graphVersion", report.graph_version);
  members.number("numEntitiesUnchanged", report.unchanged_entities);
  members.number("numRelationshipsUnchanged", report.unchanged_relationships);
  members.number("numRowsSkipped", report.skipped_rows);
  members.raw("skippedIds", array(report.skipped_ids, write_text));
  members.number("numRelationshipsUnresolved", report.unresolved_relationships);
  members.raw("unresolvedKeys", array(report.unresolved, write_unresolved_key));
  members.raw("unresolved", array(report.unresolved, write_unresolved));
  if (report.job.mode == SyncMode::Patch) {
    members.number("numValuesHidden", report.hidden_values);
    members.raw("hidden", array(report.hidden, write_hidden));
  }
  members.raw("changes", array(report.changes, write_change));
  if (report.job.mode == SyncMode::Override) {
    members.number("numOverridesSet", report.overrides_set);
    members.number("numOverridesRemoved", report.overrides_removed);
  }
  members.raw("turned", array(report.turned, write_turn));
  std::string counts = "{";
  Members counted(counts);
  for (const auto& [state, count] : report.turned_counts) {
    counted.number(to_string(state), count);
  }
  members.raw("turnedCounts", counts + '}');
  return out + '}';
}

}  // namespace callisto
