// What the engine answers, in the oracle's terms.
#pragma once

#include <string>
#include <vector>

#include "core/graph/snapshot.h"
#include "tests/oracle/oracle.h"

namespace callisto::oracle {

// A graph as the engine has it.
struct LoadedGraph {
  SnapshotPtr snapshot{};
  std::map<std::string, std::string> names{};  // `_id` -> name_of().
};

[[nodiscard]] LoadedGraph load(const PlainGraph& graph);

struct EngineAnswer {
  Shape shape = Shape::List;
  std::vector<std::string> columns{};
  std::vector<std::vector<std::string>> rows{};  // Cells as text_of() writes them.
};

// Errors: the engine's own.
[[nodiscard]] Result<EngineAnswer> ask_engine(const LoadedGraph& graph,
                                              const std::string& text,
                                              const QueryOptions& options);

}  // namespace callisto::oracle
