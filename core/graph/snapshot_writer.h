// Builds the next snapshot from the current one and a change set.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "core/graph/change_set.h"
#include "core/graph/entity_table_writer.h"
#include "core/graph/relationship_table_writer.h"
#include "core/graph/snapshot.h"
#include <callisto/error.h>

namespace callisto {

class SnapshotWriter {
 public:
  explicit SnapshotWriter(const Snapshot& current);

  // An empty graph: version 0.
  [[nodiscard]] static SnapshotPtr make_empty(std::string account);
  [[nodiscard]] Result<SnapshotPtr> apply(const ChangeSet& change, std::uint64_t version);

 private:
  Status put_entity(const EntityPut& put);
  Status put_relationship(const RelationshipPut& put);
  Status put_new_relationship(const RelationshipPut& put);
  void erase(const Erase& erased);
  void put_partitions_and_scopes(const ChangeSet& change);
  void make_room(const ChangeSet& change);
  void prefetch(const RelationshipPut& put) const;
  void prefetch_rows(const RelationshipPut& put) const;
  void finish_tables();
  void index_relationship_tables();

  [[nodiscard]] Result<EntityTableWriter*> entity_writer(TypeId type);
  [[nodiscard]] RelationshipTableWriter& relationship_writer(std::uint32_t table);
  [[nodiscard]] Result<std::uint32_t> relationship_table(VerbId verb, TypeId from, TypeId to);
  // Rows of the version being made.
  [[nodiscard]] std::optional<EntityRef> find_entity(const Uuid& id) const;
  [[nodiscard]] std::optional<RelationshipRef> find_relationship(const Uuid& id) const;

  const Snapshot& current_;
  std::shared_ptr<Snapshot> next_;
  Names& names_;
  std::vector<std::unique_ptr<EntityTableWriter>> entity_writers_;              // By TypeId.
  std::vector<std::unique_ptr<RelationshipTableWriter>> relationship_writers_;  // By table.
  std::map<std::tuple<VerbId, TypeId, TypeId>, std::uint32_t> tables_;  // Made when first needed.
};

}  // namespace callisto
