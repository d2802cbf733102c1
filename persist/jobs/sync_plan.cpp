#include "persist/jobs/sync_plan.h"

#include "persist/jobs/layer_edit.h"
#include "persist/jobs/seal.h"

namespace callisto::persist {
namespace {

// A hard delete purges overrides (O-22); a scope that loses its last one so is forgotten (O-15).
void forget_purged_scopes(PlanContext& context) {
  std::map<ScopeId, std::size_t> purged;
  for (const EntityEdit& edit : context.edit.entities()) {
    const ObjectLayers* const layers = edit.erased ? context.edit.stored_layers(edit) : nullptr;
    if (layers == nullptr) continue;
    for (const PropertyLayers& property : layers->properties) {
      for (const OverrideEntry& entry : property.overrides) {
        ++purged[entry.scope];
      }
    }
  }
  for (const auto& [scope, count] : purged) {
    const auto known = context.snapshot.find_scope(scope);
    if (!known || context.overrides.size_of(scope) != count) continue;
    context.plan.change.scopes.push_back({.scope = scope, .name = known->name, .age = 0});
  }
}

}  // namespace

PlanContext::PlanContext(SnapshotPtr base,
                         const StartJob& who,
                         const OverrideRegistry& registry,
                         std::int64_t now,
                         SyncPlan& out)
    : plan(out),
      snapshot(*base),
      request(who),
      overrides(registry),
      now_ms(now),
      owner(owner_of(who)),
      spaces(name_spaces(base->account(), owner)),
      edit(*base, out.change) {
  plan.snapshot = std::move(base);
}

PartitionId PlanContext::partition_of(const PartitionInfo& wanted) {
  for (const PartitionPut& put : plan.change.partitions) {
    if (put.info.same_owner(wanted)) return put.id;
  }
  PartitionPut put;
  put.info = wanted;
  if (const std::optional<PartitionId> known = snapshot.find_partition(wanted)) {
    // A later job may describe its integration better; what it does not say stays.
    const PartitionInfo& stored = *snapshot.partitions()[known->value];
    put.id = *known;
    put.info = stored;
    bool described = false;
    for (const auto member : {&PartitionInfo::integration_type,
                              &PartitionInfo::integration_name,
                              &PartitionInfo::integration_definition_id}) {
      if ((wanted.*member).empty() || wanted.*member == stored.*member) continue;
      put.info.*member = wanted.*member;
      described = true;
    }
    if (!described) return *known;
  } else {
    std::size_t added = 0;
    for (const PartitionPut& other : plan.change.partitions) {
      if (other.id.value >= snapshot.partitions().size()) ++added;
    }
    put.id = PartitionId{static_cast<std::uint32_t>(snapshot.partitions().size() + added)};
  }
  plan.change.partitions.push_back(put);
  return put.id;
}

PartitionId PlanContext::own_partition() {
  return partition_of(owner);
}

std::optional<PartitionId> PlanContext::find_own_partition() const {
  for (const PartitionPut& put : plan.change.partitions) {
    if (put.info.same_owner(owner)) return put.id;
  }
  return snapshot.find_partition(owner);
}

SyncPlan make_plan(const Job& job,
                   const FinalizeOptions& options,
                   SnapshotPtr snapshot,
                   const OverrideRegistry& overrides,
                   std::int64_t now_ms,
                   const std::function<void()>& on_relationships) {
  SyncPlan plan;
  plan.report.job = job.state;
  plan.report.dry_run = options.dry_run;
  PlanContext context(std::move(snapshot), job.request, overrides, now_ms, plan);
  // The job may describe its integration in other words than the last one, though no row changes.
  if (context.find_own_partition()) static_cast<void>(context.own_partition());
  switch (job.state.mode) {
    case SyncMode::Diff:
      plan_diff_entities(context, job, options);
      plan_entity_deletes(context, job);
      break;
    case SyncMode::CreateOrUpdate:
      plan_create_or_update(context, job);
      plan_entity_deletes(context, job);
      break;
    case SyncMode::Patch:
      plan_patch(context, job);
      break;
    case SyncMode::Override:
      plan_override(context, job);
      break;
    case SyncMode::CrossScope:
      break;
  }
  context.edit.follow_entities();
  if (on_relationships) on_relationships();
  if (job.state.mode != SyncMode::Patch && job.state.mode != SyncMode::Override) {
    plan_relationships(context, job, options);
    plan_relationship_deletes(context, job);
  }
  finish_plan(context, options.samples_max);
  return plan;
}

void finish_plan(PlanContext& context, std::size_t samples_max) {
  SealOptions options;
  options.now_ms = context.now_ms;
  options.samples_max = samples_max;
  options.new_scopes = context.new_scopes;
  seal(context.edit, options, context.plan.change, context.plan.report);
  forget_purged_scopes(context);
}

EntityEdit& create_entity(PlanContext& context, const EntityRow& row, PartitionId partition) {
  EntityEdit& edit = context.edit.entity(row.id, partition, row.key);
  edit.live = true;
  context.edit.set_base(edit, *row.type, row.classes, row.properties);
  // Created again: mutations and overrides are back (O-22), a PATCH is not (O-17).
  if (has_patch(context.edit.layers(edit))) {
    ObjectLayers layers = context.edit.copy_layers(edit);
    drop_patches(layers);
    context.edit.set_layers(edit, std::move(layers));
  }
  return edit;
}

EntityEdit& create_new_entity(PlanContext& context, const EntityRow& row, PartitionId partition) {
  EntityEdit& edit = context.edit.new_entity(row.id, partition, row.key);
  edit.live = true;
  context.edit.set_base(edit, *row.type, row.classes, row.properties);
  return edit;
}

EntityEdit* merge_entity(PlanContext& context, const EntityRow& row, const PartitionInfo& owner) {
  EntityEdit* const known = context.edit.find_entity(row.id);
  GraphEdit& edit = context.edit;
  if (known == nullptr || !known->live) {
    if (!row.type || row.classes.empty()) return nullptr;
    EntityRow made = row;
    made.properties = edit.merged({}, row.properties);  // Without nulls.
    return &create_entity(context, made, context.partition_of(owner));
  }
  const auto base = edit.merged(edit.base(*known), row.properties);
  edit.set_base(*known,
                row.type.value_or(edit.type(*known)),
                row.classes.empty() ? edit.classes(*known) : row.classes,
                base);
  if (has_patch(edit.layers(*known))) {
    ObjectLayers layers = edit.copy_layers(*known);
    drop_patches(layers, row.properties);
    edit.set_layers(*known, std::move(layers));
  }
  return known;
}

}  // namespace callisto::persist
