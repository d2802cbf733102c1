// What RETURN computes, by the letter of j1ql 7.3 to 7.8.
#pragma once

#include <vector>

#include "tests/oracle/matcher.h"
#include "tests/oracle/oracle.h"

namespace callisto::oracle {

// Whether there is an aggregate in it (j1ql 7.4).
[[nodiscard]] bool has_aggregate(const query::ast::Expression& expression);

// j1ql 7.4: an aggregate anywhere, in RETURN, HAVING or ORDER BY, makes groups.
[[nodiscard]] bool groups_rows(const query::ast::Query& query);

// A row of a table and the paths that it stands for.
struct TableRow {
  Row row{};
  std::vector<const Path*> paths{};
};

// One path as rows: one, or with UNWIND one for each combination of elements.
[[nodiscard]] std::vector<TableRow> path_rows(const query::ast::Query& query,
                                              const Path& path,
                                              const World& world);

// One row for each group of paths; without group key one row in any case.
[[nodiscard]] std::vector<TableRow> grouped_rows(const query::ast::Query& query,
                                                 const std::vector<Path>& paths,
                                                 const World& world);

// j1ql 7.8; the first of equal rows stays.
void drop_equal_rows(std::vector<TableRow>& rows);

// What HAVING and ORDER BY see of a row: a name is that of a column, of a part of the pattern or of
// a property of the first entity, in this order (j1ql 7.3a, 7.7, 8.2).
[[nodiscard]] Value key_value(const query::ast::Query& query,
                              const query::ast::Expression& key,
                              const TableRow& row,
                              const World& world);

// A cell as text; equal cells have equal texts.
[[nodiscard]] std::string text_of(const PlainGraph& graph, const Cell& cell);

}  // namespace callisto::oracle
