// CREATE_OR_UPDATE: merges by key, and deletes what the delete lists name (D34).
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {

void plan_create_or_update(PlanContext& context, const Job& job) {
  for (const UploadBatch& batch : job.rows.batches()) {
    for (const EntityRow& row : batch.entities) {
      if (merge_entity(context, row, context.owner) == nullptr) {
        ++context.plan.report.job.entities.create_errors;  // New, but without `_type` or `_class`.
      }
    }
  }
}

}  // namespace callisto::persist
