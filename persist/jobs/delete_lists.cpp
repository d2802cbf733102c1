// deleteEntities and deleteRelationships (wire-api 5). A row that the same job uploads is not
// deleted; a DIFF never reaches into another partition.
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {
namespace {

bool may_delete(const PlanContext& context, const Job& job, PartitionId partition) {
  if (job.state.mode != SyncMode::Diff) return true;
  return context.find_own_partition() == partition;
}

}  // namespace

void plan_entity_deletes(PlanContext& context, const Job& job) {
  ObjectCounters& counters = context.plan.report.job.entities;
  for (const UploadBatch& batch : job.rows.batches()) {
    for (const DeleteRow& row : batch.delete_entities) {
      EntityEdit* const edit = row.id_known ? context.edit.find_entity(row.id) : nullptr;
      if (edit == nullptr || !may_delete(context, job, edit->partition)) {
        ++counters.delete_errors;
      } else if (!job.rows.has_entity(row.id)) {
        if (!edit->was_live && !edit->live) ++counters.delete_errors;
        edit->live = false;
      }
    }
  }
}

void plan_relationship_deletes(PlanContext& context, const Job& job) {
  ObjectCounters& counters = context.plan.report.job.relationships;
  for (const UploadBatch& batch : job.rows.batches()) {
    for (const DeleteRow& row : batch.delete_relationships) {
      RelationshipEdit* const edit =
          row.id_known ? context.edit.find_relationship(row.id) : nullptr;
      if (edit == nullptr || !may_delete(context, job, edit->partition)) {
        ++counters.delete_errors;
      } else if (!job.rows.has_relationship(row.id)) {
        if (!edit->was_live && !edit->live) ++counters.delete_errors;
        edit->live = false;
      }
    }
  }
}

}  // namespace callisto::persist
