#include "core/graph/entity_table.h"

#include <algorithm>

namespace callisto {

bool ClassSet::contains(ClassId id) const {
  return std::find(classes.begin(), classes.end(), id) != classes.end();
}

std::uint32_t EntityTable::live_rows_of(ClassId id) const {
  std::uint32_t total = 0;
  for (const ClassSet& set : class_sets_) {
    if (set.contains(id)) total += set.live_rows;
  }
  return total;
}

}  // namespace callisto
