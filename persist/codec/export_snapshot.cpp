#include "persist/codec/export_snapshot.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace callisto::persist {
namespace {

// A batch as large as memory comfortably allows: replay rebuilds the adjacency that a batch
// touches.
constexpr std::size_t kBatchObjectsMax = 262'144;
constexpr std::size_t kBatchArenaBytesMax = std::size_t{64} << 20;

class SnapshotExporter {
 public:
  SnapshotExporter(const Snapshot& snapshot, const std::function<Status(const ChangeSet&)>& sink)
      : snapshot_(snapshot), sink_(sink) {}

  Status run() {
    add_partitions_and_scopes();
    if (Status status = flush(); !status) return status;
    for (const auto& table : snapshot_.entity_tables()) {
      if (!table) continue;
      const auto add = [&](const Row& row) { add_entity(*table, row); };
      if (Status status = for_each_row(*table, add); !status) return status;
    }
    if (Status status = flush(); !status) return status;
    for (const auto& table : snapshot_.relationship_tables()) {
      if (!table) continue;
      const auto add = [&](const Row& row) { add_relationship(*table, row); };
      if (Status status = for_each_row(*table, add); !status) return status;
    }
    return flush();
  }

 private:
  struct Row {
    const PropertyChunk& chunk;
    std::uint32_t number;  // In the table.
    std::uint32_t offset;  // In the chunk.
    LayersPtr layers;
  };

  template <class Add>
  Status for_each_row(const PropertyTable& table, Add&& add) {
    std::uint32_t first = 0;
    for (const ChunkPtr& chunk : table.chunks()) {
      RowMask exists = chunk->live();
      exists |= chunk->deleted();
      auto layers = chunk->layers().begin();
      for (std::uint32_t offset = 0; offset < chunk->rows(); ++offset) {
        if (!exists.test(offset)) continue;
        while (layers != chunk->layers().end() && layers->row < offset) {
          ++layers;
        }
        const bool layered = layers != chunk->layers().end() && layers->row == offset;
        add(Row{*chunk, first + offset, offset, layered ? layers->layers : nullptr});
        if (batch_is_full()) {
          if (Status status = flush(); !status) return status;
        }
      }
      first += chunk->rows();
    }
    return {};
  }

  void add_partitions_and_scopes() {
    std::uint32_t id = 0;
    for (const auto& partition : snapshot_.partitions()) {
      if (partition) batch_.partitions.push_back({PartitionId{id}, *partition});
      ++id;
    }
    for (const OverrideScope& scope : snapshot_.scopes()) {
      batch_.scopes.push_back({scope.id, scope.name, scope.age});
    }
  }

  void add_entity(const EntityTable& table, const Row& row) {
    EntityPut put;
    put.type = table.type();
    put.classes = classes_of(value(row, slots::kClass));
    fill(put, table, row);
    batch_.entities.push_back(std::move(put));
  }

  void add_relationship(const RelationshipTable& table, const Row& row) {
    const EntityTable* from = snapshot_.entity_table(table.from_type());
    const EntityTable* to = snapshot_.entity_table(table.to_type());
    const std::uint32_t from_row = table.from_row(row.number);
    const std::uint32_t to_row = table.to_row(row.number);
    // A soft-deleted relationship may outlive an end that was erased; it can never come back then.
    if (from == nullptr || to == nullptr || !exists(*from, from_row) || !exists(*to, to_row))
      return;
    RelationshipPut put;
    const std::string_view type = value(row, slots::kType).as_string();
    put.relationship_type = snapshot_.names().relationship_types.intern(type);
    put.verb = table.verb();
    put.from = from->id(from_row);
    put.to = to->id(to_row);
    put.mapped = table.mapped(row.number);
    fill(put, table, row);
    batch_.relationships.push_back(std::move(put));
  }

  [[nodiscard]] static bool exists(const EntityTable& table, std::uint32_t row) {
    const PropertyChunk& chunk = table.chunk_of(row);
    return chunk.live().test(row % kChunkRows) || chunk.deleted().test(row % kChunkRows);
  }

  // What entities and relationships have in common.
  template <class Put>
  void fill(Put& put, const PropertyTable& table, const Row& row) {
    put.id = table.id(row.number);
    put.partition = table.partition(row.number);
    put.key = value(row, slots::kKey).as_string();
    put.meta.created_on_ms = number(row, slots::kCreatedOn);
    put.meta.begin_on_ms = number(row, slots::kBeginOn);
    put.meta.version = static_cast<std::uint32_t>(number(row, slots::kVersion));
    put.meta.deleted = row.chunk.deleted().test(row.offset);
    if (put.meta.deleted) put.meta.end_on_ms = number(row, slots::kEndOn);
    put.sets_base = true;
    put.base = base_of(table, row);
    put.sets_layers = row.layers != nullptr;
    put.layers = row.layers;
  }

  std::span<const NamedValue> base_of(const PropertyTable& table, const Row& row) {
    found_.clear();
    const std::span<const PropertyId> properties = table.properties();
    for (Slot slot = slots::kFirstProperty; slot < properties.size(); ++slot) {
      const ValueView found = value(row, slot);
      if (!found.is_null()) found_.push_back({properties[slot], found});
    }
    const auto base = batch_.arena.allocate_array<NamedValue>(found_.size());
    std::ranges::copy(found_, base.begin());
    std::ranges::sort(base, {}, &NamedValue::property);
    return base;
  }

  ValueView value(const Row& row, Slot slot) {
    const Column* column = row.chunk.base(slot);
    return column == nullptr ? ValueView{} : column->at(row.offset, batch_.arena);
  }

  std::int64_t number(const Row& row, Slot slot) {
    const ValueView found = value(row, slot);
    return found.kind() == ValueKind::Number ? static_cast<std::int64_t>(found.as_number()) : 0;
  }

  // The few class arrays of a type are looked up once each: rows share the list in their column.
  std::span<const ClassId> classes_of(ValueView names) {
    if (names.kind() != ValueKind::List) return {};
    // Kept to the end: batches point to it.
    const auto [at, fresh] = class_arrays_.try_emplace(names.as_list().data());
    if (fresh) {
      for (const ValueView name : names.as_list()) {
        at->second.push_back(ClassId{snapshot_.names().classes.intern(name.as_string())});
      }
    }
    return at->second;
  }

  [[nodiscard]] bool batch_is_full() const {
    return batch_.entities.size() + batch_.relationships.size() >= kBatchObjectsMax ||
           batch_.arena.bytes() >= kBatchArenaBytesMax;
  }

  Status flush() {
    if (batch_.empty()) return {};
    const ChangeSet full = std::exchange(batch_, ChangeSet{});
    return sink_(full);
  }

  const Snapshot& snapshot_;
  const std::function<Status(const ChangeSet&)>& sink_;
  ChangeSet batch_;
  std::vector<NamedValue> found_;
  std::unordered_map<const ValueView*, std::vector<ClassId>> class_arrays_;
};

}  // namespace

Status for_each_change_set(const Snapshot& snapshot,
                           const std::function<Status(const ChangeSet&)>& sink) {
  return SnapshotExporter(snapshot, sink).run();
}

}  // namespace callisto::persist
