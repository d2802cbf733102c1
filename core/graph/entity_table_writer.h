// Builds the next version of one entity type's table.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/graph/entity_table.h"
#include "core/graph/table_writer.h"

namespace callisto {

class EntityTableWriter {
 public:
  EntityTableWriter(TypeId type, std::shared_ptr<const EntityTable> current, Names& names);

  [[nodiscard]] TableWriter& rows() { return rows_; }

  [[nodiscard]] const TableWriter& rows() const { return rows_; }

  // `row` is rows().add_row()'s for a new entity.
  void put(const EntityPut& put, std::uint32_t row, bool is_new);
  void erase(std::uint32_t row);
  [[nodiscard]] std::shared_ptr<const EntityTable> finish();

 private:
  // The `_class` array of a put as a list value; the same array is made once.
  [[nodiscard]] std::size_t class_set(std::span<const ClassId> classes);
  [[nodiscard]] std::size_t class_set_of(std::uint32_t row);

  TypeId type_;
  std::shared_ptr<const EntityTable> current_;
  Names& names_;
  TableWriter rows_;
  std::vector<ClassSet> class_sets_;
  ValueView type_value_;
  std::deque<ValueView> class_values_;  // Beside class_sets_; rows point into it.
  std::unordered_multimap<std::uint64_t, std::size_t> sets_by_hash_;
  std::size_t last_set_ = 0;
  Arena arena_;
};

}  // namespace callisto
