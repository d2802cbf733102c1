// Metadata that no table stores: who owns an object, whether it is deleted, where a relationship
// begins and ends.
#include <array>
#include <string>
#include <unordered_map>

#include "core/graph/snapshot.h"
#include "core/overlay/precedence.h"

namespace callisto {
namespace {

ValueView text_or_absent(std::string_view text) {
  return text.empty() ? ValueView{} : ValueView::string(text);
}

// What a partition says of its objects.
ValueView of_partition(const PartitionInfo& partition, PropertyId property) {
  switch (property.value) {
    case metadata::kSource.value:
      return text_or_absent(partition.source);
    case metadata::kScope.value:
      // For integrations the scope is the instance (wire-api 4).
      return text_or_absent(partition.instance_id.empty() ? partition.scope
                                                          : partition.instance_id);
    case metadata::kIntegrationInstanceId.value:
      return text_or_absent(partition.instance_id);
    case metadata::kIntegrationType.value:
      return text_or_absent(partition.integration_type);
    case metadata::kIntegrationName.value:
      return text_or_absent(partition.integration_name);
    case metadata::kIntegrationClass.value:
      return text_or_absent(partition.integration_class);
    case metadata::kIntegrationDefinitionId.value:
      return text_or_absent(partition.integration_definition_id);
    default:
      return {};
  }
}

bool is_of_partition(PropertyId property) {
  return property == metadata::kSource || property == metadata::kScope ||
         (property >= metadata::kIntegrationType &&
          property <= metadata::kIntegrationDefinitionId) ||
         property == metadata::kIntegrationInstanceId;
}

ValueView id_text(const Uuid& id, Arena& scratch) {
  const std::span<char> text = scratch.allocate_array<char>(36);
  format_uuid(id, text.data());
  return ValueView::string({text.data(), text.size()});
}

// The stored value as a view shows it.
ValueView stored(const PropertyTable& table,
                 std::uint32_t row,
                 PropertyId property,
                 Arena& scratch,
                 LayerView view) {
  if (view == LayerView::Effective || metadata::is_metadata(property))
    return table.value(row, property, scratch);
  const ValueView base = table.base_value(row, property, scratch);
  const ObjectLayers* layers = table.chunk_of(row).layers(row % kChunkRows);
  return resolve_value(layers == nullptr ? nullptr : layers->find(property), base, view, scratch);
}

bool is_deleted(const PropertyTable& table, std::uint32_t row) {
  return table.chunk_of(row).deleted().test(row % kChunkRows);
}

// Derived properties that entities and relationships share.
ValueView shared_derived(const Snapshot& snapshot,
                         const PropertyTable& table,
                         std::uint32_t row,
                         PropertyId property) {
  if (property == metadata::kAccountId) return ValueView::string(snapshot.account());
  if (property == metadata::kDeleted) return ValueView::boolean(is_deleted(table, row));
  if (property == metadata::kLatest) return ValueView::boolean(true);
  return of_partition(*snapshot.partitions()[table.partition(row).value], property);
}

bool is_end(PropertyId property) {
  return property >= metadata::kFromEntityId && property <= metadata::kToEntityKey;
}

ValueView end_of(const Snapshot& snapshot,
                 const RelationshipTable& table,
                 std::uint32_t row,
                 PropertyId property,
                 Arena& scratch) {
  const bool from = property == metadata::kFromEntityId || property == metadata::kFromEntityKey;
  const EntityTable& entities = *snapshot.entity_table(from ? table.from_type() : table.to_type());
  const std::uint32_t end = from ? table.from_row(row) : table.to_row(row);
  const bool wants_id = property == metadata::kFromEntityId || property == metadata::kToEntityId;
  return wants_id ? id_text(entities.id(end), scratch)
                  : entities.value(end, metadata::kKey, scratch);
}

bool is_shared_derived(PropertyId property) {
  return property == metadata::kAccountId || property == metadata::kDeleted ||
         property == metadata::kLatest || is_of_partition(property);
}

ColumnPtr shared_derived_column(const Snapshot& snapshot,
                                const PropertyTable& table,
                                std::uint32_t chunk,
                                PropertyId property) {
  const PropertyChunk& rows = *table.chunks()[chunk];
  Dictionary& strings = snapshot.names().strings;
  if (property == metadata::kAccountId) {
    return Column::constant(ValueView::string(snapshot.account()), rows.rows(), strings);
  }
  if (property == metadata::kLatest)
    return Column::constant(ValueView::boolean(true), rows.rows(), strings);
  std::vector<ValueView> values(rows.rows());
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    values[row] = shared_derived(snapshot, table, chunk * kChunkRows + row, property);
  }
  return Column::build(values, strings);
}

}  // namespace

ValueView Snapshot::value(EntityRef ref,
                          PropertyId property,
                          Arena& scratch,
                          LayerView view) const {
  const EntityTable* table = entity_table(ref.type);
  if (table == nullptr || ref.row >= table->rows()) return {};
  if (is_shared_derived(property)) return shared_derived(*this, *table, ref.row, property);
  return stored(*table, ref.row, property, scratch, view);
}

ValueView Snapshot::value(RelationshipRef ref,
                          PropertyId property,
                          Arena& scratch,
                          LayerView view) const {
  if (ref.table >= relationship_tables_.size()) return {};
  const RelationshipTable& table = *relationship_tables_[ref.table];
  if (ref.row >= table.rows()) return {};
  if (is_end(property)) return end_of(*this, table, ref.row, property, scratch);
  if (is_shared_derived(property)) return shared_derived(*this, table, ref.row, property);
  return stored(table, ref.row, property, scratch, view);
}

ColumnPtr Snapshot::derived_column(const EntityTable& table,
                                   std::uint32_t chunk,
                                   PropertyId property) const {
  return is_shared_derived(property) ? shared_derived_column(*this, table, chunk, property)
                                     : nullptr;
}

ColumnPtr Snapshot::derived_column(const RelationshipTable& table,
                                   std::uint32_t chunk,
                                   PropertyId property) const {
  if (is_shared_derived(property)) return shared_derived_column(*this, table, chunk, property);
  if (!is_end(property)) return nullptr;
  Arena scratch;
  std::vector<ValueView> values(table.chunks()[chunk]->rows());
  for (std::uint32_t row = 0; row < values.size(); ++row) {
    values[row] = end_of(*this, table, chunk * kChunkRows + row, property, scratch);
  }
  return Column::build(values, names_->strings);
}

}  // namespace callisto
