// What a sync job would change: made against one snapshot, shown by a dry run, committed by
// finalize.
//
//   Job ── make_plan() ──> SyncPlan { snapshot, change set, report } ── Committer::commit()
//
// Each mode has its file: diff_plan.cpp, patch_plan.cpp, override_plan.cpp, create_or_update.cpp,
// relationship_plan.cpp (also CROSS_SCOPE), mapped_targets.cpp, delete_lists.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include "persist/jobs/graph_edit.h"
#include "persist/jobs/job.h"
#include "persist/jobs/override_registry.h"
#include <callisto/error.h>
#include <callisto/sync.h>

namespace callisto::persist {

struct SyncPlan {
  SnapshotPtr snapshot;  // Planned against; what the change set's views point into.
  ChangeSet change;
  SyncReport report;
  std::uint64_t relationships_dropped = 0;  // By a DIFF, though both ends stay.
  std::uint64_t pins_before = 0;            // OVERRIDE: in the scope.
};

// What every mode works with.
struct PlanContext {
  PlanContext(SnapshotPtr snapshot,
              const StartJob& who,
              const OverrideRegistry& registry,
              std::int64_t now,
              SyncPlan& out);

  // The id of a partition, made with this change when it is new. Only call when something is to be
  // written into it.
  PartitionId partition_of(const PartitionInfo& owner);
  PartitionId own_partition();
  // Nothing when the partition does not exist yet, and this change has not made it.
  [[nodiscard]] std::optional<PartitionId> find_own_partition() const;

  // Text that must live as long as the change set.
  [[nodiscard]] std::string_view keep(std::string_view text) {
    return plan.change.arena.copy(text);
  }

  SyncPlan& plan;
  const Snapshot& snapshot;
  const StartJob& request;
  const OverrideRegistry& overrides;
  std::int64_t now_ms;
  PartitionInfo owner;
  PartitionNameSpaces spaces;  // Of the owner.
  GraphEdit edit;
  std::map<ScopeId, std::string> new_scopes;
};

// Plans a job. `on_relationships` is called when the entities are planned.
//
// Complexity: linear in the upload and in what changes; a DIFF also looks at the owner column of
// every chunk.
[[nodiscard]] SyncPlan make_plan(const Job& job,
                                 const FinalizeOptions& options,
                                 SnapshotPtr snapshot,
                                 const OverrideRegistry& overrides,
                                 std::int64_t now_ms,
                                 const std::function<void()>& on_relationships = {});

// Closes a plan made by hand (mutations).
void finish_plan(PlanContext& context, std::size_t samples_max);

// The parts. Entities first, then GraphEdit::follow_entities(), then relationships.
void plan_diff_entities(PlanContext& context, const Job& job, const FinalizeOptions& options);
void plan_patch(PlanContext& context, const Job& job);
void plan_override(PlanContext& context, const Job& job);
void plan_create_or_update(PlanContext& context, const Job& job);
void plan_entity_deletes(PlanContext& context, const Job& job);
void plan_relationships(PlanContext& context, const Job& job, const FinalizeOptions& options);
void plan_relationship_deletes(PlanContext& context, const Job& job);

// How many rows ahead of a lookup its memory is asked for: the index, then the row.
inline constexpr std::size_t kIndexAhead = 16;
inline constexpr std::size_t kRowsAhead = 8;

// Creates the entity of a row, or creates it again. Requires type.
EntityEdit& create_entity(PlanContext& context, const EntityRow& row, PartitionId partition);
// The same for a row that is not stored, nor in the job before.
EntityEdit& create_new_entity(PlanContext& context, const EntityRow& row, PartitionId partition);
// Merges a row into the owner's layer; creates when there is none and the row has type and class.
// Returns nullptr when it cannot be created.
EntityEdit* merge_entity(PlanContext& context, const EntityRow& row, const PartitionInfo& owner);

}  // namespace callisto::persist
