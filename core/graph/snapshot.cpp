#include "core/graph/snapshot.h"

#include <algorithm>

#include "core/overlay/precedence.h"

namespace callisto {
namespace {

bool in_graph(const PropertyTable& table, std::uint32_t row) {
  const PropertyChunk& chunk = table.chunk_of(row);
  return chunk.live().test(row % kChunkRows) || chunk.deleted().test(row % kChunkRows);
}

template <class Object>
std::optional<Object> find_named(std::span<const Object> objects, std::string_view name) {
  const auto found = std::find_if(
      objects.begin(), objects.end(), [&](const Object& object) { return object.name == name; });
  return found == objects.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::span<const std::uint32_t> Snapshot::tables_from(TypeId type) const {
  return type.value < tables_from_->size()
             ? std::span<const std::uint32_t>((*tables_from_)[type.value])
             : std::span<const std::uint32_t>();
}

std::span<const std::uint32_t> Snapshot::tables_to(TypeId type) const {
  return type.value < tables_to_->size() ? std::span<const std::uint32_t>((*tables_to_)[type.value])
                                         : std::span<const std::uint32_t>();
}

std::optional<EntityRef> Snapshot::find_entity(const Uuid& id) const {
  std::optional<EntityRef> found;
  entity_index_->find(id.hash(), [&](std::uint64_t address) {
    const EntityRef ref{TypeId{static_cast<std::uint32_t>(address >> 32U)},
                        static_cast<std::uint32_t>(address)};
    const EntityTable* table = entity_table(ref.type);
    if (table == nullptr || ref.row >= table->rows() || table->id(ref.row) != id ||
        !in_graph(*table, ref.row)) {
      return false;
    }
    found = ref;
    return true;
  });
  return found;
}

void Snapshot::prefetch_entity_row(const Uuid& id) const {
  const std::optional<std::uint64_t> address = entity_index_->peek(id.hash());
  if (!address) return;
  const EntityTable* table = entity_table(TypeId{static_cast<std::uint32_t>(*address >> 32U)});
  const auto row = static_cast<std::uint32_t>(*address);
  if (table != nullptr && row < table->rows()) __builtin_prefetch(&table->id(row));
}

std::optional<RelationshipRef> Snapshot::find_relationship(const Uuid& id) const {
  std::optional<RelationshipRef> found;
  relationship_index_->find(id.hash(), [&](std::uint64_t address) {
    const RelationshipRef ref{static_cast<std::uint32_t>(address >> 32U),
                              static_cast<std::uint32_t>(address)};
    if (ref.table >= relationship_tables_.size()) return false;
    const RelationshipTable& table = *relationship_tables_[ref.table];
    if (ref.row >= table.rows() || table.id(ref.row) != id || !in_graph(table, ref.row))
      return false;
    found = ref;
    return true;
  });
  return found;
}

Uuid Snapshot::entity_id(PartitionId partition, std::string_view key) const {
  return uuid_v5(name_spaces_[partition.value].entities, key);
}

Uuid Snapshot::relationship_id(PartitionId partition, std::string_view key) const {
  return uuid_v5(name_spaces_[partition.value].relationships, key);
}

std::optional<EntityRef> Snapshot::find_entity(PartitionId partition, std::string_view key) const {
  return find_entity(entity_id(partition, key));
}

std::optional<RelationshipRef> Snapshot::find_relationship(PartitionId partition,
                                                           std::string_view key) const {
  return find_relationship(relationship_id(partition, key));
}

std::optional<PartitionId> Snapshot::find_partition(const PartitionInfo& owner) const {
  for (std::uint32_t id = 0; id < partitions_.size(); ++id) {
    if (partitions_[id] && partitions_[id]->same_owner(owner)) return PartitionId{id};
  }
  return std::nullopt;
}

std::optional<OverrideScope> Snapshot::find_scope(std::string_view name) const {
  return find_named(std::span<const OverrideScope>(scopes_), name);
}

std::optional<OverrideScope> Snapshot::find_scope(ScopeId id) const {
  const auto found = std::find_if(
      scopes_.begin(), scopes_.end(), [&](const OverrideScope& scope) { return scope.id == id; });
  return found == scopes_.end() ? std::nullopt : std::optional(*found);
}

std::size_t Snapshot::stored_bytes() const {
  return table_bytes_ + entity_index_->bytes() + relationship_index_->bytes() + names_->bytes();
}

std::size_t Snapshot::bytes() const {
  std::size_t total = stored_bytes();
  for (const auto& table : entity_tables_) {
    if (table) total += table->bytes() - table->stored_bytes();
  }
  for (const auto& table : relationship_tables_) {
    total += table->bytes() - table->stored_bytes();
  }
  return total;
}

}  // namespace callisto
