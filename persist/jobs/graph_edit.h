// What a job or a mutation wants to be true of each object it touches, over one snapshot.
//
//   modes (diff_plan.cpp, patch_plan.cpp, ...) ── edits ──> GraphEdit ── seal.h ──> ChangeSet,
//   report
//
// An edit says how the object shall be; sealing compares it with how it was. So the rule that
// `_version` and `_beginOn` move exactly when effective values do (O-24) stands in one place, and a
// mode cannot break it.
//
// Not thread-safe. Lifetime: the snapshot, the rows that were given and the change set must outlive
// it; new text is copied into the change set's arena.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/graph/change_set.h"
#include "core/graph/snapshot.h"
#include "persist/jobs/stored_rows.h"

namespace callisto::persist {

struct UuidHash {
  std::size_t operator()(const Uuid& id) const noexcept { return id.hash(); }
};

template <class T>
using UuidMap = boost::unordered_flat_map<Uuid, T, UuidHash>;

struct EntityEdit {
  Uuid id;
  PartitionId partition{};
  std::string_view key;
  std::optional<EntityRef> stored{};  // Live or soft-deleted.
  bool was_live = false;
  bool live = false;
  bool erased = false;
  bool sets_base = false;  // Then type, classes and base are what shall be.
  bool sets_layers = false;
  TypeId type{};
  std::span<const ClassId> classes{};
  std::span<const NamedValue> base{};  // Sorted, without Null.
  LayersPtr layers{};
};

struct RelationshipEdit {
  Uuid id;
  PartitionId partition{};
  std::string_view key;
  std::optional<RelationshipRef> stored{};
  bool was_live = false;
  bool live = false;
  bool erased = false;
  bool moved = false;  // An end has moved to another type's table: must be put again.
  bool mapped = false;
  bool sets_base = false;  // Then type, verb and base are what shall be.
  bool sets_layers = false;
  std::uint32_t type = 0;
  VerbId verb{};
  Uuid from{};
  Uuid to{};
  std::span<const NamedValue> base{};
  LayersPtr layers{};
};

class GraphEdit {
 public:
  GraphEdit(const Snapshot& snapshot, ChangeSet& change);

  // The edit of an object that is stored or edited; nullptr when there is neither.
  EntityEdit* find_entity(const Uuid& id);
  RelationshipEdit* find_relationship(const Uuid& id);
  // The same, or the edit of an object that is to be made; it is not live yet.
  EntityEdit& entity(const Uuid& id, PartitionId partition, std::string_view key);
  // The same for an object that is known not to be stored.
  EntityEdit& new_entity(const Uuid& id, PartitionId partition, std::string_view key);
  RelationshipEdit& new_relationship(const Uuid& id, PartitionId partition, std::string_view key);
  RelationshipEdit& relationship(const Uuid& id, PartitionId partition, std::string_view key);
  EntityEdit& entity_at(EntityRef ref);
  RelationshipEdit& relationship_at(RelationshipRef ref);

  // The edit made so far; nullptr: as stored.
  [[nodiscard]] const EntityEdit* edited(const Uuid& id) const;
  // In the graph after this change.
  [[nodiscard]] bool alive(const Uuid& id) const;

  // How the object shall be.
  [[nodiscard]] TypeId type(const EntityEdit& edit) const;
  [[nodiscard]] std::span<const ClassId> classes(const EntityEdit& edit);
  [[nodiscard]] std::span<const NamedValue> base(const EntityEdit& edit);
  [[nodiscard]] std::span<const NamedValue> base(const RelationshipEdit& edit);
  [[nodiscard]] const ObjectLayers* layers(const EntityEdit& edit) const;
  [[nodiscard]] const ObjectLayers* layers(const RelationshipEdit& edit) const;

  // How it was stored, whatever the edit says. Requires edit.stored.
  [[nodiscard]] std::span<const NamedValue> stored_base(const EntityEdit& edit);
  [[nodiscard]] std::span<const NamedValue> stored_base(const RelationshipEdit& edit);
  [[nodiscard]] const ObjectLayers* stored_layers(const EntityEdit& edit) const;
  [[nodiscard]] const ObjectLayers* stored_layers(const RelationshipEdit& edit) const;

  // `base` is sorted and without Null; it is not copied.
  void set_base(EntityEdit& edit,
                TypeId type,
                std::span<const ClassId> classes,
                std::span<const NamedValue> base);
  void set_base(RelationshipEdit& edit,
                std::uint32_t type,
                VerbId verb,
                std::span<const NamedValue> base);
  // The old base with `given` written over it; a Null in it removes.
  [[nodiscard]] std::span<const NamedValue> merged(std::span<const NamedValue> old,
                                                   std::span<const NamedValue> given);

  template <class Edit>
  void set_layers(Edit& edit, ObjectLayers layers) {
    edit.sets_layers = true;
    if (layers.base_set_at_ms == 0) layers.base_set_at_ms = stored_begin(edit);
    edit.layers = layers.properties.empty()
                      ? nullptr
                      : std::make_shared<const ObjectLayers>(std::move(layers));
  }

  // A copy to change and give to set_layers().
  template <class Edit>
  [[nodiscard]] ObjectLayers copy_layers(const Edit& edit) const {
    const ObjectLayers* found = layers(edit);
    return found == nullptr ? ObjectLayers{} : *found;
  }

  // `_beginOn` as stored; 0 for new objects.
  [[nodiscard]] std::int64_t stored_begin(const EntityEdit& edit) const;
  [[nodiscard]] std::int64_t stored_begin(const RelationshipEdit& edit) const;

  // After all edits of entities: relationships of entities that go are deleted with them (erased
  // with erased ones); those of entities whose type changes are put again.
  void follow_entities();

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }

  [[nodiscard]] StoredRows& stored_rows() { return stored_; }

  [[nodiscard]] Arena& arena() { return change_.arena; }

  [[nodiscard]] std::deque<EntityEdit>& entities() { return entities_; }

  [[nodiscard]] std::deque<RelationshipEdit>& relationships() { return relationships_; }

 private:
  void follow(const EntityEdit& entity);
  void follow(const EntityEdit& entity, RelationshipEdit& edit);
  [[nodiscard]] const EntityTable& table(const EntityEdit& edit) const;
  [[nodiscard]] const RelationshipTable& table(const RelationshipEdit& edit) const;

  const Snapshot& snapshot_;
  ChangeSet& change_;
  StoredRows stored_;
  std::deque<EntityEdit> entities_;
  std::deque<RelationshipEdit> relationships_;
  UuidMap<EntityEdit*> entity_index_;
  UuidMap<RelationshipEdit*> relationship_index_;
};

}  // namespace callisto::persist
