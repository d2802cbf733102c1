// What a query computes, in operators of the logical kind: scan, traverse, optional, negate, filter
// at the node or on the path, and the shape of the answer. Knows no table, row or pointer of the
// store, so that it can be lowered to another engine as well.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "query/binder/bound_query.h"

namespace callisto::query {

// How much of the paths the answer needs.
enum class Need : std::uint8_t {
  Starts,   // Which starting entities have a path.
  Members,  // Which entities and relationships lie on a path (TREE).
  Paths,    // Every path.
};

// A part of WHERE on several variables, all of which are bound once `variable` is.
struct PathFilter {
  VariableId variable = kNoVariable;  // Of the entity that a hop of the chain leads to.
  Condition condition{};
};

struct LogicalPlan {
  std::shared_ptr<const BoundQuery> query;  // Items, keys, reads and constants.
  BoundNode start{};                        // Filters of the pattern include what WHERE says of one
  std::vector<BoundStep> steps{};           // variable alone.
  std::vector<PathFilter> path_filters{};
  std::optional<Condition> where{};  // The rest of WHERE, on whole paths.
  Need need = Need::Paths;
};

}  // namespace callisto::query
