// Functions by name, names by what is in scope, aggregates apart.
#include "query/binder/expression_binder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "query/ast/parts.h"
#include "query/ast/printer.h"
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

using Place = ExpressionBinder::Place;

// Of what stands inside of an expression at this place.
Place inside(Place place) {
  const bool aggregate = place == Place::InAggregate || place == Place::InsideAggregate;
  return aggregate ? Place::InsideAggregate : Place::Inside;
}

bool in_aggregate(Place place) {
  return inside(place) == Place::InsideAggregate;
}

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

tl::unexpected<Error> misplaced_unwind(SourceSpan span, Place place) {
  auto refused = bind_error("UNWIND can only be a whole item of RETURN.", span);
  if (in_aggregate(place)) {
    refused.value().hints.emplace_back(
        "Return it beside the aggregate, which then is one for each element: RETURN UNWIND(u.list) "
        "AS element, COUNT(u).");
  }
  return refused;
}

}  // namespace

bool is_aggregate(std::string_view function) {
  return std::any_of(kAggregates.begin(), kAggregates.end(), [&](const AggregateName& aggregate) {
    return same_ignoring_case(aggregate.name, function);
  });
}

bool has_aggregate(const ast::Expression& expression) {
  return ast::any_part(expression, [](const ast::Expression& part) {
    const auto* call = std::get_if<ast::Call>(&part.node);
    return call != nullptr && is_aggregate(call->function.text);
  });
}

const ast::Call* unwind_of(const ast::Expression& expression) {
  const auto* call = std::get_if<ast::Call>(&expression.node);
  const bool unwinds = call != nullptr && same_ignoring_case(call->function.text, "UNWIND");
  return unwinds ? call : nullptr;
}

std::optional<std::uint32_t> ExpressionBinder::column_named(std::string_view name) const {
  for (std::size_t i = 0; i < query_.items.size(); ++i) {
    const Item& item = query_.items[i];
    if (!item.hidden && !item.all_properties && item.column == name) {
      return static_cast<std::uint32_t>(i);
    }
  }
  return std::nullopt;
}

tl::unexpected<Error> ExpressionBinder::no_column(const std::string& name, SourceSpan span) const {
  std::vector<std::string_view> names;
  std::string valid;
  for (const Item& item : query_.items) {
    if (item.hidden || item.all_properties) continue;
    names.emplace_back(item.column);
    valid += (valid.empty() ? "" : ", ") + item.column;
  }
  Error error{.code = ErrorCode::BindError,
              .message = std::string(clause_) + " knows no column \"" + name +
                         "\"; the columns of RETURN are: \"" + valid + "\"",
              .span = span};
  if (const auto near = nearest(name, names)) {
    error.hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
  }
  return tl::make_unexpected(std::move(error));
}

Result<Expression> ExpressionBinder::bind(const ast::Expression& written, Place place) {
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
  if (const auto* call = std::get_if<ast::Call>(&written.node)) {
    return bind_call(*call, written.span, place);
  }
  if (const auto* negated = std::get_if<ast::Negation>(&written.node)) {
    result.kind = Expression::Kind::Negate;
    CALLISTO_TRY(Expression operand, bind(*negated->operand, inside(place)));
    result.arguments.push_back(std::move(operand));
    return result;
  }
  if (const auto* arithmetic = std::get_if<ast::Arithmetic>(&written.node)) {
    result.kind = Expression::Kind::Arithmetic;
    result.op = arithmetic->op;
    CALLISTO_TRY(Expression left, bind(*arithmetic->left, inside(place)));
    CALLISTO_TRY(Expression right, bind(*arithmetic->right, inside(place)));
    result.arguments.push_back(std::move(left));
    result.arguments.push_back(std::move(right));
    return result;
  }
  if (std::holds_alternative<ast::AllPaths>(written.node)) {
    return bind_error("`*` stands in COUNT(*) only.", written.span);
  }
  if (std::holds_alternative<ast::AllProperties>(written.node)) {
    return bind_error("`.*` can only be a whole item of RETURN.", written.span);
  }
  return bind_name(written, place);
}

// A column where columns count, a selector, or a property of the first entity (j1ql 7.3a).
Result<Expression> ExpressionBinder::bind_name(const ast::Expression& written, Place place) {
  const std::string whole = default_column(written);
  if (columns_ == Columns::First) {
    if (const auto found = column_named(whole)) return column(*found, written.span, place);
  }
  const auto* word = std::get_if<ast::SelectorRef>(&written.node);
  const auto* dotted = std::get_if<ast::PropertyRef>(&written.node);
  const ast::Name* first = word != nullptr    ? &word->selector
                           : dotted->selector ? &*dotted->selector
                                              : nullptr;
  if (first == nullptr) return property(query_.start.variable, whole, written.span, true);
  auto found = scope_.find_or_property(*first, whole);
  if (!found) return tl::make_unexpected(std::move(found).error());
  if (*found && word != nullptr) return object(*first, **found, place);
  if (*found) return property(**found, dotted->property.text, written.span, false);
  if (columns_ == Columns::First && !scope_.may_be_property(whole)) {
    auto refused = no_column(whole, written.span);
    if (!refused.value().hints.empty()) return refused;
  }
  return property(query_.start.variable, whole, written.span, true);
}

Expression ExpressionBinder::property(VariableId variable,
                                      std::string_view name,
                                      SourceSpan span,
                                      bool bare) {
  Expression result{.kind = Expression::Kind::Read};
  result.index = ConditionBinder(query_, scope_).read_of(variable, name, span);
  if (bare && result.index < query_.reads.size()) query_.reads[result.index].bare = true;
  return result;
}

Result<Expression> ExpressionBinder::object(const ast::Name& selector,
                                            VariableId variable,
                                            Place place) const {
  if (place == Place::Inside || place == Place::InsideAggregate) {
    return bind_error(
        "A function or an operator needs a property here, as in \"" + selector.text + ".name\".",
        selector.span);
  }
  return Expression{.kind = Expression::Kind::Object, .index = variable};
}

// What a column of RETURN computes, over again; only the rows that UNWIND makes have to exist.
Result<Expression> ExpressionBinder::column(std::uint32_t index,
                                            SourceSpan span,
                                            Place place) const {
  const Item& item = query_.items[index];
  if (in_aggregate(place) && item.stage == Item::Stage::Group) {
    return bind_error("Aggregates do not nest: \"" + item.column + "\" is one.", span);
  }
  if (item.unwinds) {
    if (in_aggregate(place)) return misplaced_unwind(span, place);
    return Expression{.kind = Expression::Kind::Column, .index = index};
  }
  if (item.expression.kind == Expression::Kind::Object) {
    return object({item.column, {span.begin, span.end}}, item.expression.index, place);
  }
  return item.expression;
}

Result<Expression> ExpressionBinder::bind_call(const ast::Call& call,
                                               SourceSpan span,
                                               Place place) {
  for (const AggregateName& aggregate : kAggregates) {
    if (same_ignoring_case(aggregate.name, call.function.text)) {
      return bind_aggregate(aggregate.function, call, span, place);
    }
  }
  if (same_ignoring_case(call.function.text, "UNWIND")) return misplaced_unwind(span, place);
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
    CALLISTO_TRY(Expression bound, bind(argument, inside(place)));
    result.arguments.push_back(std::move(bound));
  }
  return result;
}

Result<Expression> ExpressionBinder::bind_aggregate(AggregateFunction function,
                                                    const ast::Call& call,
                                                    SourceSpan span,
                                                    Place place) {
  const std::string& name = call.function.text;
  if (in_aggregate(place)) return bind_error("Aggregates do not nest.", span);
  if (call.arguments.size() != 1) {
    return bind_error(name + " takes one argument, as in " + name + "(alias.property).", span);
  }
  const ast::Expression& written = call.arguments[0];
  const bool counts = function == AggregateFunction::Count;
  if (counts && std::holds_alternative<ast::AllPaths>(written.node)) {
    return add_aggregate(function, {.kind = Expression::Kind::AllPaths});
  }
  CALLISTO_TRY(Expression argument, bind(written, Place::InAggregate));
  if (!counts && argument.kind == Expression::Kind::Object) {
    return bind_error(name + " takes a property, as in " + name + "(" + print(written) + ".name).",
                      written.span);
  }
  return add_aggregate(function, std::move(argument));
}

// The same aggregate written twice is computed once.
Expression ExpressionBinder::add_aggregate(AggregateFunction function, Expression argument) {
  std::size_t index = 0;
  for (; index < query_.aggregates.size(); ++index) {
    const Aggregate& known = query_.aggregates[index];
    if (known.function == function && query_.same(known.argument, argument)) break;
  }
  if (index == query_.aggregates.size()) {
    Aggregate& added = query_.aggregates.emplace_back();
    added.function = function;
    for_each_variable(argument, query_, [&](VariableId variable) {
      auto& all = added.variables;
      if (std::find(all.begin(), all.end(), variable) == all.end()) all.push_back(variable);
    });
    added.argument = std::move(argument);
  }
  return {.kind = Expression::Kind::Aggregate, .index = static_cast<std::uint32_t>(index)};
}

}  // namespace callisto::query
