// `alias.*`: which columns there are is the engine's business, what stands in them the oracle's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/ast/ast.h"
#include "tests/oracle/engine_answer.h"
#include "tests/oracle/world.h"

namespace callisto::oracle {

// Replaces each `x.*` of the query by an item for each property that the engine made a column of,
// and takes columns out of the answers that the oracle knows nothing about (times, versions, ids).
// The answers have equal columns.
//
// Returns what is missing: a property that something named by `x` has and that is no column
// (j1ql 7.3).
[[nodiscard]] std::optional<std::string> spell_out_all_properties(
    query::ast::Query& query, const World& world, const std::vector<EngineAnswer*>& answers);

}  // namespace callisto::oracle
