// Expressions over one path, aggregates over many.
#include "tests/oracle/expressions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace callisto::oracle {

namespace {

namespace ast = query::ast;

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

const ast::Call* call_of(const ast::Expression& expression, std::string_view function) {
  const auto* call = std::get_if<ast::Call>(&expression.node);
  return call != nullptr && upper(call->function.text) == function ? call : nullptr;
}

bool is_aggregate(const std::string& function) {
  return function == "COUNT" || function == "SUM" || function == "AVG" || function == "MIN" ||
         function == "MAX";
}

}  // namespace

bool has_aggregate(const ast::Expression& expression) {
  if (const auto* call = std::get_if<ast::Call>(&expression.node)) {
    return is_aggregate(upper(call->function.text)) ||
           std::any_of(call->arguments.begin(), call->arguments.end(), has_aggregate);
  }
  if (const auto* minus = std::get_if<ast::Negation>(&expression.node)) {
    return has_aggregate(*minus->operand);
  }
  if (const auto* sum = std::get_if<ast::Arithmetic>(&expression.node)) {
    return has_aggregate(*sum->left) || has_aggregate(*sum->right);
  }
  return false;
}

namespace {

Value number_or_null(double number) {
  return std::isfinite(number) ? Value(number) : Value(Null{});
}

// j1ql 7.5: numbers only, and no result that is none.
Value calculate(ast::ArithmeticOp op, const Value& left, const Value& right) {
  const auto* a = std::get_if<double>(&left);
  const auto* b = std::get_if<double>(&right);
  if (a == nullptr || b == nullptr) return Null{};
  switch (op) {
    case ast::ArithmeticOp::Add:
      return number_or_null(*a + *b);
    case ast::ArithmeticOp::Subtract:
      return number_or_null(*a - *b);
    case ast::ArithmeticOp::Multiply:
      return number_or_null(*a * *b);
    case ast::ArithmeticOp::Divide:
      return *b == 0 ? Value(Null{}) : number_or_null(*a / *b);
    case ast::ArithmeticOp::Power:
      return number_or_null(std::pow(*a, *b));
  }
  return Null{};
}

// j1ql 7.6: lists are spliced in, absent arguments left out.
Value merge(const std::vector<Value>& arguments) {
  List all;
  for (const Value& argument : arguments) {
    if (const auto* list = std::get_if<List>(&argument)) {
      all.insert(all.end(), list->begin(), list->end());
    } else if (const auto* text = std::get_if<std::string>(&argument)) {
      all.emplace_back(*text);
    } else if (const auto* number = std::get_if<double>(&argument)) {
      all.emplace_back(*number);
    } else if (const auto* boolean = std::get_if<bool>(&argument)) {
      all.emplace_back(*boolean);
    }
  }
  return all;
}

// Strings as they are, numbers and booleans as text, lists with commas between.
std::string plain_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (is_null(value)) return "";
  const auto* list = std::get_if<List>(&value);
  if (list == nullptr) return callisto::to_json(value);
  std::string all;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (i > 0) all += ",";
    std::visit([&](const auto& scalar) { all += plain_text(Value(scalar)); }, (*list)[i]);
  }
  return all;
}

Value concatenate(const std::vector<Value>& arguments) {
  std::string all;
  for (const Value& argument : arguments) {
    all += plain_text(argument);
  }
  return all;
}

Value call_scalar(const std::string& function, const std::vector<Value>& arguments) {
  if (function == "COALESCE") {
    const auto found = std::find_if(
        arguments.begin(), arguments.end(), [](const Value& value) { return !is_null(value); });
    return found == arguments.end() ? Value(Null{}) : *found;
  }
  if (function == "CONCAT") return concatenate(arguments);
  if (function == "MERGE") return merge(arguments);
  const auto* number = std::get_if<double>(&arguments.at(0));
  if (function == "ABS") return number ? number_or_null(std::abs(*number)) : Value(Null{});
  if (function == "SQRT") return number ? number_or_null(std::sqrt(*number)) : Value(Null{});
  if (function == "CEIL") return number ? number_or_null(std::ceil(*number)) : Value(Null{});
  if (function == "FLOOR") return number ? number_or_null(std::floor(*number)) : Value(Null{});
  if (function == "ROUND") return number ? number_or_null(std::round(*number)) : Value(Null{});
  throw std::runtime_error("function " + function);
}

// What a name of a column stands for: nothing in RETURN itself; elsewhere the cell of the row, and
// in an aggregate, which looks at the paths again, what the column computes.
enum class Columns { None, Cells, Expressions };

// An expression over a group of paths; without aggregates the group is one path.
struct Evaluation {
  const ast::Query& query;
  const World& world;
  const std::vector<const Path*>& paths;
  Columns columns = Columns::None;
  const Row* row = nullptr;  // Cells.

  [[nodiscard]] const ast::ReturnItem* column(const std::string& name) const {
    if (columns == Columns::None || !query.returns) return nullptr;
    const auto found = std::find_if(
        query.returns->items.begin(), query.returns->items.end(), [&](const ast::ReturnItem& item) {
          return item.column == name;
        });
    return found == query.returns->items.end() ? nullptr : &*found;
  }

  [[nodiscard]] Value value_of(const ast::ReturnItem& column) const {
    if (columns == Columns::Expressions) return of(column.expression);
    const Cell& cell = row->cells[static_cast<std::size_t>(&column - query.returns->items.data())];
    return std::holds_alternative<Value>(cell) ? std::get<Value>(cell) : Value(Null{});
  }

  // j1ql 7.3a.
  [[nodiscard]] Value of_first(const std::string& property) const {
    const Element first = paths.at(0)->elements.at(0);
    return property_of(world.graph, first, property, world.options.layer);
  }

  Value operator()(const ast::Literal& literal) const { return literal.value; }

  Value operator()(const ast::Parameter& parameter) const {
    return world.options.variables.at(parameter.name);
  }

  Value operator()(const ast::PropertyRef& ref) const {
    const std::string whole =
        (ref.selector ? ref.selector->text + "." : std::string()) + ref.property.text;
    if (const ast::ReturnItem* named = column(whole)) return value_of(*named);
    if (!ref.selector || !names_part(query, ref.selector->text)) return of_first(whole);
    const auto element = selected(query, *paths.at(0), ref.selector->text);
    if (!element) return Null{};
    return property_of(world.graph, *element, ref.property.text, world.options.layer);
  }

  Value operator()(const ast::SelectorRef& ref) const {
    const std::string& word = ref.selector.text;
    if (const ast::ReturnItem* named = column(word)) return value_of(*named);
    if (names_part(query, word)) throw std::runtime_error("an object inside an expression");
    return of_first(word);
  }

  Value operator()(const ast::AllProperties&) const { throw std::runtime_error("x.*"); }

  Value operator()(const ast::AllPaths&) const { throw std::runtime_error("*"); }

  Value operator()(const ast::Negation& minus) const {
    const Value value = of(*minus.operand);
    const auto* number = std::get_if<double>(&value);
    return number == nullptr ? Value(Null{}) : Value(-*number);
  }

  Value operator()(const ast::Arithmetic& sum) const {
    return calculate(sum.op, of(*sum.left), of(*sum.right));
  }

  Value operator()(const ast::Call& call) const {
    const std::string function = upper(call.function.text);
    if (function == "COUNT") return count(call.arguments.at(0));
    if (is_aggregate(function)) return aggregate(function, call.arguments.at(0));
    if (function == "UNWIND") return unfolded(call);
    std::vector<Value> arguments;
    for (const ast::Expression& argument : call.arguments) {
      arguments.push_back(of(argument));
    }
    return call_scalar(function, arguments);
  }

  [[nodiscard]] Value of(const ast::Expression& expression) const {
    return std::visit(*this, expression.node);
  }

  // UNWIND in ORDER BY: the column that it makes.
  [[nodiscard]] Value unfolded(const ast::Call& call) const {
    for (const ast::ReturnItem& item : query.returns->items) {
      const auto* made = call_of(item.expression, "UNWIND");
      if (made != nullptr && made->arguments == call.arguments) return value_of(item);
    }
    throw std::runtime_error("UNWIND");
  }

  [[nodiscard]] Evaluation on(const std::vector<const Path*>& path) const {
    const Columns inside = columns == Columns::None ? Columns::None : Columns::Expressions;
    return {query, world, path, inside};
  }

  // j1ql 7.4: paths, distinct objects, or distinct values that are there.
  [[nodiscard]] Value count(const ast::Expression& of_what) const {
    if (std::holds_alternative<ast::AllPaths>(of_what.node)) {
      return static_cast<double>(paths.size());
    }
    std::set<std::string> distinct;
    const auto* selector = std::get_if<ast::SelectorRef>(&of_what.node);
    const bool object = selector != nullptr && names_part(query, selector->selector.text);
    for (const Path* path : paths) {
      if (object) {
        const auto element = selected(query, *path, selector->selector.text);
        if (element) distinct.insert(name_of(world.graph, *element));
        continue;
      }
      const std::vector<const Path*> alone{path};
      const Value value = on(alone).of(of_what);
      // Minus zero is zero.
      if (!is_null(value))
        distinct.insert(callisto::to_json(value == Value(0.0) ? Value(0.0) : value));
    }
    return static_cast<double>(distinct.size());
  }

  // What an expression reads on a path, in the order in which it is written.
  void collect(const ast::Expression& expression,
               const Path& path,
               std::vector<std::optional<Element>>& read) const {
    if (const auto* call = std::get_if<ast::Call>(&expression.node)) {
      for (const ast::Expression& argument : call->arguments)
        collect(argument, path, read);
    } else if (const auto* minus = std::get_if<ast::Negation>(&expression.node)) {
      collect(*minus->operand, path, read);
    } else if (const auto* sum = std::get_if<ast::Arithmetic>(&expression.node)) {
      collect(*sum->left, path, read);
      collect(*sum->right, path, read);
    } else if (const auto* ref = std::get_if<ast::PropertyRef>(&expression.node)) {
      if (const ast::ReturnItem* named = column(default_name(*ref))) {
        collect(named->expression, path, read);
      } else if (ref->selector && names_part(query, ref->selector->text)) {
        read.push_back(selected(query, path, ref->selector->text));
      } else {
        read.emplace_back(path.elements.at(0));
      }
    } else if (const auto* word = std::get_if<ast::SelectorRef>(&expression.node)) {
      if (const ast::ReturnItem* named = column(word->selector.text)) {
        collect(named->expression, path, read);
      } else {
        read.emplace_back(path.elements.at(0));
      }
    }
  }

  static std::string default_name(const ast::PropertyRef& ref) {
    return (ref.selector ? ref.selector->text + "." : std::string()) + ref.property.text;
  }

  // j1ql 7.4: the numbers of each distinct tuple of objects of the group, once.
  [[nodiscard]] Value aggregate(const std::string& function, const ast::Expression& of_what) const {
    std::map<std::vector<std::optional<Element>>, const Path*> tuples;
    for (const Path* path : paths) {
      std::vector<std::optional<Element>> read;
      collect(of_what, *path, read);
      tuples.emplace(std::move(read), path);
    }
    std::vector<double> numbers;
    for (const auto& [tuple, path] : tuples) {
      const std::vector<const Path*> alone{path};
      const Value value = on(alone).of(of_what);
      if (const auto* number = std::get_if<double>(&value)) numbers.push_back(*number);
      const auto* list = std::get_if<List>(&value);
      for (const Scalar& element : list == nullptr ? List() : *list) {
        if (const auto* number = std::get_if<double>(&element)) numbers.push_back(*number);
      }
    }
    double sum = 0;
    for (const double number : numbers) {
      sum += number;
    }
    if (function == "SUM") return sum;
    if (numbers.empty()) return Null{};
    if (function == "AVG") return sum / static_cast<double>(numbers.size());
    return function == "MIN" ? *std::min_element(numbers.begin(), numbers.end())
                             : *std::max_element(numbers.begin(), numbers.end());
  }
};

Cell cell_of(const ast::Query& query,
             const ast::Expression& expression,
             const std::vector<const Path*>& paths,
             const World& world) {
  const auto* selector = std::get_if<ast::SelectorRef>(&expression.node);
  if (selector != nullptr && names_part(query, selector->selector.text)) {
    const auto element = selected(query, *paths.at(0), selector->selector.text);
    if (!element) return Value(Null{});
    return *element;
  }
  return Evaluation{query, world, paths}.of(expression);
}

// j1ql 7.6: the elements of a list; one absent value for an empty or missing one.
std::vector<Cell> unwound(const Cell& cell) {
  const auto* value = std::get_if<Value>(&cell);
  const auto* list = value == nullptr ? nullptr : std::get_if<List>(value);
  if (list == nullptr) return {cell};
  if (list->empty()) return {Value(Null{})};
  std::vector<Cell> cells;
  for (const Scalar& element : *list) {
    std::visit([&](const auto& scalar) { cells.emplace_back(Value(scalar)); }, element);
  }
  return cells;
}

}  // namespace

namespace {

bool aggregates(const ast::Operand& operand) {
  const auto* list = std::get_if<ast::OperandList>(&operand.node);
  if (list != nullptr) return std::any_of(list->items.begin(), list->items.end(), aggregates);
  const auto* computed = std::get_if<ast::Computed>(&operand.node);
  return computed != nullptr && has_aggregate(*computed->expression);
}

bool filter_aggregates(const ast::Filter& filter) {
  if (const auto* junction = std::get_if<ast::Junction>(&filter.node)) {
    return std::any_of(junction->parts.begin(), junction->parts.end(), filter_aggregates);
  }
  const auto* comparison = std::get_if<ast::Comparison>(&filter.node);
  if (comparison == nullptr) return false;
  const auto* left = std::get_if<ast::Computed>(&comparison->left);
  return (left != nullptr && has_aggregate(*left->expression)) || aggregates(comparison->right);
}

}  // namespace

bool groups_rows(const ast::Query& query) {
  const auto has = [](const auto& part) { return has_aggregate(part.expression); };
  return std::any_of(query.returns->items.begin(), query.returns->items.end(), has) ||
         std::any_of(query.order_by.begin(), query.order_by.end(), has) ||
         (query.having && filter_aggregates(*query.having));
}

// Items with an aggregate are left empty.
std::vector<TableRow> path_rows(const ast::Query& query, const Path& path, const World& world) {
  std::vector<TableRow> rows(1);
  rows[0].paths = {&path};
  for (const ast::ReturnItem& item : query.returns->items) {
    std::vector<Cell> choices{Value(Null{})};
    if (const ast::Call* unwind = call_of(item.expression, "UNWIND")) {
      choices = unwound(cell_of(query, unwind->arguments.at(0), {&path}, world));
    } else if (!has_aggregate(item.expression)) {
      choices = {cell_of(query, item.expression, {&path}, world)};
    }
    std::vector<TableRow> longer;
    for (const TableRow& row : rows) {
      for (const Cell& choice : choices) {
        longer.push_back(row);
        longer.back().row.cells.push_back(choice);
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

std::vector<TableRow> grouped_rows(const ast::Query& query,
                                   const std::vector<Path>& paths,
                                   const World& world) {
  const std::vector<ast::ReturnItem>& items = query.returns->items;
  std::map<std::string, TableRow> groups;
  for (const Path& path : paths) {
    for (const TableRow& row : path_rows(query, path, world)) {
      std::string key;
      for (const Cell& cell : row.row.cells) {
        key += text_of(world.graph, cell) + "\n";
      }
      TableRow& group = groups[key];
      group.row = row.row;
      group.paths.push_back(&path);
    }
  }
  const bool keyed = std::any_of(items.begin(), items.end(), [](const ast::ReturnItem& item) {
    return !has_aggregate(item.expression);
  });
  if (groups.empty() && !keyed) groups[""].row.cells.resize(items.size());
  std::vector<TableRow> rows;
  for (auto& [key, group] : groups) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!has_aggregate(items[i].expression)) continue;
      group.row.cells[i] = cell_of(query, items[i].expression, group.paths, world);
    }
    rows.push_back(std::move(group));
  }
  return rows;
}

void drop_equal_rows(std::vector<TableRow>& rows) {
  std::vector<TableRow> once;
  for (TableRow& row : rows) {
    const bool seen = std::any_of(once.begin(), once.end(), [&](const TableRow& other) {
      return other.row.cells == row.row.cells;
    });
    if (!seen) once.push_back(std::move(row));
  }
  rows = std::move(once);
}

Value key_value(const ast::Query& query,
                const ast::Expression& key,
                const TableRow& row,
                const World& world) {
  return Evaluation{query, world, row.paths, Columns::Cells, &row.row}.of(key);
}

std::string text_of(const PlainGraph& graph, const Cell& cell) {
  if (const auto* element = std::get_if<Element>(&cell)) return name_of(graph, *element);
  const auto& value = std::get<Value>(cell);
  if (value == Value(0.0)) return "0";  // Minus zero is zero.
  return callisto::to_json(value);
}

}  // namespace callisto::oracle
