// What callers say of a sync job: how it starts, what its uploads allow, how it ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace callisto {

enum class SyncMode : std::uint8_t { Diff, Patch, CrossScope, CreateOrUpdate, Override };

[[nodiscard]] const char* to_string(SyncMode mode);  // "DIFF", "CROSS_SCOPE", ...
[[nodiscard]] std::optional<SyncMode> parse_sync_mode(
    const std::string& text);  // The exact wire spelling.

struct StartJob {
  std::string source = "api";
  std::string scope{};
  SyncMode mode = SyncMode::Diff;
  std::string integration_instance_id{};  // Required for the integration-* sources.
  std::string job_id{};                   // Optional; becomes the job's id.
  // Ours, for OVERRIDE: stored with each override of the job.
  std::string author{};
  std::string reason{};
  std::optional<std::int64_t> review_by_ms{};
  // Describes the integration; stored with its partition.
  std::string integration_type{};
  std::string integration_name{};
  std::string integration_definition_id{};
};

// Query flags of the upload routes (wire-api 2).
struct UploadOptions {
  bool ignore_duplicates = false;
  bool ignore_illegal_properties = false;
};

// Refuses a job that would take away much of what there is: mostly an upload that broke on its way.
// A DIFF: entities of its owner, and relationships whose ends both stay. An OVERRIDE: pins of its
// scope. Few may always go, up to `free` of them; but never more than half, of however few.
struct DeletionGuard {
  double share_max = 0.2;
  std::uint64_t free = 10;
  std::optional<std::uint64_t> expected{};  // What the caller expects: exactly so many go.
};

struct FinalizeOptions {
  std::vector<std::string>
      partial_types{};            // partialDatasets.types: `_type`s not to be deleted by this DIFF.
  bool dry_run = false;           // O-29: nothing is written, the job stays open.
  std::size_t samples_max = 100;  // How many changed objects the report lists.
  // Off: as clients of the wire expect. A dry run tells what it says, and the numbers.
  std::optional<DeletionGuard> deletion_guard = DeletionGuard{};
};

}  // namespace callisto
