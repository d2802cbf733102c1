// RETURN TREE: the entities and relationships on all paths, each once, sorted.
#pragma once

#include <span>
#include <vector>

#include "query/executor/path_source.h"

namespace callisto::query {

struct Tree {
  std::vector<PackedRef> vertices{};
  std::vector<PackedRef> edges{};
};

class TreeCollector {
 public:
  explicit TreeCollector(RunContext& run) : run_(run), held_(run.guard) {}

  // Adds a path. False when the guard has stopped the run.
  [[nodiscard]] bool add(std::span<const PackedRef> path);
  // From reduced sets alone, without a path.
  void add_sets(std::span<const NodeSet> sets, PatternFilters& filters);
  [[nodiscard]] Tree finish();

 private:
  void add_edges(std::uint32_t hop, std::span<const NodeSet> sets, PatternFilters& filters);
  void compact(std::vector<PackedRef>& refs);
  // Charges what is collected, and room for so many more; true when the run has to end.
  bool count(std::size_t more = 0);

  RunContext& run_;
  HeldBytes held_;
  Tree tree_;
  std::size_t compact_at_ = 65'536;
};

}  // namespace callisto::query
