#include "core/graph/relationship_table.h"

namespace callisto {

std::size_t RelationshipTable::adjacency_bytes() const {
  std::size_t total = 0;
  for (const auto& ends : ends_) {
    total += (ends->from.capacity() + ends->to.capacity()) * sizeof(std::uint32_t) + sizeof(Ends);
  }
  for (const Blocks* blocks : {&out_, &in_}) {
    for (const auto& block : *blocks) {
      if (!block) continue;
      total +=
          (block->offsets.capacity() + block->neighbours.capacity() + block->edges.capacity()) *
          sizeof(std::uint32_t);
    }
  }
  return total;
}

}  // namespace callisto
