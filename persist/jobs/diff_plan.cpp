// DIFF: the upload is the whole state of its partition (wire-api 4, 6).
#include <algorithm>

#include "persist/jobs/layer_edit.h"
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {
namespace {

class EntityDiff {
 public:
  explicit EntityDiff(PlanContext& context)
      : context_(context), is_first_(!context.snapshot.find_partition(context.owner)) {}

  void rows(const std::vector<EntityRow>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (is_first_) {
        create_new_entity(context_, rows[i], partition());
        continue;
      }
      if (i + kIndexAhead < rows.size()) {
        context_.snapshot.prefetch_entity(rows[i + kIndexAhead].id);
      }
      if (i + kRowsAhead < rows.size()) {
        context_.snapshot.prefetch_entity_row(rows[i + kRowsAhead].id);
      }
      row(rows[i]);
    }
  }

  // Deletes what was not uploaded. A type whose collection failed keeps its objects (wire-api 6).
  void rest(const FinalizeOptions& options) {
    const std::optional<PartitionId> partition = context_.snapshot.find_partition(context_.owner);
    if (!partition) return;
    for (const auto& table : context_.snapshot.entity_tables()) {
      if (!table || table->live_rows() == 0) continue;
      const TypeId type = table->type();
      const auto name = context_.snapshot.names().text(type);
      const auto& partial = options.partial_types;
      if (std::find(partial.begin(), partial.end(), name) != partial.end()) continue;
      for_each_row_of(*table, *partition, [&](std::uint32_t row) {
        if (marks_.test(type.value, row)) return;
        context_.edit.entity_at({.type = type, .row = row}).live = false;
      });
    }
  }

 private:
  void row(const EntityRow& row) {
    const std::optional<EntityRef> ref = context_.snapshot.find_entity(row.id);
    if (!ref) {
      create_entity(context_, row, partition());
      return;
    }
    const EntityTable& table = *context_.snapshot.entity_table(ref->type);
    if (!table.is_live(ref->row)) {
      create_entity(context_, row, partition());
      return;
    }
    marks_.set(ref->type.value, ref->row);
    StoredRows& stored = context_.edit.stored_rows();
    const bool patched = has_patch(StoredRows::layers(table, ref->row));
    if (!patched && *row.type == table.type() &&
        stored.same_classes(table, ref->row, row.classes) &&
        stored.same_base(table, ref->row, row.properties)) {
      ++context_.plan.report.unchanged_entities;
      return;
    }
    EntityEdit& edit = context_.edit.entity_at(*ref);
    context_.edit.set_base(edit, *row.type, row.classes, row.properties);
    if (!patched) return;
    ObjectLayers layers = context_.edit.copy_layers(edit);
    drop_patches(layers);
    context_.edit.set_layers(edit, std::move(layers));
  }

  PartitionId partition() {
    if (!partition_) partition_ = context_.own_partition();
    return *partition_;
  }

  PlanContext& context_;
  // The partition is unknown, and ids are made from it: none of the rows is stored.
  const bool is_first_;
  RowMarks marks_;
  std::optional<PartitionId> partition_;
};

}  // namespace

void plan_diff_entities(PlanContext& context, const Job& job, const FinalizeOptions& options) {
  EntityDiff diff(context);
  for (const UploadBatch& batch : job.rows.batches()) {
    diff.rows(batch.entities);
  }
  diff.rest(options);
}

}  // namespace callisto::persist
