// One immutable version of the graph. Readers hold it as long as they like and see exactly one
// version (invariant 1).
//
// Thread safety: everything here is const and may be used from any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/entity_table.h"
#include "core/graph/id_index.h"
#include "core/graph/partition.h"
#include "core/graph/refs.h"
#include "core/graph/relationship_table.h"
#include "core/names/names.h"
#include "core/overlay/layers.h"

namespace callisto {

// An override scope that has at least one override now.
struct OverrideScope {
  ScopeId id{};
  std::string name;
  std::uint64_t age = 0;  // Smaller is older (O-15).
};

class Snapshot {
 public:
  [[nodiscard]] std::uint64_t version() const {
    return version_;
  }  // The journal's sequence number.

  [[nodiscard]] std::string_view account() const { return account_; }

  [[nodiscard]] Names& names() const { return *names_; }  // Append-only and thread-safe.

  // Indexed by TypeId; nullptr where a type has no row.
  [[nodiscard]] std::span<const std::shared_ptr<const EntityTable>> entity_tables() const {
    return entity_tables_;
  }

  [[nodiscard]] const EntityTable* entity_table(TypeId type) const {
    return type.value < entity_tables_.size() ? entity_tables_[type.value].get() : nullptr;
  }

  [[nodiscard]] std::span<const std::shared_ptr<const RelationshipTable>> relationship_tables()
      const {
    return relationship_tables_;
  }

  // Indices of the relationship tables that touch a type, as from-end or as to-end.
  [[nodiscard]] std::span<const std::uint32_t> tables_from(TypeId type) const;
  [[nodiscard]] std::span<const std::uint32_t> tables_to(TypeId type) const;

  // Rows that exist, live or soft-deleted. O(1).
  [[nodiscard]] std::optional<EntityRef> find_entity(const Uuid& id) const;
  [[nodiscard]] std::optional<RelationshipRef> find_relationship(const Uuid& id) const;

  // For lookups in bulk, which miss the caches: start loading what they read, first the index, and
  // some lookups later the row.
  void prefetch_entity(const Uuid& id) const { entity_index_->prefetch(id.hash()); }

  void prefetch_entity_row(const Uuid& id) const;

  void prefetch_relationship(const Uuid& id) const { relationship_index_->prefetch(id.hash()); }

  // By owner and key: computes the id. O(1).
  [[nodiscard]] std::optional<EntityRef> find_entity(PartitionId partition,
                                                     std::string_view key) const;
  [[nodiscard]] std::optional<RelationshipRef> find_relationship(PartitionId partition,
                                                                 std::string_view key) const;
  [[nodiscard]] Uuid entity_id(PartitionId partition, std::string_view key) const;
  [[nodiscard]] Uuid relationship_id(PartitionId partition, std::string_view key) const;

  // Indexed by PartitionId.
  [[nodiscard]] std::span<const std::shared_ptr<const PartitionInfo>> partitions() const {
    return partitions_;
  }

  [[nodiscard]] std::optional<PartitionId> find_partition(const PartitionInfo& owner) const;

  // Scopes with overrides, oldest first.
  [[nodiscard]] std::span<const OverrideScope> scopes() const { return scopes_; }

  [[nodiscard]] std::optional<OverrideScope> find_scope(std::string_view name) const;
  [[nodiscard]] std::optional<OverrideScope> find_scope(ScopeId id) const;

  // Any property of an object, derived metadata included, as the view shows it; Null when absent.
  // Strings live in the snapshot or in `scratch`.
  [[nodiscard]] ValueView value(EntityRef ref,
                                PropertyId property,
                                Arena& scratch,
                                LayerView view = LayerView::Effective) const;
  [[nodiscard]] ValueView value(RelationshipRef ref,
                                PropertyId property,
                                Arena& scratch,
                                LayerView view = LayerView::Effective) const;
  // Metadata that tables do not store (`_source`, `_scope`, `_accountId`, `_latest`, `_deleted`,
  // ends of relationships ...) as a column of a chunk, so that filters treat all properties alike.
  // nullptr: absent on every row.
  [[nodiscard]] ColumnPtr derived_column(const EntityTable& table,
                                         std::uint32_t chunk,
                                         PropertyId property) const;
  [[nodiscard]] ColumnPtr derived_column(const RelationshipTable& table,
                                         std::uint32_t chunk,
                                         PropertyId property) const;

  [[nodiscard]] std::uint64_t live_entities() const { return live_entities_; }

  [[nodiscard]] std::uint64_t live_relationships() const { return live_relationships_; }

  // What the version takes in memory, about: with the indexes that queries made, and without.
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] std::size_t stored_bytes() const;  // O(1)

 private:
  friend class SnapshotWriter;
  std::uint64_t version_ = 0;
  std::string account_;
  std::shared_ptr<Names> names_;
  std::vector<std::shared_ptr<const EntityTable>> entity_tables_;
  std::vector<std::shared_ptr<const RelationshipTable>> relationship_tables_;
  std::shared_ptr<const std::vector<std::vector<std::uint32_t>>> tables_from_;
  std::shared_ptr<const std::vector<std::vector<std::uint32_t>>> tables_to_;
  std::shared_ptr<IdIndex> entity_index_;
  std::shared_ptr<IdIndex> relationship_index_;
  std::vector<std::shared_ptr<const PartitionInfo>> partitions_;
  std::vector<PartitionNameSpaces> name_spaces_;
  std::vector<OverrideScope> scopes_;
  std::uint64_t live_entities_ = 0;
  std::uint64_t live_relationships_ = 0;
  std::size_t table_bytes_ = 0;
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace callisto
