// The reference evaluator: what a query has to answer, computed in the most obvious way from its
// syntax tree and a plain graph. It follows the rules of the language one by one (the numbers in
// its comments) and shares no code with the engine but the tree itself.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "query/ast/ast.h"
#include "tests/oracle/world.h"

namespace callisto::oracle {

// A value, or a whole entity or relationship.
using Cell = std::variant<Value, Element>;

struct Row {
  std::vector<Cell> cells{};
  std::vector<Value> keys{};  // What ORDER BY sorts by.
};

enum class Shape : std::uint8_t { List, Table, Tree };

// The rows in the order asked for, before SKIP and LIMIT; rows with equal keys in any order.
// List: one cell a row. Tree: `tree` instead of rows; `paths` of them, all if no LIMIT cuts some
// off.
struct Answer {
  Shape shape = Shape::List;
  std::vector<std::string> columns{};
  std::vector<Row> rows{};
  std::vector<bool> descending{};  // One for each key.
  std::set<Element> tree{};
  std::size_t paths = 0;
};

// Throws std::runtime_error for what it does not know or what is no valid query.
[[nodiscard]] Answer ask(const query::ast::Query& query, const World& world);

// j1ql 8.2: numbers, strings, booleans; a list by its first element; absent last in both
// directions. Negative, zero or positive.
[[nodiscard]] int compare_keys(const Value& a, const Value& b, bool descending);

}  // namespace callisto::oracle
