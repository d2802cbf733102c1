// PATCH: given properties are written above the owner's base, others are untouched, nothing is
// deleted (wire-api 4, D22).
#include "core/overlay/precedence.h"
#include "persist/jobs/layer_edit.h"
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {
namespace {

// O-31: the value is written, and something above it shows.
void note_hidden(PlanContext& context,
                 const EntityEdit& edit,
                 PropertyId property,
                 const PropertyLayers& layers) {
  constexpr std::size_t kNamedMax = 10;
  const Resolution shown = resolve(layers, LayerView::Effective);
  if (shown.layer != Layer::Override && shown.layer != Layer::Mutation) return;
  SyncReport& report = context.plan.report;
  ++report.hidden_values;
  if (report.hidden.size() == kNamedMax) return;
  HiddenPatch& hidden = report.hidden.emplace_back();
  hidden.entity_id = to_string(edit.id);
  hidden.entity_key = edit.key;
  hidden.property = context.snapshot.names().text(property);
  if (shown.override_ == nullptr) return;
  const auto scope = context.snapshot.find_scope(shown.override_->scope);
  if (scope) hidden.scope = scope->name;
}

void patch(PlanContext& context, EntityEdit& edit, const EntityRow& row) {
  if (row.properties.empty()) return;
  ObjectLayers layers = context.edit.copy_layers(edit);
  const std::string origin = origin_of(context.request);
  for (const NamedValue& named : row.properties) {
    std::optional<LayerEntry>& entry = layers_at(layers, named.property).patch;
    Value value = to_value(named.value);
    if (entry && entry->value == value) continue;  // Said before; its time stays.
    entry = LayerEntry{.value = std::move(value), .set_at_ms = context.now_ms, .origin = origin};
  }
  for (const NamedValue& named : row.properties) {
    note_hidden(context, edit, named.property, *layers.find(named.property));
  }
  context.edit.set_layers(edit, std::move(layers));
}

void skip(SyncReport& report, const EntityRow& row) {
  constexpr std::size_t kNamedMax = 10;
  ++report.skipped_rows;
  if (report.skipped_ids.size() < kNamedMax) {
    report.skipped_ids.emplace_back(row.id_text.empty() ? row.key : row.id_text);
  }
}

}  // namespace

void plan_patch(PlanContext& context, const Job& job) {
  SyncReport& report = context.plan.report;
  for (const UploadBatch& batch : job.rows.batches()) {
    for (const EntityRow& row : batch.entities) {
      EntityEdit* const known = row.id_known ? context.edit.find_entity(row.id) : nullptr;
      if (known != nullptr && known->live) {
        patch(context, *known, row);
      } else if (!row.id_text.empty() || merge_entity(context, row, context.owner) == nullptr) {
        skip(report, row);
      }
    }
  }
}

}  // namespace callisto::persist
