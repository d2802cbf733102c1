// Items: what they compute, and which of them aggregate.
#include "query/binder/return_binder.h"

#include <algorithm>
#include <utility>

#include "query/binder/bind_error.h"
#include "query/binder/expression_binder.h"

namespace callisto::query {

namespace {

bool any_of_kind(const Expression& expression, Expression::Kind kind) {
  if (expression.kind == kind) return true;
  for (const Expression& argument : expression.arguments) {
    if (any_of_kind(argument, kind)) return true;
  }
  return false;
}

}  // namespace

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
  using Place = ExpressionBinder::Place;
  ExpressionBinder expressions(query_, scope_, ExpressionBinder::Columns::Not);
  if (const ast::Call* unwind = unwind_of(written.expression)) {
    if (unwind->arguments.size() != 1) {
      return bind_error("UNWIND takes one argument, the list to unfold.", written.span);
    }
    CALLISTO_TRY(item.expression, expressions.bind(unwind->arguments[0], Place::Inside));
    item.unwinds = true;
  } else {
    CALLISTO_TRY(item.expression, expressions.bind(written.expression, Place::Whole));
  }
  if (!any_of_kind(item.expression, Expression::Kind::Aggregate)) return item;
  item.stage = Item::Stage::Group;
  if (item.unwinds || any_of_kind(item.expression, Expression::Kind::Read)) {
    return bind_error(
        "An item mixes an aggregate with a plain property; return the property as an item of its "
        "own, which makes it a group key.",
        written.span);
  }
  return item;
}

}  // namespace callisto::query
