// Items of RETURN: functions by name, aggregates apart, columns of ORDER BY.
#include "query/binder/return_binder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "query/binder/bind_error.h"
#include "query/parser/spelling.h"

namespace callisto::query {

namespace {

struct AggregateName {
  std::string_view name;
  AggregateFunction function{};
};

constexpr std::array kAggregates{
    AggregateName{"COUNT", AggregateFunction::Count},
    AggregateName{"SUM", AggregateFunction::Sum},
    AggregateName{"AVG", AggregateFunction::Avg},
    AggregateName{"MIN", AggregateFunction::Min},
    AggregateName{"MAX", AggregateFunction::Max},
};

tl::unexpected<Error> unknown_function(const ast::Name& function) {
  std::vector<std::string_view> names;
  std::string valid;
  names.reserve(kAggregates.size() + scalar_functions().size() + 1);
  for (const AggregateName& aggregate : kAggregates) {
    names.push_back(aggregate.name);
  }
  for (const FunctionInfo& scalar : scalar_functions()) {
    names.push_back(scalar.name);
  }
  names.emplace_back("UNWIND");
  for (const std::string_view name : names) {
    if (!valid.empty()) valid += ", ";
    valid += name;
  }
  Error error{.code = ErrorCode::BindError,
              .message = "There is no function \"" + function.text +
                         "\"; the functions are: " + valid + ".",
              .span = function.span};
  if (const auto near = nearest(function.text, names)) {
    error.hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  }
  return tl::make_unexpected(std::move(error));
}

bool any_of_kind(const Expression& expression, Expression::Kind kind) {
  if (expression.kind == kind) return true;
  for (const Expression& argument : expression.arguments) {
    if (any_of_kind(argument, kind)) return true;
  }
  return false;
}

bool is_unwind(const ast::Expression& expression) {
  const auto* call = std::get_if<ast::Call>(&expression.node);
  return call != nullptr && same_ignoring_case(call->function.text, "UNWIND");
}

}  // namespace

bool BoundQuery::unwinds() const {
  for (const Item& item : items) {
    if (item.unwinds) return true;
  }
  return false;
}

Status ReturnBinder::bind_items(const ast::Return& returns) {
  for (const ast::ReturnItem& written : returns.items) {
    CALLISTO_TRY(Item item, bind_item(written));
    const bool again = std::any_of(query_.items.begin(), query_.items.end(), [&](const Item& one) {
      return !one.all_properties && !item.all_properties && one.column == item.column;
    });
    if (again) {
      query_.warnings.push_back({.message = "Two columns are called \"" + item.column +
                                            "\": an answer in JSON has the first one only.",
                                 .span = written.span,
                                 .hints = {"Give it another name with AS."}});
    }
    query_.items.push_back(std::move(item));
  }
  return {};
}

Result<Item> ReturnBinder::bind_item(const ast::ReturnItem& written) {
  Item item{.column = written.column};
  if (const auto* all = std::get_if<ast::AllProperties>(&written.expression.node)) {
    CALLISTO_TRY(item.expression.index, scope_.find(all->selector, "return"));
    item.expression.kind = Expression::Kind::Object;
    item.all_properties = true;
    item.selector = all->selector.text;
    return item;
  }
  if (is_unwind(written.expression)) {
    const auto& call = std::get<ast::Call>(written.expression.node);
    if (call.arguments.size() != 1) {
      return bind_error("UNWIND takes one argument, the list to unfold.", written.span);
    }
    CALLISTO_TRY(item.expression, bind(call.arguments[0], Place::Inside));
    item.unwinds = true;
  } else {
    CALLISTO_TRY(item.expression, bind(written.expression, Place::Item));
  }
  item.aggregates = any_of_kind(item.expression, Expression::Kind::Aggregate);
  const bool reads = any_of_kind(item.expression, Expression::Kind::Read);
  if (item.aggregates && (reads || item.unwinds)) {
    return bind_error(
        "An item mixes an aggregate with a plain property; return the property as an item of its "
        "own, which makes it a group key.",
        written.span);
  }
  return item;
}

Result<Expression> ReturnBinder::bind(const ast::Expression& written, Place place) {
  ConditionBinder names(query_, scope_);
  Expression result;
  if (const auto* literal = std::get_if<ast::Literal>(&written.node)) {
    result.index = names.constant_of(literal->value, written.span);
    return result;
  }
  if (const auto* parameter = std::get_if<ast::Parameter>(&written.node)) {
    result.index = names.constant_of(*parameter, written.span);
    return result;
  }
  if (const auto* property = std::get_if<ast::PropertyRef>(&written.node)) {
    result.kind = Expression::Kind::Read;
    CALLISTO_TRY(result.index, names.bind_read(*property, "return"));
    return result;
  }
  if (const auto* selector = std::get_if<ast::SelectorRef>(&written.node)) {
    result.kind = Expression::Kind::Object;
    Result<VariableId> found = scope_.find(selector->selector, "return");
    if (!found) {
      // No selector at all: perhaps a property.
      const std::string& word = selector->selector.text;
      if (found.error().hints.empty()) {
        found.error().hints.push_back(
            same_ignoring_case(word, "TREE")
                ? "RETURN TREE stands alone."
                : "A property follows what it is of: " + scope_.example() + "." + word + ".");
      }
      return tl::make_unexpected(std::move(found).error());
    }
    result.index = *found;
    if (place == Place::Inside) {
      return bind_error("A function or an operator needs a property here, as in \"" +
                            selector->selector.text + ".name\".",
                        written.span);
    }
    return result;
  }
  if (const auto* call = std::get_if<ast::Call>(&written.node)) {
    return bind_call(*call, written.span, place);
  }
  if (const auto* negated = std::get_if<ast::Negation>(&written.node)) {
    result.kind = Expression::Kind::Negate;
    CALLISTO_TRY(Expression operand, bind(*negated->operand, Place::Inside));
    result.arguments.push_back(std::move(operand));
    return result;
  }
  if (const auto* arithmetic = std::get_if<ast::Arithmetic>(&written.node)) {
    result.kind = Expression::Kind::Arithmetic;
    result.op = arithmetic->op;
    CALLISTO_TRY(Expression left, bind(*arithmetic->left, Place::Inside));
    CALLISTO_TRY(Expression right, bind(*arithmetic->right, Place::Inside));
    result.arguments.push_back(std::move(left));
    result.arguments.push_back(std::move(right));
    return result;
  }
  return bind_error("`.*` can only be a whole item of RETURN.", written.span);
}

Result<Expression> ReturnBinder::bind_call(const ast::Call& call, SourceSpan span, Place place) {
  for (const AggregateName& aggregate : kAggregates) {
    if (same_ignoring_case(aggregate.name, call.function.text)) {
      return bind_aggregate(aggregate.function, call, span, place);
    }
  }
  if (same_ignoring_case(call.function.text, "UNWIND")) {
    return bind_error("UNWIND can only be a whole item of RETURN.", span);
  }
  const FunctionInfo* function = find_function(call.function.text);
  if (function == nullptr) return unknown_function(call.function);
  const std::size_t count = call.arguments.size();
  if (count < function->arguments_min || count > function->arguments_max) {
    return bind_error(
        std::string(function->name) + " takes " +
            (function->arguments_max == 1 ? "one argument" : "at least one argument") + ", not " +
            std::to_string(count) + ".",
        span);
  }
  Expression result{.kind = Expression::Kind::Call, .function = function->function};
  for (const ast::Expression& argument : call.arguments) {
    const Place inside = place == Place::InAggregate ? place : Place::Inside;
    CALLISTO_TRY(Expression bound, bind(argument, inside));
    result.arguments.push_back(std::move(bound));
  }
  return result;
}

Result<Expression> ReturnBinder::bind_aggregate(AggregateFunction function,
                                                const ast::Call& call,
                                                SourceSpan span,
                                                Place place) {
  const std::string name = call.function.text;
  if (place == Place::InAggregate) return bind_error("Aggregates do not nest.", span);
  if (call.arguments.size() != 1) {
    return bind_error(name + " takes one argument, as in " + name + "(alias.property).", span);
  }
  CALLISTO_TRY(const Expression argument, bind(call.arguments[0], Place::InAggregate));
  Aggregate aggregate{.function = function};
  if (argument.kind == Expression::Kind::Object && function == AggregateFunction::Count) {
    aggregate.variable = argument.index;
  } else if (argument.kind == Expression::Kind::Read) {
    aggregate.read = argument.index;
    aggregate.variable = query_.reads[argument.index].variable;
  } else {
    return bind_error(name + " takes a property, as in " + name + "(alias.property)" +
                          (function == AggregateFunction::Count ? ", or an alias." : "."),
                      call.arguments[0].span);
  }
  query_.aggregates.push_back(aggregate);
  return Expression{.kind = Expression::Kind::Aggregate,
                    .index = static_cast<std::uint32_t>(query_.aggregates.size() - 1)};
}

Status ReturnBinder::bind_sort_keys(const std::vector<ast::SortKey>& keys) {
  for (const ast::SortKey& written : keys) {
    CALLISTO_TRY(SortKey key, bind_sort_key(written));
    query_.order_by.push_back(key);
  }
  return {};
}

Result<SortKey> ReturnBinder::bind_sort_key(const ast::SortKey& written) {
  SortKey key{.descending = written.descending};
  const bool bare = !written.property.selector;
  const std::string text =
      (bare ? "" : written.property.selector->text + ".") + written.property.property.text;
  std::vector<std::string_view> names;
  std::string valid;
  for (std::size_t i = 0; i < query_.items.size(); ++i) {
    if (query_.items[i].all_properties || query_.items[i].hidden) continue;
    if (query_.items[i].column == text) {
      key.column = static_cast<std::uint32_t>(i);
      return key;
    }
    names.emplace_back(query_.items[i].column);
    valid += (valid.empty() ? "" : ", ") + query_.items[i].column;
  }
  if (!bare) {
    ConditionBinder reads(query_, scope_);
    CALLISTO_TRY(key.read, reads.bind_read(written.property, "return"));
    for (std::size_t i = 0; i < query_.items.size(); ++i) {
      const Item& item = query_.items[i];
      if (item.expression.kind == Expression::Kind::Read && item.expression.index == key.read &&
          !item.unwinds) {
        key.column = static_cast<std::uint32_t>(i);
        return key;
      }
    }
    const bool paths = !query_.has_aggregates() && (!query_.unique || query_.items.empty());
    if (paths) {
      // Rows still are paths. Rows that are held keep the value beside their columns.
      if (query_.having || query_.unwinds()) {
        key.column = static_cast<std::uint32_t>(query_.items.size());
        query_.items.push_back(
            {.expression = {.kind = Expression::Kind::Read, .index = key.read}, .hidden = true});
      }
      return key;
    }
  }
  Error error{.code = ErrorCode::BindError,
              .message = "ORDER BY knows no column \"" + text + "\"; " +
                         (valid.empty() ? "name a property as alias.property."
                                        : "the columns of RETURN are: \"" + valid + "\""),
              .span = written.span};
  if (const auto near = nearest(text, names)) {
    error.hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  } else if (bare) {
    error.hints.push_back("A property follows what it is of: " + scope_.example() + "." + text +
                          ".");
  }
  return tl::make_unexpected(std::move(error));
}

}  // namespace callisto::query
