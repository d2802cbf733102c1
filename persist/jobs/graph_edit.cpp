#include "persist/jobs/graph_edit.h"

#include <algorithm>

namespace callisto::persist {

GraphEdit::GraphEdit(const Snapshot& snapshot, ChangeSet& change)
    : snapshot_(snapshot), change_(change), stored_(snapshot) {}

const EntityTable& GraphEdit::table(const EntityEdit& edit) const {
  return *snapshot_.entity_table(edit.stored->type);
}

const RelationshipTable& GraphEdit::table(const RelationshipEdit& edit) const {
  return *snapshot_.relationship_tables()[edit.stored->table];
}

EntityEdit* GraphEdit::find_entity(const Uuid& id) {
  if (const auto known = entity_index_.find(id); known != entity_index_.end()) return known->second;
  const std::optional<EntityRef> ref = snapshot_.find_entity(id);
  return ref ? &entity_at(*ref) : nullptr;
}

RelationshipEdit* GraphEdit::find_relationship(const Uuid& id) {
  const auto known = relationship_index_.find(id);
  if (known != relationship_index_.end()) return known->second;
  const std::optional<RelationshipRef> ref = snapshot_.find_relationship(id);
  return ref ? &relationship_at(*ref) : nullptr;
}

EntityEdit& GraphEdit::entity(const Uuid& id, PartitionId partition, std::string_view key) {
  EntityEdit* const known = find_entity(id);
  return known != nullptr ? *known : new_entity(id, partition, key);
}

EntityEdit& GraphEdit::new_entity(const Uuid& id, PartitionId partition, std::string_view key) {
  const auto [place, is_new] = entity_index_.try_emplace(id, nullptr);
  if (!is_new) return *place->second;
  EntityEdit& edit = entities_.emplace_back();
  place->second = &edit;
  edit.id = id;
  edit.partition = partition;
  edit.key = key;
  return edit;
}

RelationshipEdit& GraphEdit::relationship(const Uuid& id,
                                          PartitionId partition,
                                          std::string_view key) {
  RelationshipEdit* const known = find_relationship(id);
  return known != nullptr ? *known : new_relationship(id, partition, key);
}

RelationshipEdit& GraphEdit::new_relationship(const Uuid& id,
                                              PartitionId partition,
                                              std::string_view key) {
  const auto [place, is_new] = relationship_index_.try_emplace(id, nullptr);
  if (!is_new) return *place->second;
  RelationshipEdit& edit = relationships_.emplace_back();
  place->second = &edit;
  edit.id = id;
  edit.partition = partition;
  edit.key = key;
  return edit;
}

EntityEdit& GraphEdit::entity_at(EntityRef ref) {
  const EntityTable& rows = *snapshot_.entity_table(ref.type);
  const Uuid& id = rows.id(ref.row);
  if (const auto known = entity_index_.find(id); known != entity_index_.end()) {
    return *known->second;
  }
  EntityEdit& edit = entities_.emplace_back();
  edit.id = id;
  edit.partition = rows.partition(ref.row);
  edit.key = StoredRows::key(rows, ref.row);
  edit.stored = ref;
  edit.was_live = edit.live = rows.is_live(ref.row);
  entity_index_.emplace(id, &edit);
  return edit;
}

RelationshipEdit& GraphEdit::relationship_at(RelationshipRef ref) {
  const RelationshipTable& rows = *snapshot_.relationship_tables()[ref.table];
  const Uuid& id = rows.id(ref.row);
  const auto known = relationship_index_.find(id);
  if (known != relationship_index_.end()) return *known->second;
  RelationshipEdit& edit = relationships_.emplace_back();
  edit.id = id;
  edit.partition = rows.partition(ref.row);
  edit.key = StoredRows::key(rows, ref.row);
  edit.stored = ref;
  edit.was_live = edit.live = rows.is_live(ref.row);
  edit.mapped = rows.mapped(ref.row);
  edit.type = stored_.relationship_type(rows, ref.row);
  edit.verb = rows.verb();
  edit.from = stored_.from(rows, ref.row);
  edit.to = stored_.to(rows, ref.row);
  relationship_index_.emplace(id, &edit);
  return edit;
}

const EntityEdit* GraphEdit::edited(const Uuid& id) const {
  if (entity_index_.empty()) return nullptr;
  const auto known = entity_index_.find(id);
  return known == entity_index_.end() ? nullptr : known->second;
}

bool GraphEdit::alive(const Uuid& id) const {
  if (const EntityEdit* known = edited(id)) return known->live;
  const std::optional<EntityRef> ref = snapshot_.find_entity(id);
  return ref && snapshot_.entity_table(ref->type)->is_live(ref->row);
}

TypeId GraphEdit::type(const EntityEdit& edit) const {
  return edit.sets_base || !edit.stored ? edit.type : edit.stored->type;
}

std::span<const ClassId> GraphEdit::classes(const EntityEdit& edit) {
  if (edit.sets_base || !edit.stored) return edit.classes;
  return stored_.classes(table(edit), edit.stored->row, change_.arena);
}

std::span<const NamedValue> GraphEdit::stored_base(const EntityEdit& edit) {
  return stored_.base(table(edit), edit.stored->row, change_.arena);
}

std::span<const NamedValue> GraphEdit::stored_base(const RelationshipEdit& edit) {
  return stored_.base(table(edit), edit.stored->row, change_.arena);
}

std::span<const NamedValue> GraphEdit::base(const EntityEdit& edit) {
  return edit.sets_base || !edit.stored ? edit.base : stored_base(edit);
}

std::span<const NamedValue> GraphEdit::base(const RelationshipEdit& edit) {
  return edit.sets_base || !edit.stored ? edit.base : stored_base(edit);
}

const ObjectLayers* GraphEdit::stored_layers(const EntityEdit& edit) const {
  return edit.stored ? StoredRows::layers(table(edit), edit.stored->row) : nullptr;
}

const ObjectLayers* GraphEdit::stored_layers(const RelationshipEdit& edit) const {
  return edit.stored ? StoredRows::layers(table(edit), edit.stored->row) : nullptr;
}

std::int64_t GraphEdit::stored_begin(const EntityEdit& edit) const {
  return edit.stored ? StoredRows::meta(table(edit), edit.stored->row).begin_on_ms : 0;
}

std::int64_t GraphEdit::stored_begin(const RelationshipEdit& edit) const {
  return edit.stored ? StoredRows::meta(table(edit), edit.stored->row).begin_on_ms : 0;
}

const ObjectLayers* GraphEdit::layers(const EntityEdit& edit) const {
  return edit.sets_layers ? edit.layers.get() : stored_layers(edit);
}

const ObjectLayers* GraphEdit::layers(const RelationshipEdit& edit) const {
  return edit.sets_layers ? edit.layers.get() : stored_layers(edit);
}

void GraphEdit::set_base(EntityEdit& edit,
                         TypeId type,
                         std::span<const ClassId> classes,
                         std::span<const NamedValue> base) {
  edit.sets_base = true;
  edit.type = type;
  edit.classes = classes;
  edit.base = base;
}

void GraphEdit::set_base(RelationshipEdit& edit,
                         std::uint32_t type,
                         VerbId verb,
                         std::span<const NamedValue> base) {
  edit.sets_base = true;
  edit.type = type;
  edit.verb = verb;
  edit.base = base;
}

std::span<const NamedValue> GraphEdit::merged(std::span<const NamedValue> old,
                                              std::span<const NamedValue> given) {
  const std::span<NamedValue> out =
      change_.arena.allocate_array<NamedValue>(old.size() + given.size());
  std::size_t size = 0;
  const NamedValue* left = old.data();
  const NamedValue* const left_end = left + old.size();
  for (const NamedValue& named : given) {
    while (left != left_end && left->property < named.property) {
      out[size++] = *left++;
    }
    if (left != left_end && left->property == named.property) ++left;
    if (!named.value.is_null()) out[size++] = named;
  }
  while (left != left_end) {
    out[size++] = *left++;
  }
  return out.first(size);
}

void GraphEdit::follow_entities() {
  // Relationship edits made here never add entity edits, so the deque does not grow meanwhile.
  for (const EntityEdit& entity : entities_) {
    if (!entity.was_live) continue;
    if (!entity.live || type(entity) != entity.stored->type) follow(entity);
  }
}

void GraphEdit::follow(const EntityEdit& entity) {
  const auto visit = [&](std::uint32_t table_index, const Neighbours& neighbours) {
    for (const std::uint32_t row : neighbours.edges) {
      follow(entity, relationship_at({.table = table_index, .row = row}));
    }
  };
  const auto tables = snapshot_.relationship_tables();
  for (const std::uint32_t index : snapshot_.tables_from(entity.stored->type)) {
    visit(index, tables[index]->out(entity.stored->row));
  }
  for (const std::uint32_t index : snapshot_.tables_to(entity.stored->type)) {
    visit(index, tables[index]->in(entity.stored->row));
  }
}

void GraphEdit::follow(const EntityEdit& entity, RelationshipEdit& edit) {
  if (!edit.live) {
    edit.erased = edit.erased || entity.erased;
    return;
  }
  if (entity.live) {
    edit.moved = true;
    return;
  }
  edit.live = false;
  edit.erased = entity.erased;
}

}  // namespace callisto::persist
