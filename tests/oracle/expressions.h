// What RETURN computes, by the letter of j1ql 7.3 to 7.8.
#pragma once

#include <vector>

#include "tests/oracle/matcher.h"
#include "tests/oracle/oracle.h"

namespace callisto::oracle {

[[nodiscard]] bool has_aggregates(const query::ast::Return& returns);

// One path as rows: one, or with UNWIND one for each combination of elements.
[[nodiscard]] std::vector<Row> path_rows(const query::ast::Query& query,
                                         const Path& path,
                                         const World& world);

// One row for each group of paths; without group key one row in any case.
[[nodiscard]] std::vector<Row> grouped_rows(const query::ast::Query& query,
                                            const std::vector<Path>& paths,
                                            const World& world);

// j1ql 7.8; the first of equal rows stays.
void drop_equal_rows(std::vector<Row>& rows);

// A cell as text; equal cells have equal texts.
[[nodiscard]] std::string text_of(const PlainGraph& graph, const Cell& cell);

}  // namespace callisto::oracle
