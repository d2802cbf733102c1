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

// An expression over a group of paths; without aggregates the group is one path.
struct Evaluation {
  const ast::Query& query;
  const World& world;
  const std::vector<const Path*>& paths;

  [[nodiscard]] Value property(const Path& path, const ast::PropertyRef& property) const {
    const auto element = selected(query, path, property.selector->text);
    if (!element) return Null{};
    return property_of(world.graph, *element, property.property.text, world.options.layer);
  }

  Value operator()(const ast::Literal& literal) const { return literal.value; }

  Value operator()(const ast::Parameter& parameter) const {
    return world.options.variables.at(parameter.name);
  }

  Value operator()(const ast::PropertyRef& ref) const { return property(*paths.at(0), ref); }

  Value operator()(const ast::SelectorRef&) const {
    throw std::runtime_error("an object inside an expression");
  }

  Value operator()(const ast::AllProperties&) const { throw std::runtime_error("x.*"); }

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
    std::vector<Value> arguments;
    for (const ast::Expression& argument : call.arguments) {
      arguments.push_back(of(argument));
    }
    return call_scalar(function, arguments);
  }

  [[nodiscard]] Value of(const ast::Expression& expression) const {
    return std::visit(*this, expression.node);
  }

  // j1ql 7.4: distinct objects, or distinct values that are there.
  [[nodiscard]] Value count(const ast::Expression& of_what) const {
    std::set<std::string> distinct;
    for (const Path* path : paths) {
      if (const auto* selector = std::get_if<ast::SelectorRef>(&of_what.node)) {
        const auto element = selected(query, *path, selector->selector.text);
        if (element) distinct.insert(name_of(world.graph, *element));
        continue;
      }
      const Value value = property(*path, std::get<ast::PropertyRef>(of_what.node));
      if (!is_null(value)) distinct.insert(callisto::to_json(value));
    }
    return static_cast<double>(distinct.size());
  }

  // j1ql 7.4: the numbers of each distinct object of the group, once.
  [[nodiscard]] Value aggregate(const std::string& function, const ast::Expression& of_what) const {
    const auto& ref = std::get<ast::PropertyRef>(of_what.node);
    std::set<Element> objects;
    for (const Path* path : paths) {
      const auto element = selected(query, *path, ref.selector->text);
      if (element) objects.insert(*element);
    }
    std::vector<double> numbers;
    for (const Element object : objects) {
      const Value value = property_of(world.graph, object, ref.property.text, world.options.layer);
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
  if (const auto* selector = std::get_if<ast::SelectorRef>(&expression.node)) {
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

bool has_aggregates(const ast::Return& returns) {
  return std::any_of(returns.items.begin(), returns.items.end(), [](const ast::ReturnItem& item) {
    return has_aggregate(item.expression);
  });
}

// Items with an aggregate are left empty.
std::vector<Row> path_rows(const ast::Query& query, const Path& path, const World& world) {
  std::vector<Row> rows(1);
  for (const ast::ReturnItem& item : query.returns->items) {
    std::vector<Cell> choices{Value(Null{})};
    if (const ast::Call* unwind = call_of(item.expression, "UNWIND")) {
      choices = unwound(cell_of(query, unwind->arguments.at(0), {&path}, world));
    } else if (!has_aggregate(item.expression)) {
      choices = {cell_of(query, item.expression, {&path}, world)};
    }
    std::vector<Row> longer;
    for (const Row& row : rows) {
      for (const Cell& choice : choices) {
        longer.push_back(row);
        longer.back().cells.push_back(choice);
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

std::vector<Row> grouped_rows(const ast::Query& query,
                              const std::vector<Path>& paths,
                              const World& world) {
  struct Group {
    Row row;
    std::vector<const Path*> paths;
  };

  const std::vector<ast::ReturnItem>& items = query.returns->items;
  std::map<std::string, Group> groups;
  for (const Path& path : paths) {
    for (const Row& row : path_rows(query, path, world)) {
      std::string key;
      for (const Cell& cell : row.cells) {
        key += text_of(world.graph, cell) + "\n";
      }
      Group& group = groups[key];
      group.row = row;
      group.paths.push_back(&path);
    }
  }
  const bool keyed = std::any_of(items.begin(), items.end(), [](const ast::ReturnItem& item) {
    return !has_aggregate(item.expression);
  });
  if (groups.empty() && !keyed) groups[""].row.cells.resize(items.size());
  std::vector<Row> rows;
  for (auto& [key, group] : groups) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!has_aggregate(items[i].expression)) continue;
      group.row.cells[i] = cell_of(query, items[i].expression, group.paths, world);
    }
    rows.push_back(group.row);
  }
  return rows;
}

void drop_equal_rows(std::vector<Row>& rows) {
  std::vector<Row> once;
  for (const Row& row : rows) {
    const bool seen = std::any_of(
        once.begin(), once.end(), [&](const Row& other) { return other.cells == row.cells; });
    if (!seen) once.push_back(row);
  }
  rows = std::move(once);
}

std::string text_of(const PlainGraph& graph, const Cell& cell) {
  if (const auto* element = std::get_if<Element>(&cell)) return name_of(graph, *element);
  const auto& value = std::get<Value>(cell);
  if (value == Value(0.0)) return "0";  // Minus zero is zero.
  return callisto::to_json(value);
}

}  // namespace callisto::oracle
