// Engine against oracle.
#pragma once

#include <optional>
#include <string>

#include "tests/oracle/engine_answer.h"

namespace callisto::oracle {

struct Difference {
  bool refused = false;  // The engine gave an error instead of an answer.
  std::string text{};
};

// Whether the engine's answer is one that the oracle's answer allows: the same rows, and in the
// same order except for rows whose keys are equal. Empty when it is.
[[nodiscard]] std::optional<std::string> disagreement(const Answer& wanted,
                                                      const EngineAnswer& got,
                                                      const query::ast::Query& query,
                                                      const PlainGraph& graph);

struct Verdict {
  std::optional<Difference> difference{};
  std::size_t rows = 0;  // Of the oracle.
};

// Asks both, the engine with the optimizer on and off; its two answers have to be the same to the
// order of rows.
[[nodiscard]] Verdict check(const PlainGraph& graph,
                            const LoadedGraph& loaded,
                            const std::string& text,
                            const QueryOptions& options);

}  // namespace callisto::oracle
