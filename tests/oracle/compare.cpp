// Row by row; rows that the query does not order are compared as a heap.
#include "tests/oracle/compare.h"

#include <algorithm>
#include <map>

#include "query/parser/parser.h"
#include "tests/oracle/all_properties.h"
#include "tests/oracle/expressions.h"

namespace callisto::oracle {

namespace {

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    line += (line.empty() ? "" : " | ") + cell;
  }
  return line;
}

std::string line_of(const PlainGraph& graph, const Row& row) {
  std::vector<std::string> cells;
  for (const Cell& cell : row.cells) {
    cells.push_back(text_of(graph, cell));
  }
  return line_of(cells);
}

bool same_keys(const Answer& answer, const Row& a, const Row& b) {
  for (std::size_t i = 0; i < answer.descending.size(); ++i) {
    if (compare_keys(a.keys[i], b.keys[i], answer.descending[i]) != 0) return false;
  }
  return true;
}

std::string both(const Answer& wanted, const EngineAnswer& got, const PlainGraph& graph) {
  std::string text = "\noracle (all rows, before SKIP and LIMIT):";
  for (const Row& row : wanted.rows) {
    text += "\n  " + line_of(graph, row);
  }
  for (const Element element : wanted.tree) {
    text += "\n  " + name_of(graph, element);
  }
  text += "\nengine:";
  for (const auto& row : got.rows) {
    text += "\n  " + line_of(row);
  }
  return text;
}

// Each row of the engine has to stand among rows with the same keys, as often as they allow.
std::optional<std::string> rows_disagree(const Answer& wanted,
                                         const EngineAnswer& got,
                                         const query::ast::Query& query,
                                         const PlainGraph& graph) {
  const std::size_t total = wanted.rows.size();
  const auto skip =
      static_cast<std::size_t>(std::min<std::uint64_t>(query.skip.value_or(0), total));
  const auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>(query.limit.value_or(total), total - skip));
  if (got.rows.size() != count) {
    return "the engine gives " + std::to_string(got.rows.size()) + " rows instead of " +
           std::to_string(count);
  }
  std::size_t begin = 0;
  while (begin < total) {
    std::size_t end = begin + 1;
    while (end < total && same_keys(wanted, wanted.rows[begin], wanted.rows[end])) {
      ++end;
    }
    std::map<std::string, int> left;
    for (std::size_t i = begin; i < end; ++i) {
      ++left[line_of(graph, wanted.rows[i])];
    }
    for (std::size_t i = std::max(begin, skip); i < std::min(end, skip + count); ++i) {
      const std::string line = line_of(got.rows[i - skip]);
      if (--left[line] < 0) {
        return "row " + std::to_string(i - skip + 1) + " of the engine has no place there: " + line;
      }
    }
    begin = end;
  }
  return std::nullopt;
}

std::optional<std::string> tree_disagrees(const Answer& wanted,
                                          const EngineAnswer& got,
                                          const query::ast::Query& query,
                                          const PlainGraph& graph) {
  std::set<std::string> names;
  for (const Element element : wanted.tree) {
    names.insert(name_of(graph, element));
  }
  std::set<std::string> seen;
  for (const auto& row : got.rows) {
    if (!names.contains(row.at(0))) return "the engine's tree has " + row.at(0);
    if (!seen.insert(row.at(0)).second) return row.at(0) + " stands twice in the engine's tree";
  }
  const bool cut = query.skip.value_or(0) > 0 || query.limit.value_or(wanted.paths) < wanted.paths;
  if (!cut && seen != names) return "the engine's tree is not whole";
  return std::nullopt;
}

Verdict refused(std::string text) {
  return {Difference{true, std::move(text)}};
}

}  // namespace

std::optional<std::string> disagreement(const Answer& wanted,
                                        const EngineAnswer& got,
                                        const query::ast::Query& query,
                                        const PlainGraph& graph) {
  std::optional<std::string> found;
  if (wanted.shape != got.shape) {
    found = "another shape";
  } else if (wanted.shape == Shape::Tree) {
    found = tree_disagrees(wanted, got, query, graph);
  } else if (wanted.shape == Shape::Table && wanted.columns != got.columns) {
    found = "other columns";
  } else {
    found = rows_disagree(wanted, got, query, graph);
  }
  if (found) *found += both(wanted, got, graph);
  return found;
}

Verdict check(const PlainGraph& graph,
              const LoadedGraph& loaded,
              const std::string& text,
              const QueryOptions& options) {
  auto tree = query::parse(text);
  if (!tree) return refused("parser: " + tree.error().message);
  QueryOptions with = options;
  with.optimize = true;
  auto optimized = ask_engine(loaded, text, with);
  if (!optimized) return refused(optimized.error().message);
  with.optimize = false;
  auto plain = ask_engine(loaded, text, with);
  if (!plain) return refused("without optimizer: " + plain.error().message);
  const World world{graph, options};
  if (const auto missing = spell_out_all_properties(*tree, world, {&*optimized, &*plain})) {
    return {Difference{false, *missing}};
  }
  const Answer wanted = ask(*tree, world);
  const std::size_t rows = wanted.rows.size() + wanted.tree.size();
  if (const auto found = disagreement(wanted, *optimized, *tree, graph)) {
    return {Difference{false, *found}, rows};
  }
  if (const auto found = disagreement(wanted, *plain, *tree, graph)) {
    return {Difference{false, "without optimizer: " + *found}, rows};
  }
  if (optimized->rows != plain->rows) {
    return {Difference{false, "the order of rows depends on the optimizer"}, rows};
  }
  return {std::nullopt, rows};
}

}  // namespace callisto::oracle
