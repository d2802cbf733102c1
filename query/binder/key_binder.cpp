// A key is found among the items, or becomes one that is not shown.
#include "query/binder/key_binder.h"

#include <algorithm>
#include <utility>

#include "query/ast/printer.h"
#include "query/binder/bind_error.h"

namespace callisto::query {

namespace {

bool has_kind(const Expression& expression, Expression::Kind kind) {
  return expression.kind == kind ||
         std::any_of(expression.arguments.begin(),
                     expression.arguments.end(),
                     [kind](const Expression& argument) { return has_kind(argument, kind); });
}

bool is_name(const ast::Expression& expression) {
  return std::holds_alternative<ast::SelectorRef>(expression.node) ||
         std::holds_alternative<ast::PropertyRef>(expression.node);
}

}  // namespace

std::optional<std::uint32_t> KeyBinder::column_like(const Expression& expression) const {
  for (std::size_t i = 0; i < query_.items.size(); ++i) {
    const Item& item = query_.items[i];
    if (item.all_properties || item.unwinds || !query_.same(item.expression, expression)) continue;
    return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

Result<std::uint32_t> KeyBinder::column_of(const ast::Expression& key, std::string_view clause) {
  expressions_.in_clause(clause);
  if (is_name(key)) {
    if (const auto named = expressions_.column_named(default_column(key))) return *named;
  }
  if (const ast::Call* unwind = unwind_of(key)) return unfolded(*unwind, key.span);
  CALLISTO_TRY(Expression bound, expressions_.bind(key, ExpressionBinder::Place::Whole));
  if (bound.kind == Expression::Kind::Column) return bound.index;
  if (const auto column = column_like(bound)) return *column;
  return hidden(std::move(bound), key, clause);
}

Result<std::uint32_t> KeyBinder::column_of(const ast::PropertyRef& name) {
  const std::string& whole = name.property.text;
  if (const auto named = expressions_.column_named(whole)) return *named;
  const std::size_t dot = whole.find('.');
  if (dot == std::string::npos) {
    return column_of(ast::Expression{ast::SelectorRef{name.property}, name.span}, "HAVING");
  }
  const auto end = static_cast<std::uint32_t>(name.span.begin + dot);
  const ast::Name first{whole.substr(0, dot), {name.span.begin, std::min(end, name.span.end)}};
  const ast::Name rest{whole.substr(dot + 1), name.property.span};
  return column_of(ast::Expression{ast::PropertyRef{first, rest, name.span}, name.span}, "HAVING");
}

Result<std::uint32_t> KeyBinder::unfolded(const ast::Call& unwind, SourceSpan span) {
  for (const ast::Expression& argument : unwind.arguments) {
    CALLISTO_TRY(const Expression bound,
                 expressions_.bind(argument, ExpressionBinder::Place::Inside));
    for (std::size_t i = 0; i < query_.items.size(); ++i) {
      const Item& item = query_.items[i];
      if (item.unwinds && query_.same(item.expression, bound)) return static_cast<std::uint32_t>(i);
    }
  }
  return bind_error("UNWIND can only be a whole item of RETURN; name the column it makes there.",
                    span);
}

// Rewrites an expression so that it needs nothing but the cells of a row and aggregates; false
// where it asks for something that the rows do not have.
bool KeyBinder::over_groups(Expression& expression) const {
  if (const auto column = column_like(expression)) {
    expression = {.kind = Expression::Kind::Column, .index = *column};
    return true;
  }
  if (expression.kind == Expression::Kind::Read || expression.kind == Expression::Kind::Object) {
    return false;
  }
  return std::all_of(expression.arguments.begin(),
                     expression.arguments.end(),
                     [this](Expression& argument) { return over_groups(argument); });
}

Result<std::uint32_t> KeyBinder::hidden(Expression expression,
                                        const ast::Expression& written,
                                        std::string_view clause) {
  if (has_kind(expression, Expression::Kind::Aggregate) && query_.shape != ResultType::Table) {
    return bind_error("An aggregate needs RETURN: it is about the rows that RETURN groups.",
                      written.span);
  }
  if (expression.kind == Expression::Kind::Object) {
    return bind_error(std::string(clause) + " needs a property of \"" + print(written) +
                          "\" here, as in " + print(written) + ".name.",
                      written.span);
  }
  Item item{.column = print(written), .hidden = true};
  if (grouped_) {
    if (!over_groups(expression)) {
      return expressions_.no_column(default_column(written), written.span);
    }
    item.stage = Item::Stage::Group;
  } else if (has_kind(expression, Expression::Kind::Column)) {
    item.stage = Item::Stage::Row;
  }
  item.expression = std::move(expression);
  if (const auto column = column_like(item.expression)) return *column;
  query_.items.push_back(std::move(item));
  return static_cast<std::uint32_t>(query_.items.size() - 1);
}

Status KeyBinder::bind_sort_keys(const std::vector<ast::SortKey>& keys) {
  for (const ast::SortKey& written : keys) {
    const Result<std::uint32_t> column = column_of(written.expression, "ORDER BY");
    if (!column) return tl::make_unexpected(column.error());
    query_.order_by.push_back({.column = *column, .descending = written.descending});
  }
  return {};
}

}  // namespace callisto::query
