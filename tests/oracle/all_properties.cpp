// A column `x.name` is one of `x.*` when it stands at its place in the row.
#include "tests/oracle/all_properties.h"

#include <algorithm>
#include <set>

#include "tests/oracle/matcher.h"
#include "tests/oracle/random_graph.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;

bool is_known(const std::string& property) {
  const std::vector<std::string> words = graph_words().properties;
  return std::find(words.begin(), words.end(), property) != words.end();
}

// What some element that the selector names on some path has.
std::set<std::string> present(const ast::Query& query,
                              const std::string& selector,
                              const World& world) {
  std::set<std::string> found;
  for (const Path& path : match(query, world)) {
    const auto element = selected(query, path, selector);
    if (!element) continue;
    for (const std::string& name : graph_words().properties) {
      if (!is_null(property_of(world.graph, *element, name, world.options.layer))) {
        found.insert(name);
      }
    }
  }
  return found;
}

void erase_column(EngineAnswer& answer, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  answer.columns.erase(answer.columns.begin() + at);
  for (auto& row : answer.rows)
    row.erase(row.begin() + at);
}

}  // namespace

std::optional<std::string> spell_out_all_properties(ast::Query& query,
                                                    const World& world,
                                                    const std::vector<EngineAnswer*>& answers) {
  if (!query.returns) return std::nullopt;
  std::vector<ast::ReturnItem> items;
  const std::vector<std::string>& columns = answers.front()->columns;
  std::size_t column = 0;
  for (const ast::ReturnItem& item : query.returns->items) {
    const auto* all = std::get_if<ast::AllProperties>(&item.expression.node);
    if (all == nullptr) {
      items.push_back(item);
      ++column;
      continue;
    }
    const std::string prefix = all->selector.text + ".";
    std::set<std::string> shown;
    while (column < columns.size() && columns[column].starts_with(prefix)) {
      const std::string name = columns[column].substr(prefix.size());
      // The next item may be `x.*` as well, or `x.name`: a name comes once in each.
      if (!shown.insert(name).second) break;
      if (!is_known(name)) {
        for (EngineAnswer* answer : answers)
          erase_column(*answer, column);
        continue;
      }
      ast::ReturnItem one;
      one.expression = {ast::PropertyRef{ast::Name{all->selector.text}, ast::Name{name}}};
      one.column = columns[column++];
      items.push_back(std::move(one));
    }
    for (const std::string& name : present(query, all->selector.text, world)) {
      if (!shown.contains(name)) return "no column " + prefix + name;
    }
  }
  query.returns->items = std::move(items);
  return std::nullopt;
}

}  // namespace callisto::oracle
