// Which parts of a query are ours: accepted here, and promised by nobody else who speaks J1QL.
#pragma once

#include <vector>

#include "query/ast/ast.h"
#include <callisto/query_result.h>

namespace callisto::query {

// A warning for each place, in their order, with the span and how others write it. The list is that
// of docs/j1ql.md, "What is ours". Complexity: linear in the tree.
[[nodiscard]] std::vector<Warning> portability_of(const ast::Query& query);

}  // namespace callisto::query
