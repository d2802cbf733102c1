// OVERRIDE: the upload replaces the scope's set as a whole (O-10 to O-15).
#include <algorithm>

#include "persist/jobs/effective_change.h"
#include "persist/jobs/layer_edit.h"
#include "persist/jobs/override_turns.h"
#include "persist/jobs/sync_plan.h"

namespace callisto::persist {
namespace {

class OverridePlan {
 public:
  OverridePlan(PlanContext& context, const Job& job)
      : context_(context), job_(job), report_(context.plan.report) {
    if (const auto known = context.snapshot.find_scope(job.request.scope)) {
      scope_ = *known;
      known_ = true;
      pinned_before_ = context.overrides.size_of(scope_.id);
    } else {
      scope_ = new_scope();
      context.new_scopes[scope_.id] = scope_.name;
    }
  }

  void run() {
    collect_rows();
    if (known_) {
      for (const Uuid& entity : context_.overrides.entities_of(scope_.id)) {
        if (!targets_.contains(entity)) release(entity);
      }
    }
    for (const EntityRow* row : rows_) {
      if (!is_target(*row)) skip(*row);
    }
    for (const EntityRow* row : rows_) {
      if (is_target(*row)) pin(*context_.edit.find_entity(row->id), *row);
    }
    context_.plan.pins_before = pinned_before_;
    report_.overrides_set = pinned_;
    report_.overrides_removed = pinned_before_ - kept_;
    put_scope();
  }

 private:
  // The last row of an `_id` counts (O-10), at the place of the first.
  void collect_rows() {
    boost::unordered_flat_map<std::string_view, std::size_t> places;
    for (const UploadBatch& batch : job_.rows.batches()) {
      for (const EntityRow& row : batch.entities) {
        const auto [place, is_new] = places.emplace(row.id_text, rows_.size());
        if (is_new) {
          rows_.push_back(&row);
        } else {
          rows_[place->second] = &row;
        }
      }
    }
    for (const EntityRow* row : rows_) {
      if (row->id_known && context_.edit.alive(row->id)) targets_.emplace(row->id, true);
    }
  }

  [[nodiscard]] bool is_target(const EntityRow& row) const {
    return row.id_known && targets_.contains(row.id);
  }

  void skip(const EntityRow& row) {  // O-13
    constexpr std::size_t kNamedMax = 10;
    ++report_.skipped_rows;
    if (report_.skipped_ids.size() < kNamedMax) report_.skipped_ids.emplace_back(row.id_text);
  }

  void release(const Uuid& entity) {  // O-12
    EntityEdit* const edit = context_.edit.find_entity(entity);
    if (edit == nullptr) return;
    ObjectLayers layers = context_.edit.copy_layers(*edit);
    drop_scope(layers, scope_.id);
    context_.edit.set_layers(*edit, std::move(layers));
  }

  void pin(EntityEdit& edit, const EntityRow& row) {
    const ObjectLayers old = context_.edit.copy_layers(edit);
    ObjectLayers layers = old;
    drop_scope(layers, scope_.id);
    const std::span<const NamedValue> base = context_.edit.base(edit);
    for (const NamedValue& named : row.properties) {
      const OverrideEntry* const before = find_override(old.find(named.property), scope_.id);
      const Value below =
          below_overrides(old.find(named.property), base_value(base, named.property));
      PropertyLayers& entry = layers_at(layers, named.property);
      insert_by_age(entry.overrides, make_entry(named, before, below));
      ++pinned_;
      if (before != nullptr) ++kept_;
    }
    drop_empty(layers);
    context_.edit.set_layers(edit, std::move(layers));
  }

  // An unchanged value keeps its time and what lay below it then (O-4), so that drift is not
  // forgotten by a nightly upload; author, reason and review date are the job's where it gives any.
  [[nodiscard]] OverrideEntry make_entry(const NamedValue& named,
                                         const OverrideEntry* before,
                                         const Value& below) const {
    const StartJob& request = context_.request;
    OverrideEntry entry;
    entry.scope = scope_.id;
    entry.value = to_value(named.value);
    entry.set_at_ms = context_.now_ms;
    entry.below = below;
    const bool says = !request.author.empty() || !request.reason.empty() || request.review_by_ms;
    const bool same_value = before != nullptr && before->value == entry.value;
    if (same_value) {
      entry.set_at_ms = before->set_at_ms;
      entry.below = before->below;
    }
    if (same_value && !says) {
      entry.author = before->author;
      entry.reason = before->reason;
      entry.review_by_ms = before->review_by_ms;
    } else {
      entry.author = request.author;
      entry.reason = request.reason;
      entry.review_by_ms = request.review_by_ms;
    }
    return entry;
  }

  void insert_by_age(std::vector<OverrideEntry>& entries, OverrideEntry entry) const {
    const auto at = std::find_if(entries.begin(), entries.end(), [&](const OverrideEntry& other) {
      const auto scope = context_.snapshot.find_scope(other.scope);
      return scope && is_older(scope_.age, scope->age);
    });
    entries.insert(at, std::move(entry));
  }

  // Ids are free again once a scope is forgotten: no layer names it then. The age is the number of
  // the version that this finalize makes, which no other finalize has (O-15).
  [[nodiscard]] OverrideScope new_scope() const {
    OverrideScope scope;
    scope.name = context_.request.scope;
    scope.age = context_.snapshot.version() + 1;
    for (const OverrideScope& other : context_.snapshot.scopes()) {
      scope.id.value = std::max(scope.id.value, other.id.value + 1);
      scope.age = std::max(scope.age, other.age + 1);
    }
    return scope;
  }

  void put_scope() {
    if (known_ == (pinned_ != 0)) return;  // As it was: kept, or never there.
    context_.plan.change.scopes.push_back(
        {.scope = scope_.id, .name = scope_.name, .age = known_ ? 0 : scope_.age});
  }

  PlanContext& context_;
  const Job& job_;
  SyncReport& report_;
  OverrideScope scope_;
  bool known_ = false;
  std::vector<const EntityRow*> rows_;
  UuidMap<bool> targets_;
  std::uint64_t pinned_before_ = 0;
  std::uint64_t pinned_ = 0;
  std::uint64_t kept_ = 0;
};

}  // namespace

void plan_override(PlanContext& context, const Job& job) {
  OverridePlan(context, job).run();
}

}  // namespace callisto::persist
