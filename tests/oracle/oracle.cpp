// The shape of the answer: list, tree or table (j1ql 7, 8.2, 10).
#include "tests/oracle/oracle.h"

#include <algorithm>
#include <stdexcept>

#include "tests/oracle/conditions.h"
#include "tests/oracle/expressions.h"
#include "tests/oracle/matcher.h"

namespace callisto::oracle {

namespace {

namespace ast = query::ast;

// Numbers before strings before booleans.
int rank_of(const Scalar& scalar) {
  if (std::holds_alternative<double>(scalar)) return 0;
  if (std::holds_alternative<std::string>(scalar)) return 1;
  return std::holds_alternative<bool>(scalar) ? 2 : 3;
}

// Of scalars of the same kind.
bool before(const Scalar& a, const Scalar& b) {
  return std::visit(
      [&](const auto& left) {
        using Kind = std::decay_t<decltype(left)>;
        if constexpr (std::is_same_v<Kind, Null>) {
          return false;
        } else {
          return left < std::get<Kind>(b);
        }
      },
      a);
}

Scalar first_of(const Value& value) {
  if (const auto* list = std::get_if<List>(&value)) {
    return list->empty() ? Scalar(Null{}) : list->front();
  }
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean;
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return Null{};
}

std::vector<Value> keys_of(const ast::Query& query, const TableRow& row, const World& world) {
  std::vector<Value> keys;
  for (const ast::SortKey& key : query.order_by) {
    keys.push_back(key_value(query, key.expression, row, world));
  }
  return keys;
}

bool in_order(const Row& a, const Row& b, const std::vector<bool>& descending) {
  for (std::size_t i = 0; i < descending.size(); ++i) {
    const int compared = compare_keys(a.keys[i], b.keys[i], descending[i]);
    if (compared != 0) return compared < 0;
  }
  return false;
}

void sort_rows(Answer& answer) {
  std::stable_sort(answer.rows.begin(), answer.rows.end(), [&](const Row& a, const Row& b) {
    return in_order(a, b, answer.descending);
  });
}

// What groups at the end of a chain add to a list: where they ended. A group at the end of another
// one could have been skipped, so where it began is an end of the other one too.
void add_ends(const std::vector<ast::Step>& steps,
              const Path& path,
              bool nested,
              std::set<std::size_t>& found) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto* group = std::get_if<ast::OptionalGroup>(&step->node);
    if (group == nullptr) return;
    for (const OptionalMark& mark : path.marks) {
      if (mark.group != group || !mark.taken || mark.first == mark.last) continue;
      if (nested) found.insert(path.elements[mark.first - 1].index);
      found.insert(path.elements[mark.last - 1].index);
      add_ends(group->steps, path, true, found);
    }
  }
}

// j1ql 7.1, 5.16: the starting entities, and what optionals at the end of the chain reached. Each
// stands where its first row stands.
void fill_list(const ast::Query& query,
               const std::vector<Path>& paths,
               const World& world,
               Answer& answer) {
  answer.shape = Shape::List;
  for (const Path& path : paths) {
    std::set<std::size_t> entities{path.elements[0].index};
    add_ends(query.steps, path, false, entities);
    for (const std::size_t entity : entities) {
      answer.rows.push_back({{Element{true, entity}}, keys_of(query, {{}, {&path}}, world)});
    }
  }
  sort_rows(answer);
  std::set<Element> seen;
  std::vector<Row> once;
  for (const Row& row : answer.rows) {
    if (seen.insert(std::get<Element>(row.cells[0])).second) once.push_back(row);
  }
  answer.rows = std::move(once);
}

// j1ql 7.2.
void fill_tree(const std::vector<Path>& paths, Answer& answer) {
  answer.shape = Shape::Tree;
  answer.paths = paths.size();
  for (const Path& path : paths) {
    answer.tree.insert(path.elements.begin(), path.elements.end());
  }
}

// A name of HAVING is flat: its first part may be a selector.
ast::Expression expression_of(const ast::Query& query, const ast::PropertyRef& name) {
  const std::string& whole = name.property.text;
  const std::size_t dot = whole.find('.');
  if (dot == std::string::npos || !names_part(query, whole.substr(0, dot))) {
    return {ast::PropertyRef{std::nullopt, ast::Name{whole}}};
  }
  return {ast::PropertyRef{ast::Name{whole.substr(0, dot)}, ast::Name{whole.substr(dot + 1)}}};
}

// j1ql 7.3 to 7.8.
void fill_table(const ast::Query& query,
                const std::vector<Path>& paths,
                const World& world,
                Answer& answer) {
  answer.shape = Shape::Table;
  for (const ast::ReturnItem& item : query.returns->items) {
    answer.columns.push_back(item.column);
  }
  std::vector<TableRow> rows;
  if (groups_rows(query)) {
    rows = grouped_rows(query, paths, world);
  } else {
    for (const Path& path : paths) {
      for (TableRow& row : path_rows(query, path, world)) {
        rows.push_back(std::move(row));
      }
    }
  }
  if (query.unique) drop_equal_rows(rows);
  for (TableRow& row : rows) {
    const Compute compute = [&](const ast::Expression& expression) {
      return key_value(query, expression, row, world);
    };
    const Lookup lookup = [&](const ast::PropertyRef& name) {
      return compute(expression_of(query, name));
    };
    if (query.having && !holds(*query.having, lookup, world, compute)) continue;
    row.row.keys = keys_of(query, row, world);
    answer.rows.push_back(std::move(row.row));
  }
  sort_rows(answer);
}

}  // namespace

int compare_keys(const Value& a, const Value& b, bool descending) {
  const Scalar left = first_of(a);
  const Scalar right = first_of(b);
  const bool left_absent = std::holds_alternative<Null>(left);
  const bool right_absent = std::holds_alternative<Null>(right);
  if (left_absent || right_absent)
    return static_cast<int>(left_absent) - static_cast<int>(right_absent);
  int compared = rank_of(left) - rank_of(right);
  if (compared == 0) compared = before(left, right) ? -1 : static_cast<int>(before(right, left));
  return descending ? -compared : compared;
}

Answer ask(const ast::Query& query, const World& world) {
  Answer answer;
  for (const ast::SortKey& key : query.order_by) {
    answer.descending.push_back(key.descending);
  }
  const std::vector<Path> paths = match(query, world);
  if (!query.returns) {
    fill_list(query, paths, world, answer);
  } else if (query.returns->tree) {
    fill_tree(paths, answer);
  } else {
    fill_table(query, paths, world, answer);
  }
  return answer;
}

}  // namespace callisto::oracle
