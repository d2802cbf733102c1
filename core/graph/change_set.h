// What one commit changes: results, not commands. The change set that is applied is the one that
// recovery replays.
//
// A put carries the whole meta data of the object and, when they change, its whole base and its
// whole layers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/partition.h"
#include "core/ids/uuid.h"
#include "core/names/names.h"
#include "core/overlay/layers.h"
#include "core/values/arena.h"
#include <callisto/value_view.h>

namespace callisto {

struct NamedValue {
  PropertyId property{};
  ValueView value{};  // Never Null.
};

struct ObjectMeta {
  std::int64_t created_on_ms = 0;
  std::int64_t begin_on_ms = 0;
  std::int64_t end_on_ms = 0;  // Meaningful when deleted.
  std::uint32_t version = 1;
  bool deleted = false;  // Soft: the row and its layers stay (O-22).
};

struct EntityPut {
  Uuid id;
  // No row has this id, so the writer need not look for it. False where it may be unknown.
  bool is_new = false;
  PartitionId partition{};
  TypeId type{};
  std::string_view key;
  ObjectMeta meta{};
  bool sets_base = false;
  std::span<const ClassId> classes{};  // When sets_base.
  std::span<const NamedValue>
      base{};  // When sets_base: the complete property set, sorted by property.
  bool sets_layers = false;
  LayersPtr layers{};  // When sets_layers; nullptr removes all.
};

struct RelationshipPut {
  Uuid id;
  bool is_new = false;  // As in EntityPut.
  PartitionId partition{};
  std::uint32_t relationship_type = 0;  // Code in Names::relationship_types.
  VerbId verb{};
  std::string_view key;
  Uuid from;  // Both ends exist in the graph or earlier in this change set.
  Uuid to;
  ObjectMeta meta{};
  bool sets_base = false;
  std::span<const NamedValue> base{};
  bool sets_layers = false;
  LayersPtr layers{};
  bool mapped = false;  // Made by the mapper from `_mapping`.
};

// Hard deletes: the object and its layers are gone; a new object with the same id starts at
// version 1.
struct Erase {
  Uuid id;
  bool relationship = false;
};

// An override scope after the commit. age 0: the scope has no override left and is forgotten
// (O-15).
struct ScopePut {
  ScopeId scope{};
  std::string name;
  std::uint64_t age = 0;  // Sequence number of the finalize that first gave it an override.
};

struct PartitionPut {
  PartitionId id{};
  PartitionInfo info;
};

// Durable key-value records of the layer above (sync jobs, uploads); core stores and replays them
// without looking inside.
struct SidePut {
  std::string key;
  std::optional<std::string> value;  // nullopt: delete.
};

class ChangeSet {
 public:
  std::vector<PartitionPut> partitions;
  std::vector<ScopePut> scopes;
  std::vector<EntityPut> entities;  // At most one put per id.
  std::vector<RelationshipPut> relationships;
  std::vector<Erase> erased;
  std::vector<SidePut> side;
  // Owns what the views above point to, unless they point into a snapshot or an upload that
  // outlives the commit.
  Arena arena;

  [[nodiscard]] bool empty() const {
    return partitions.empty() && scopes.empty() && entities.empty() && relationships.empty() &&
           erased.empty() && side.empty();
  }

  // Whether readers of the graph can see a difference (side records alone are not one).
  [[nodiscard]] bool touches_graph() const {
    return !(partitions.empty() && scopes.empty() && entities.empty() && relationships.empty() &&
             erased.empty());
  }
};

}  // namespace callisto
