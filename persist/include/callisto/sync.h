// Sync jobs as callers see them: state, plan (dry run) and report.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <callisto/error.h>
#include <callisto/provenance.h>
#include <callisto/sync_options.h>
#include <callisto/value.h>

namespace callisto {

// Values and names as on the wire (wire-api 3): AWAITING_UPLOADS, ...
enum class JobStatus : std::uint8_t {
  AwaitingUploads,
  FinalizePending,
  FinalizingEntities,
  FinalizingRelationships,
  Finished,
  Aborted,
  ErrorBadData,
  ErrorUnexpectedFailure,
};

[[nodiscard]] const char* to_string(JobStatus status);

// Documents of `_rawData` (wire-api 2).
struct RawDataCounters {
  std::uint64_t uploaded = 0;
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
};

struct ObjectCounters {
  std::uint64_t uploaded = 0;
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
  std::uint64_t create_errors = 0;
  std::uint64_t update_errors = 0;
  std::uint64_t delete_errors = 0;
  RawDataCounters raw_data{};
};

struct MappedCounters {
  std::uint64_t created = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
  std::uint64_t create_errors = 0;
};

// What was taken in another form than it was sent in. Nothing is refused for it, and nobody should
// miss it.
struct UploadWarnings {
  std::uint64_t lone_surrogates = 0;   // Escapes of half a character: U+FFFD stands there now.
  std::string first_lone_surrogate{};  // Row and property: `entities[3] ("k"): property "p"`.
  std::uint64_t inexact_numbers = 0;   // Numbers that no double is, such as 123456789012345678.
  std::string first_inexact_number{};  // With the number as it was sent.
};

struct SyncJob {
  std::string id;
  std::string account{};
  std::string source;
  std::string scope;
  std::string integration_instance_id;
  SyncMode mode = SyncMode::Diff;
  JobStatus status = JobStatus::AwaitingUploads;
  std::int64_t started_at_ms = 0;
  std::int64_t ended_at_ms = 0;
  ObjectCounters entities;
  ObjectCounters relationships;
  MappedCounters mapped;
  UploadWarnings warnings{};
  std::string error{};  // Why it ended in an error or was aborted.

  [[nodiscard]] bool done() const {
    return status == JobStatus::Finished || status == JobStatus::Aborted ||
           status == JobStatus::ErrorBadData || status == JobStatus::ErrorUnexpectedFailure;
  }
};

enum class ChangeKind : std::uint8_t { Create, Update, Delete };

struct PropertyChange {
  std::string property;
  Value before{};
  Value after{};
};

// One object that the job changes, by effective values.
struct ObjectChange {
  ChangeKind kind = ChangeKind::Update;
  bool relationship = false;
  std::string id;
  std::string key;
  std::string type;
  std::vector<PropertyChange>
      properties;  // Update only: effective before -> after, sorted by name.
};

// An override whose state was turned by the job (O-28).
struct OverrideTurn {
  std::string scope;
  std::string entity_id;
  std::string entity_key;
  std::string property;
  OverrideState now = OverrideState::Drifted;  // Drifted, Redundant, Orphaned, Shadowed or Active.
};

// A relationship that was not made because an end is not there.
struct UnresolvedRelationship {
  std::string key;
  std::string end;      // The member that names it: "_toEntityKey", "_mapping.sourceEntityKey".
  std::string missing;  // What it says; empty: it is not there.
  std::string scope{};  // Of the other partition that it is a key of, when it names one.
};

// A value that a PATCH has set and that does not show (O-31).
struct HiddenPatch {
  std::string entity_id;
  std::string entity_key;
  std::string property;
  std::string scope;  // Of the override that shows instead; empty: a value of updateEntity does.
};

struct SyncReport {
  SyncJob job;
  std::optional<ErrorCode> failure{};  // Of what job.error says, when the job ended in an error.
  bool dry_run = false;
  std::string refusal{};  // Dry run: what the deletion guard says; empty: it lets the job pass.
  std::uint64_t graph_version = 0;  // After the finalize.
  std::uint64_t unchanged_entities = 0;
  std::uint64_t unchanged_relationships = 0;
  std::uint64_t skipped_rows = 0;                    // O-13: rows whose `_id` matches nothing.
  std::vector<std::string> skipped_ids{};            // The first 10.
  std::uint64_t unresolved_relationships = 0;        // Ends missing; counted in create_errors too.
  std::vector<UnresolvedRelationship> unresolved{};  // The first 10.
  std::uint64_t hidden_values = 0;                   // PATCH (O-31).
  std::vector<HiddenPatch> hidden{};                 // The first 10.
  std::vector<ObjectChange> changes{};               // The first samples_max.
  std::uint64_t overrides_set = 0;                   // OVERRIDE: pins in the scope after the job.
  std::uint64_t overrides_removed = 0;
  std::vector<OverrideTurn> turned{};  // The first samples_max.
  std::map<OverrideState, std::uint64_t> turned_counts{};
};

// A job as its JSON object (wire-api 2), without the {"job": } around it. The report is the job's
// object with more members.
[[nodiscard]] std::string to_json(const SyncJob& job);
[[nodiscard]] std::string to_json(const SyncReport& report);

}  // namespace callisto
