// All entities of one `_type`. Immutable; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/partition.h"
#include "core/graph/property_table.h"
#include "core/names/names.h"

namespace callisto {

// A `_class` array and how many live rows have it.
struct ClassSet {
  std::vector<ClassId> classes;
  std::uint32_t live_rows = 0;
  [[nodiscard]] bool contains(ClassId id) const;
};

class EntityTable : public PropertyTable {
 public:
  [[nodiscard]] TypeId type() const { return type_; }

  // The few distinct `_class` arrays of this type.
  [[nodiscard]] std::span<const ClassSet> class_sets() const { return class_sets_; }

  // Live rows of a class; equal to live_rows() when every row has it: then a scan needs no class
  // test.
  [[nodiscard]] std::uint32_t live_rows_of(ClassId id) const;

 private:
  friend class EntityTableWriter;
  TypeId type_{};
  std::vector<ClassSet> class_sets_;
};

}  // namespace callisto
