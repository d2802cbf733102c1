#include "persist/jobs/seal.h"

#include <algorithm>

#include "persist/jobs/effective_change.h"
#include "persist/jobs/layer_edit.h"
#include "persist/jobs/override_turns.h"

namespace callisto::persist {
namespace {

bool same_properties(std::span<const NamedValue> a, std::span<const NamedValue> b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const NamedValue& left, const NamedValue& right) {
        return left.property == right.property && left.value == right.value;
      });
}

class Sealer {
 public:
  Sealer(GraphEdit& edit, const SealOptions& options, ChangeSet& change, SyncReport& report)
      : edit_(edit),
        options_(options),
        change_(change),
        report_(report),
        names_(edit.snapshot().names()),
        turns_(edit.snapshot(), options, report) {}

  void entity(EntityEdit& edit);
  void relationship(RelationshipEdit& edit);

 private:
  void update_entity(EntityEdit& edit, EntityPut put);
  void update_relationship(RelationshipEdit& edit, RelationshipPut put);
  void turn(const EntityEdit& edit, bool gone_after);
  // Whether effective values differ; lists them in `sample` when it is given.
  bool differs(const ObjectState& before, const ObjectState& after, ObjectChange* sample);

  template <class Edit>
  void sample(ChangeKind kind, const Edit& edit, std::string_view type) {
    if (report_.changes.size() >= options_.samples_max) return;
    ObjectChange change;
    change.kind = kind;
    change.relationship = std::is_same_v<Edit, RelationshipEdit>;
    change.id = to_string(edit.id);
    change.key = edit.key;
    change.type = type;
    report_.changes.push_back(std::move(change));
  }

  // The owner says something else: what lies above it remembers since when (O-3).
  template <class Edit, class Put>
  void note_base_change(Edit& edit, Put& put) {
    if (!put.sets_base || edit_.layers(edit) == nullptr) return;
    ObjectLayers layers = edit_.copy_layers(edit);
    layers.base_set_at_ms = options_.now_ms;
    edit_.set_layers(edit, std::move(layers));
    put.sets_layers = true;
    put.layers = edit.layers;
  }

  [[nodiscard]] ObjectMeta created(const ObjectMeta* old) const {
    ObjectMeta meta;
    meta.created_on_ms = old == nullptr ? options_.now_ms : old->created_on_ms;
    meta.version = old == nullptr ? 1 : old->version + 1;
    meta.begin_on_ms = options_.now_ms;
    return meta;
  }

  [[nodiscard]] ObjectMeta deleted(ObjectMeta old) const {
    old.deleted = true;
    old.end_on_ms = options_.now_ms;
    return old;
  }

  [[nodiscard]] ObjectMeta moved(ObjectMeta old) const {
    ++old.version;
    old.begin_on_ms = options_.now_ms;
    return old;
  }

  GraphEdit& edit_;
  const SealOptions& options_;
  ChangeSet& change_;
  SyncReport& report_;
  Names& names_;
  OverrideTurns turns_;
  Arena scratch_;
};

void Sealer::entity(EntityEdit& edit) {
  ObjectCounters& counters = report_.job.entities;
  EntityPut put;
  put.id = edit.id;
  put.partition = edit.partition;
  put.type = edit_.type(edit);
  put.key = edit.key;
  if (edit.erased) {
    if (!edit.stored) return;
    change_.erased.push_back({.id = edit.id, .relationship = false});
    if (edit.was_live) ++counters.deleted;
    if (edit.was_live) sample(ChangeKind::Delete, edit, names_.text(edit.stored->type));
    turn(edit, true);
    return;
  }
  if (!edit.stored && !edit.live) return;
  if (edit.was_live && edit.live) return update_entity(edit, put);

  ObjectMeta old;
  if (edit.stored) {
    old = StoredRows::meta(*edit_.snapshot().entity_table(edit.stored->type), edit.stored->row);
  }
  put.sets_layers = edit.sets_layers;
  put.layers = edit.layers;
  if (edit.live) {  // Created, or created again: layers that were kept are back (O-22).
    put.meta = created(edit.stored ? &old : nullptr);
    put.is_new = !edit.stored;
    put.sets_base = true;
    put.classes = edit_.classes(edit);
    put.base = edit_.base(edit);
    if (edit.stored && edit.stored->type != put.type && !put.sets_layers) {
      put.sets_layers = true;
      edit_.set_layers(edit, edit_.copy_layers(edit));
      put.layers = edit.layers;
    }
    note_base_change(edit, put);
    ++counters.created;
    sample(ChangeKind::Create, edit, names_.text(put.type));
  } else {
    put.type = edit.stored->type;
    put.meta = edit.was_live ? deleted(old) : old;
    if (!edit.was_live && !edit.sets_layers) return;  // It was gone and stays so.
    if (edit.was_live) ++counters.deleted;
    if (edit.was_live) sample(ChangeKind::Delete, edit, names_.text(put.type));
  }
  turn(edit, !edit.live);
  change_.entities.push_back(put);
}

void Sealer::update_entity(EntityEdit& edit, EntityPut put) {
  const EntityTable& table = *edit_.snapshot().entity_table(edit.stored->type);
  const std::uint32_t row = edit.stored->row;
  const bool retyped = put.type != edit.stored->type;
  const bool reclassed =
      edit.sets_base && !edit_.stored_rows().same_classes(table, row, edit.classes);
  const ObjectState before{edit_.stored_base(edit), edit_.stored_layers(edit)};
  const ObjectState after{edit_.base(edit), edit_.layers(edit)};
  put.sets_base =
      edit.sets_base && (retyped || reclassed || !same_properties(before.base, after.base));
  put.sets_layers = edit.sets_layers && !same_layers(before.layers, after.layers);
  if (!put.sets_base && !put.sets_layers) {
    ++report_.unchanged_entities;
    return;
  }
  if (put.sets_base) {
    put.classes = edit.classes;
    put.base = edit.base;
  }
  if (retyped && !edit.sets_layers) edit_.set_layers(edit, edit_.copy_layers(edit));
  put.sets_layers = put.sets_layers || retyped;
  if (put.sets_layers) put.layers = edit.layers;

  ObjectChange change;
  const bool listed = report_.changes.size() < options_.samples_max;
  if (listed && retyped) {
    change.properties.push_back({.property = "_type",
                                 .before = std::string(names_.text(edit.stored->type)),
                                 .after = std::string(names_.text(put.type))});
  }
  if (listed && reclassed) {
    const auto texts = [&](std::span<const ClassId> ids) {
      List list;
      for (const ClassId id : ids) {
        list.emplace_back(std::string(names_.text(id)));
      }
      return list;
    };
    change.properties.push_back({.property = "_class",
                                 .before = texts(edit_.stored_rows().classes(table, row, scratch_)),
                                 .after = texts(edit.classes)});
  }
  const bool changed = differs(before, after, listed ? &change : nullptr) || retyped || reclassed;
  const ObjectMeta old = StoredRows::meta(table, row);
  put.meta = changed ? moved(old) : old;
  if (changed) {
    ++report_.job.entities.updated;
    if (listed) {
      sample(ChangeKind::Update, edit, names_.text(put.type));
      report_.changes.back().properties = std::move(change.properties);
    }
  } else {
    ++report_.unchanged_entities;
  }
  note_base_change(edit, put);
  turn(edit, false);
  change_.entities.push_back(put);
}

bool Sealer::differs(const ObjectState& before, const ObjectState& after, ObjectChange* sample) {
  bool differ = false;
  for_each_effective_change(
      before, after, scratch_, [&](PropertyId property, ValueView old_value, ValueView new_value) {
        differ = true;
        if (sample == nullptr) return false;
        sample->properties.push_back({.property = std::string(names_.text(property)),
                                      .before = to_value(old_value),
                                      .after = to_value(new_value)});
        return true;
      });
  scratch_.clear();
  if (sample != nullptr) {
    std::sort(
        sample->properties.begin(),
        sample->properties.end(),
        [](const PropertyChange& a, const PropertyChange& b) { return a.property < b.property; });
  }
  return differ;
}

void Sealer::turn(const EntityEdit& edit, bool gone_after) {
  const ObjectLayers* const before = edit_.stored_layers(edit);
  const ObjectLayers* const after = edit.erased ? nullptr : edit_.layers(edit);
  if (!has_overrides(after)) return;
  const ObjectState old_state{edit.stored ? edit_.stored_base(edit) : std::span<const NamedValue>{},
                              before};
  turns_.compare(edit.id,
                 edit.key,
                 {.state = old_state, .gone = !edit.was_live},
                 {.state = {edit_.base(edit), after}, .gone = gone_after});
}

void Sealer::relationship(RelationshipEdit& edit) {
  ObjectCounters& counters = report_.job.relationships;
  MappedCounters& mapped = report_.job.mapped;
  RelationshipPut put;
  put.id = edit.id;
  put.partition = edit.partition;
  put.relationship_type = edit.type;
  put.verb = edit.verb;
  put.key = edit.key;
  put.from = edit.from;
  put.to = edit.to;
  put.mapped = edit.mapped;
  if (edit.erased && edit.stored) {
    change_.erased.push_back({.id = edit.id, .relationship = true});
    if (!edit.was_live) return;
    ++counters.deleted;
    if (edit.mapped) ++mapped.deleted;
    return sample(ChangeKind::Delete, edit, names_.relationship_types.at(edit.type));
  }
  if (!edit.was_live && !edit.live) return;
  if (edit.was_live && edit.live) return update_relationship(edit, put);
  ObjectMeta old;
  if (edit.stored) {
    const RelationshipRef ref = *edit.stored;
    old = StoredRows::meta(*edit_.snapshot().relationship_tables()[ref.table], ref.row);
  }
  if (edit.live) {
    put.meta = created(edit.stored ? &old : nullptr);
    put.is_new = !edit.stored;
    put.sets_base = true;
    put.base = edit_.base(edit);
    put.sets_layers = true;  // The row may move to another table.
    if (!edit.sets_layers) edit_.set_layers(edit, edit_.copy_layers(edit));
    put.layers = edit.layers;
    note_base_change(edit, put);
    ++counters.created;
    if (edit.mapped) ++mapped.created;
  } else {
    put.meta = deleted(old);
    ++counters.deleted;
    if (edit.mapped) ++mapped.deleted;
  }
  sample(edit.live ? ChangeKind::Create : ChangeKind::Delete,
         edit,
         names_.relationship_types.at(edit.type));
  change_.relationships.push_back(put);
}

void Sealer::update_relationship(RelationshipEdit& edit, RelationshipPut put) {
  const RelationshipTable& table = *edit_.snapshot().relationship_tables()[edit.stored->table];
  const std::uint32_t row = edit.stored->row;
  const bool rejoined = edit.from != edit_.stored_rows().from(table, row) ||
                        edit.to != edit_.stored_rows().to(table, row);
  const bool renamed =
      edit.verb != table.verb() || edit.type != edit_.stored_rows().relationship_type(table, row);
  const ObjectState before{edit_.stored_base(edit), edit_.stored_layers(edit)};
  const ObjectState after{edit_.base(edit), edit_.layers(edit)};
  const bool rebased = edit.sets_base && !same_properties(before.base, after.base);
  const bool relayered = edit.sets_layers && !same_layers(before.layers, after.layers);
  const bool replaced = rejoined || renamed || edit.moved;  // Another row, so all of it is put.
  if (!replaced && !rebased && !relayered) {
    ++report_.unchanged_relationships;
    return;
  }
  put.sets_base = replaced || rebased;
  if (put.sets_base) put.base = after.base;
  put.sets_layers = replaced || relayered;
  if (put.sets_layers && !edit.sets_layers) edit_.set_layers(edit, edit_.copy_layers(edit));
  if (put.sets_layers) put.layers = edit.layers;
  ObjectChange change;
  const bool listed = report_.changes.size() < options_.samples_max;
  const bool changed = differs(before, after, listed ? &change : nullptr) || rejoined || renamed;
  const ObjectMeta old = StoredRows::meta(table, row);
  put.meta = changed ? moved(old) : old;
  if (changed) {
    ++report_.job.relationships.updated;
    if (edit.mapped) ++report_.job.mapped.updated;
    if (listed) {
      sample(ChangeKind::Update, edit, names_.relationship_types.at(edit.type));
      report_.changes.back().properties = std::move(change.properties);
    }
  } else if (!edit.moved || edit.sets_base) {
    ++report_.unchanged_relationships;
  }
  if (rebased) note_base_change(edit, put);
  change_.relationships.push_back(put);
}

}  // namespace

void seal(GraphEdit& edit, const SealOptions& options, ChangeSet& change, SyncReport& report) {
  Sealer sealer(edit, options, change, report);
  change.entities.reserve(edit.entities().size());
  change.relationships.reserve(edit.relationships().size());
  for (EntityEdit& entity : edit.entities()) {
    sealer.entity(entity);
  }
  for (RelationshipEdit& relationship : edit.relationships()) {
    sealer.relationship(relationship);
  }
}

}  // namespace callisto::persist
