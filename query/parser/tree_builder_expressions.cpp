// What RETURN computes.
#include <iterator>

#include "query/ast/printer.h"
#include "query/parser/limits.h"
#include "query/parser/syntax_error.h"
#include "query/parser/tree_builder.h"

namespace callisto::query {

void TreeBuilder::push_expression(ast::Expression::Node node, ast::Span where) {
  expressions_.push_back({std::move(node), where});
}

void TreeBuilder::literal_operand(TokenRange range) {
  push_expression(ast::Literal{literal_value(range.begin)}, span(range));
}

void TreeBuilder::parameter_operand(TokenRange range) {
  push_expression(parameter_of(range.begin), span(range));
}

void TreeBuilder::reference(TokenRange range) {
  if (token(range.begin).kind == Kind::Bracket) {
    push_expression(ast::PropertyRef{std::nullopt, joined(range), span(range)}, span(range));
    return;
  }
  if (range.end - range.begin == 1) {
    push_expression(ast::SelectorRef{name(range.begin)}, span(range));
    return;
  }
  push_expression(
      ast::PropertyRef{name(range.begin), joined({range.begin + 2, range.end}), span(range)},
      span(range));
}

void TreeBuilder::all_properties(TokenRange range) {
  push_expression(ast::AllProperties{name(range.begin)}, span(range));
}

void TreeBuilder::all_paths(TokenRange range) {
  push_expression(ast::AllPaths{}, span(range));
}

void TreeBuilder::open_expressions() {
  marks_.push_back(expressions_.size());
}

void TreeBuilder::call(TokenRange range) {
  const auto first = expressions_.begin() + static_cast<std::ptrdiff_t>(take_mark());
  check_count(static_cast<std::size_t>(expressions_.end() - first), "arguments", span(range));
  ast::Call call;
  call.function = name(range.begin);
  call.arguments.assign(std::make_move_iterator(first),
                        std::make_move_iterator(expressions_.end()));
  expressions_.erase(first, expressions_.end());
  push_expression(std::move(call), span(range));
}

void TreeBuilder::parens(TokenRange range) {
  expressions_.back().span = span(range);
}

// The signs before an operand are applied in power(): `-2^2` is `-(2^2)`.
void TreeBuilder::signed_operand(TokenRange range) {
  std::size_t count = 0;
  while (token(range.begin + count).kind == Kind::Minus)
    ++count;
  signs_.push_back(count);
  if (signs_.size() > kExpressionPartsMax) count_expression_parts(signs_.size());
}

// Bounds the depth of the tree that a flat text builds: `1+1+1+…` and `- - - 1`.
void TreeBuilder::count_expression_parts(std::size_t count) {
  expression_parts_ += count;
  if (expression_parts_ > kExpressionPartsMax) {
    throw Refusal{limit_error(
        expressions_.back().span,
        "An expression has at most " + std::to_string(kExpressionPartsMax) + " operators.")};
  }
}

void TreeBuilder::negate_expression(std::size_t times) {
  count_expression_parts(times);
  for (std::size_t i = 0; i < times; ++i) {
    ast::Expression inner = std::move(expressions_.back());
    const ast::Span where = inner.span;
    expressions_.back() = {ast::Negation{ast::Box<ast::Expression>(std::move(inner))}, where};
  }
}

// `a ^ -b ^ c` groups to the right: a ^ (-(b ^ c)).
void TreeBuilder::power() {
  const std::size_t first = take_mark();
  std::size_t signs = signs_.back();
  signs_.pop_back();
  negate_expression(signs);
  while (expressions_.size() - first > 1) {
    arithmetic(ast::ArithmeticOp::Power);
    signs = signs_.back();
    signs_.pop_back();
    negate_expression(signs);
  }
}

void TreeBuilder::arithmetic(ast::ArithmeticOp op) {
  count_expression_parts(1);
  ast::Expression right = std::move(expressions_.back());
  expressions_.pop_back();
  ast::Expression left = std::move(expressions_.back());
  expressions_.pop_back();
  const ast::Span where(left.span.begin, right.span.end);
  push_expression(ast::Arithmetic{op,
                                  ast::Box<ast::Expression>(std::move(left)),
                                  ast::Box<ast::Expression>(std::move(right))},
                  where);
}

// The text of a column without alias: the tokens as written, with one blank where there was any
// space or comment (j1ql 7.3).
std::string TreeBuilder::written(TokenRange range) const {
  std::string text;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (i > range.begin && token(i - 1).end < token(i).begin) text.push_back(' ');
    text.append(token(i).text(text_));
  }
  return text;
}

void TreeBuilder::item(TokenRange range) {
  expression_parts_ = 0;
  ast::ReturnItem item;
  item.expression = take_last(expressions_);
  if (std::holds_alternative<ast::PropertyRef>(item.expression.node)) {
    item.column = default_column(item.expression);
  } else if (const auto* all = std::get_if<ast::AllProperties>(&item.expression.node)) {
    item.column = all->selector.text + ".*";
  } else {
    item.column = written(range);
  }
  item.span = span(range);
  queries_.back().query.returns->items.push_back(std::move(item));
}

void TreeBuilder::column_name(TokenRange range) {
  ast::ReturnItem& item = queries_.back().query.returns->items.back();
  item.alias = name(range.begin);
  item.column = item.alias->text;
  item.span.end = span(range).end;
}

}  // namespace callisto::query
