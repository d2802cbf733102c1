#include "core/graph/snapshot_writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include <callisto/limits.h>

namespace callisto {
namespace {

constexpr std::uint32_t kIndexCapacityLog2 = 10;
// Index lookups of a bulk load miss the caches; in rows.
constexpr std::size_t kPrefetchAhead = 16;
constexpr std::size_t kPrefetchRowsAhead = 8;

std::uint64_t address_of(std::uint32_t table, std::uint32_t row) {
  return (std::uint64_t{table} << 32U) | row;
}

std::uint32_t table_of(std::uint64_t address) {
  return static_cast<std::uint32_t>(address >> 32U);
}

std::uint32_t row_of(std::uint64_t address) {
  return static_cast<std::uint32_t>(address);
}

}  // namespace

SnapshotPtr SnapshotWriter::make_empty(std::string account) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->account_ = std::move(account);
  snapshot->names_ = std::make_shared<Names>();
  snapshot->entity_index_ = std::make_shared<IdIndex>(kIndexCapacityLog2);
  snapshot->relationship_index_ = std::make_shared<IdIndex>(kIndexCapacityLog2);
  snapshot->tables_from_ = std::make_shared<std::vector<std::vector<std::uint32_t>>>();
  snapshot->tables_to_ = snapshot->tables_from_;
  return snapshot;
}

SnapshotWriter::SnapshotWriter(const Snapshot& current)
    : current_(current), next_(std::make_shared<Snapshot>(current)), names_(*current.names_) {
  entity_writers_.resize(current.entity_tables_.size());
  relationship_writers_.resize(current.relationship_tables_.size());
}

Result<SnapshotPtr> SnapshotWriter::apply(const ChangeSet& change, std::uint64_t version) {
  next_->version_ = version;
  put_partitions_and_scopes(change);
  make_room(change);
  for (const Erase& erased : change.erased) {
    erase(erased);
  }
  for (const EntityPut& put : change.entities) {
    if (Status status = put_entity(put); !status)
      return tl::make_unexpected(std::move(status).error());
  }
  for (std::size_t i = 0; i < change.relationships.size(); ++i) {
    if (i + kPrefetchAhead < change.relationships.size())
      prefetch(change.relationships[i + kPrefetchAhead]);
    if (i + kPrefetchRowsAhead < change.relationships.size())
      prefetch_rows(change.relationships[i + kPrefetchRowsAhead]);
    const RelationshipPut& put = change.relationships[i];
    if (Status status = put_relationship(put); !status)
      return tl::make_unexpected(std::move(status).error());
  }
  finish_tables();
  return SnapshotPtr(next_);
}

void SnapshotWriter::put_partitions_and_scopes(const ChangeSet& change) {
  for (const PartitionPut& put : change.partitions) {
    if (put.id.value >= next_->partitions_.size()) {
      next_->partitions_.resize(put.id.value + 1);
      next_->name_spaces_.resize(put.id.value + 1);
    }
    next_->partitions_[put.id.value] = std::make_shared<PartitionInfo>(put.info);
    next_->name_spaces_[put.id.value] = name_spaces(next_->account_, put.info);
  }
  for (const ScopePut& put : change.scopes) {
    std::erase_if(next_->scopes_,
                  [&](const OverrideScope& scope) { return scope.id == put.scope; });
    if (put.age == 0) continue;
    const auto older = [](std::uint64_t age, const OverrideScope& scope) {
      return age < scope.age;
    };
    const auto at = std::upper_bound(next_->scopes_.begin(), next_->scopes_.end(), put.age, older);
    next_->scopes_.insert(at, {.id = put.scope, .name = put.name, .age = put.age});
  }
}

void SnapshotWriter::make_room(const ChangeSet& change) {
  if (!next_->entity_index_->has_room_for(change.entities.size())) {
    next_->entity_index_ = next_->entity_index_->grown(change.entities.size());
  }
  if (!next_->relationship_index_->has_room_for(change.relationships.size())) {
    next_->relationship_index_ = next_->relationship_index_->grown(change.relationships.size());
  }
}

void SnapshotWriter::prefetch(const RelationshipPut& put) const {
  next_->relationship_index_->prefetch(put.id.hash());
  next_->entity_index_->prefetch(put.from.hash());
  next_->entity_index_->prefetch(put.to.hash());
}

void SnapshotWriter::prefetch_rows(const RelationshipPut& put) const {
  current_.prefetch_entity_row(put.from);
  current_.prefetch_entity_row(put.to);
}

Result<EntityTableWriter*> SnapshotWriter::entity_writer(TypeId type) {
  if (type.value >= kTypesMax) {
    return fail(ErrorCode::LimitExceeded,
                "a graph holds at most " + std::to_string(kTypesMax) + " entity types");
  }
  if (type.value >= entity_writers_.size()) entity_writers_.resize(type.value + 1);
  auto& writer = entity_writers_[type.value];
  if (!writer) {
    std::shared_ptr<const EntityTable> table;
    if (type.value < current_.entity_tables_.size()) table = current_.entity_tables_[type.value];
    writer = std::make_unique<EntityTableWriter>(type, std::move(table), names_);
  }
  return writer.get();
}

RelationshipTableWriter& SnapshotWriter::relationship_writer(std::uint32_t table) {
  auto& writer = relationship_writers_[table];
  if (!writer) {
    const std::shared_ptr<const RelationshipTable>& known = current_.relationship_tables_[table];
    writer = std::make_unique<RelationshipTableWriter>(
        RelationshipTableWriter::Kind{known->verb(), known->from_type(), known->to_type()},
        known,
        names_);
  }
  return *writer;
}

Result<std::uint32_t> SnapshotWriter::relationship_table(VerbId verb, TypeId from, TypeId to) {
  // Filled when first needed: most commits make no relationship.
  if (tables_.empty()) {
    for (std::uint32_t table = 0; table < current_.relationship_tables_.size(); ++table) {
      const RelationshipTable& known = *current_.relationship_tables_[table];
      tables_.emplace(std::tuple(known.verb(), known.from_type(), known.to_type()), table);
    }
  }
  const auto key = std::tuple(verb, from, to);
  if (const auto found = tables_.find(key); found != tables_.end()) return found->second;
  const auto table = static_cast<std::uint32_t>(relationship_writers_.size());
  if (table >= kRelationshipTablesMax) {
    return fail(ErrorCode::LimitExceeded,
                "a graph holds at most " + std::to_string(kRelationshipTablesMax) +
                    " kinds of relationships (verb, from type, to type)");
  }
  relationship_writers_.push_back(std::make_unique<RelationshipTableWriter>(
      RelationshipTableWriter::Kind{verb, from, to}, nullptr, names_));
  tables_.emplace(key, table);
  return table;
}

std::optional<EntityRef> SnapshotWriter::find_entity(const Uuid& id) const {
  std::optional<EntityRef> found;
  next_->entity_index_->find(id.hash(), [&](std::uint64_t address) {
    const std::uint32_t type = table_of(address);
    const std::uint32_t row = row_of(address);
    const bool writing = type < entity_writers_.size() && entity_writers_[type];
    const EntityTable* table = current_.entity_table(TypeId{type});
    const bool known = table != nullptr && row < table->rows();
    if (!known && !(writing && entity_writers_[type]->rows().is_new(row))) return false;
    const Uuid& stored = known ? table->id(row) : entity_writers_[type]->rows().id(row);
    if (stored != id) return false;
    if (known) {
      const PropertyChunk& chunk = table->chunk_of(row);
      if (!chunk.live().test(row % kChunkRows) && !chunk.deleted().test(row % kChunkRows))
        return false;
      if (writing && entity_writers_[type]->rows().erased(row)) return false;
    }
    found = EntityRef{TypeId{type}, row};
    return true;
  });
  return found;
}

std::optional<RelationshipRef> SnapshotWriter::find_relationship(const Uuid& id) const {
  std::optional<RelationshipRef> found;
  next_->relationship_index_->find(id.hash(), [&](std::uint64_t address) {
    const std::uint32_t table = table_of(address);
    const std::uint32_t row = row_of(address);
    const bool writing = table < relationship_writers_.size() && relationship_writers_[table];
    const bool known = table < current_.relationship_tables_.size() &&
                       row < current_.relationship_tables_[table]->rows();
    if (!known && !(writing && relationship_writers_[table]->rows().is_new(row))) return false;
    const Uuid& stored = known ? current_.relationship_tables_[table]->id(row)
                               : relationship_writers_[table]->rows().id(row);
    if (stored != id) return false;
    if (known) {
      const PropertyChunk& chunk = current_.relationship_tables_[table]->chunk_of(row);
      if (!chunk.live().test(row % kChunkRows) && !chunk.deleted().test(row % kChunkRows))
        return false;
      if (writing && relationship_writers_[table]->rows().erased(row)) return false;
    }
    found = RelationshipRef{table, row};
    return true;
  });
  return found;
}

Status SnapshotWriter::put_entity(const EntityPut& put) {
  CALLISTO_TRY(EntityTableWriter* const writer, entity_writer(put.type));
  const std::optional<EntityRef> known = put.is_new ? std::nullopt : find_entity(put.id);
  if (known && known->type == put.type) {
    writer->put(put, known->row, false);
    return {};
  }
  if (known) {  // The type changed: the object moves to another table.
    CALLISTO_TRY(EntityTableWriter* const old, entity_writer(known->type));
    old->erase(known->row);
  }
  if (!put.sets_base) {
    return fail(ErrorCode::Corruption,
                "entity " + to_string(put.id) + " is new but its put has no base");
  }
  const std::uint32_t row = writer->rows().add_row(put.id);
  writer->put(put, row, true);
  next_->entity_index_->insert(put.id.hash(), address_of(put.type.value, row));
  return {};
}

Status SnapshotWriter::put_new_relationship(const RelationshipPut& put) {
  const std::optional<EntityRef> from = find_entity(put.from);
  const std::optional<EntityRef> to = find_entity(put.to);
  if (!from || !to || !put.sets_base) {
    return fail(ErrorCode::Corruption,
                "relationship " + to_string(put.id) +
                    (put.sets_base ? " has an end that does not exist"
                                   : " is new but its put has no base"));
  }
  CALLISTO_TRY(const std::uint32_t table, relationship_table(put.verb, from->type, to->type));
  RelationshipTableWriter& writer = relationship_writer(table);
  writer.put_new(put, from->row, to->row);
  const std::uint32_t row = writer.rows().rows() - 1;
  next_->relationship_index_->insert(put.id.hash(), address_of(table, row));
  return {};
}

Status SnapshotWriter::put_relationship(const RelationshipPut& put) {
  const std::optional<RelationshipRef> known =
      put.is_new ? std::nullopt : find_relationship(put.id);
  if (!known) return put_new_relationship(put);
  RelationshipTableWriter& writer = relationship_writer(known->table);
  const std::optional<EntityRef> from = find_entity(put.from);
  const std::optional<EntityRef> to = find_entity(put.to);
  const bool same_ends =
      from && to && writer.kind().verb == put.verb && writer.kind().from_type == from->type &&
      writer.kind().to_type == to->type && writer.from_row(known->row) == from->row &&
      writer.to_row(known->row) == to->row;
  // A delete needs no ends: they may be gone in the same change set.
  if (same_ends || put.meta.deleted) {
    writer.put(put, known->row);
    return {};
  }
  writer.erase(known->row);
  return put_new_relationship(put);
}

void SnapshotWriter::erase(const Erase& erased) {
  if (erased.relationship) {
    if (const auto known = find_relationship(erased.id))
      relationship_writer(known->table).erase(known->row);
    return;
  }
  if (const auto known = find_entity(erased.id)) {
    if (auto writer = entity_writer(known->type)) (*writer)->erase(known->row);
  }
}

void SnapshotWriter::finish_tables() {
  next_->entity_tables_.resize(entity_writers_.size());
  for (std::size_t type = 0; type < entity_writers_.size(); ++type) {
    if (!entity_writers_[type]) continue;
    const auto& old = next_->entity_tables_[type];
    next_->live_entities_ -= old ? old->live_rows() : 0;
    const std::size_t bytes_before = old ? old->stored_bytes() : 0;
    next_->entity_tables_[type] = entity_writers_[type]->finish();
    next_->live_entities_ += next_->entity_tables_[type]->live_rows();
    next_->table_bytes_ += next_->entity_tables_[type]->stored_bytes() - bytes_before;
  }
  const std::size_t tables_before = next_->relationship_tables_.size();
  next_->relationship_tables_.resize(relationship_writers_.size());
  for (std::size_t table = 0; table < relationship_writers_.size(); ++table) {
    if (!relationship_writers_[table]) continue;
    const auto& old = next_->relationship_tables_[table];
    next_->live_relationships_ -= old ? old->live_rows() : 0;
    next_->table_bytes_ -= old ? old->stored_bytes() + old->adjacency_bytes() : 0;
    next_->relationship_tables_[table] = relationship_writers_[table]->finish();
    const RelationshipTable& built = *next_->relationship_tables_[table];
    next_->live_relationships_ += built.live_rows();
    next_->table_bytes_ += built.stored_bytes() + built.adjacency_bytes();
  }
  if (next_->relationship_tables_.size() != tables_before) index_relationship_tables();
}

void SnapshotWriter::index_relationship_tables() {
  auto from = std::make_shared<std::vector<std::vector<std::uint32_t>>>();
  auto to = std::make_shared<std::vector<std::vector<std::uint32_t>>>();
  const auto add =
      [](std::vector<std::vector<std::uint32_t>>& lists, TypeId type, std::uint32_t table) {
        if (type.value >= lists.size()) lists.resize(type.value + 1);
        lists[type.value].push_back(table);
      };
  for (std::uint32_t table = 0; table < next_->relationship_tables_.size(); ++table) {
    add(*from, next_->relationship_tables_[table]->from_type(), table);
    add(*to, next_->relationship_tables_[table]->to_type(), table);
  }
  next_->tables_from_ = std::move(from);
  next_->tables_to_ = std::move(to);
}

}  // namespace callisto
