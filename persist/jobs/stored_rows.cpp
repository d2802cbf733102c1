#include "persist/jobs/stored_rows.h"

#include <algorithm>

namespace callisto::persist {
namespace {

ValueView stored(const PropertyTable& table, std::uint32_t row, Slot slot) {
  const Column* column = table.chunk_of(row).base(slot);
  return column == nullptr ? ValueView{} : column->at(row % kChunkRows);
}

std::int64_t stored_integer(const PropertyTable& table, std::uint32_t row, Slot slot) {
  const ValueView value = stored(table, row, slot);
  return value.kind() == ValueKind::Number ? static_cast<std::int64_t>(value.as_number()) : 0;
}

}  // namespace

const StoredRows::Counts& StoredRows::counts(const PropertyTable& table,
                                             const PropertyChunk& chunk) {
  if (&chunk == last_chunk_) return *last_counts_;
  std::unique_ptr<Counts>& counts = counts_[&chunk];
  if (!counts) {
    counts = std::make_unique<Counts>();
    counts->fill(0);
    const auto slots_end = static_cast<Slot>(table.properties().size());
    for (Slot slot = slots::kFirstProperty; slot < slots_end; ++slot) {
      const Column* column = chunk.base(slot);
      if (column == nullptr) continue;
      if (!column->has_absent()) {
        for (std::uint32_t row = 0; row < column->rows(); ++row) {
          ++(*counts)[row];
        }
      } else {
        column->presence().for_each([&](std::uint32_t row) { ++(*counts)[row]; });
      }
    }
  }
  last_chunk_ = &chunk;
  last_counts_ = counts.get();
  return *last_counts_;
}

bool StoredRows::same_base(const PropertyTable& table,
                           std::uint32_t row,
                           std::span<const NamedValue> properties) {
  const PropertyChunk& chunk = table.chunk_of(row);
  const std::uint32_t in_chunk = row % kChunkRows;
  if (counts(table, chunk)[in_chunk] != properties.size()) return false;
  for (const NamedValue& named : properties) {
    const std::optional<Slot> slot = table.slot(named.property);
    if (!slot) return false;
    const Column* column = chunk.base(*slot);
    if (column == nullptr || !(column->at(in_chunk) == named.value)) return false;
  }
  return true;
}

bool StoredRows::same_classes(const EntityTable& table,
                              std::uint32_t row,
                              std::span<const ClassId> classes) {
  const ValueView value = stored(table, row, slots::kClass);
  if (value.kind() != ValueKind::List) return classes.empty();
  const std::span<const ValueView> names = value.as_list();
  if (names.data() == last_stored_ && classes.data() == last_wanted_) return last_same_;
  last_stored_ = names.data();
  last_wanted_ = classes.data();
  last_same_ =
      names.size() == classes.size() &&
      std::equal(names.begin(), names.end(), classes.begin(), [&](ValueView name, ClassId id) {
        return name.as_string() == snapshot_.names().text(id);
      });
  return last_same_;
}

std::span<const NamedValue> StoredRows::base(const PropertyTable& table,
                                             std::uint32_t row,
                                             Arena& arena) const {
  const PropertyChunk& chunk = table.chunk_of(row);
  const std::uint32_t in_chunk = row % kChunkRows;
  const std::span<const PropertyId> properties = table.properties();
  const std::span<NamedValue> out = arena.allocate_array<NamedValue>(properties.size());
  std::size_t size = 0;
  for (Slot slot = slots::kFirstProperty; slot < properties.size(); ++slot) {
    const Column* column = chunk.base(slot);
    if (column == nullptr) continue;
    const ValueView value = column->at(in_chunk);
    if (!value.is_null()) out[size++] = {.property = properties[slot], .value = value};
  }
  const std::span<NamedValue> found = out.first(size);
  std::sort(found.begin(), found.end(), [](const NamedValue& a, const NamedValue& b) {
    return a.property < b.property;
  });
  return found;
}

std::span<const ClassId> StoredRows::classes(const EntityTable& table,
                                             std::uint32_t row,
                                             Arena& arena) const {
  const ValueView value = stored(table, row, slots::kClass);
  if (value.kind() != ValueKind::List) return {};
  const std::span<ClassId> ids = arena.allocate_array<ClassId>(value.as_list().size());
  std::size_t at = 0;
  for (const ValueView name : value.as_list()) {
    ids[at++] = ClassId{snapshot_.names().classes.intern(name.as_string())};
  }
  return ids;
}

ObjectMeta StoredRows::meta(const PropertyTable& table, std::uint32_t row) {
  ObjectMeta meta;
  meta.created_on_ms = stored_integer(table, row, slots::kCreatedOn);
  meta.begin_on_ms = stored_integer(table, row, slots::kBeginOn);
  meta.end_on_ms = stored_integer(table, row, slots::kEndOn);
  meta.version = static_cast<std::uint32_t>(stored_integer(table, row, slots::kVersion));
  meta.deleted = table.chunk_of(row).deleted().test(row % kChunkRows);
  return meta;
}

std::string_view StoredRows::key(const PropertyTable& table, std::uint32_t row) {
  const ValueView value = stored(table, row, slots::kKey);
  return value.kind() == ValueKind::String ? value.as_string() : std::string_view{};
}

const ObjectLayers* StoredRows::layers(const PropertyTable& table, std::uint32_t row) {
  const PropertyChunk& chunk = table.chunk_of(row);
  return chunk.layers().empty() ? nullptr : chunk.layers(row % kChunkRows);
}

std::uint32_t StoredRows::relationship_type(const RelationshipTable& table,
                                            std::uint32_t row) const {
  const ValueView value = stored(table, row, slots::kType);
  return snapshot_.names().relationship_types.intern(
      value.kind() == ValueKind::String ? value.as_string() : std::string_view{});
}

const Uuid& StoredRows::from(const RelationshipTable& table, std::uint32_t row) const {
  return snapshot_.entity_table(table.from_type())->id(table.from_row(row));
}

const Uuid& StoredRows::to(const RelationshipTable& table, std::uint32_t row) const {
  return snapshot_.entity_table(table.to_type())->id(table.to_row(row));
}

void RowMarks::set(std::uint32_t table, std::uint32_t row) {
  if (table >= masks_.size()) masks_.resize(table + 1);
  std::vector<RowMask>& chunks = masks_[table];
  const std::size_t chunk = row / kChunkRows;
  if (chunk >= chunks.size()) chunks.resize(chunk + 1);
  chunks[chunk].set(row % kChunkRows);
}

bool RowMarks::test(std::uint32_t table, std::uint32_t row) const {
  if (table >= masks_.size()) return false;
  const std::size_t chunk = row / kChunkRows;
  return chunk < masks_[table].size() && masks_[table][chunk].test(row % kChunkRows);
}

}  // namespace callisto::persist
