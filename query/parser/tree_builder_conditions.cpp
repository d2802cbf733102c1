// Properties, values and filters.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>

#include "query/ast/iso_date.h"
#include "query/ast/parts.h"
#include "query/ast/printer.h"
#include "query/ast/printer_parts.h"
#include "query/parser/limits.h"
#include "query/parser/spelling.h"
#include "query/parser/syntax_error.h"
#include "query/parser/tree_builder.h"

namespace callisto::query {
namespace {

struct UnitName {
  std::string_view name;
  ast::DateUnit unit;
};

constexpr std::array kUnitNames = {
    UnitName{"minute", ast::DateUnit::Minute}, UnitName{"minutes", ast::DateUnit::Minute},
    UnitName{"min", ast::DateUnit::Minute},    UnitName{"mins", ast::DateUnit::Minute},
    UnitName{"hour", ast::DateUnit::Hour},     UnitName{"hours", ast::DateUnit::Hour},
    UnitName{"hr", ast::DateUnit::Hour},       UnitName{"hrs", ast::DateUnit::Hour},
    UnitName{"day", ast::DateUnit::Day},       UnitName{"days", ast::DateUnit::Day},
    UnitName{"week", ast::DateUnit::Week},     UnitName{"weeks", ast::DateUnit::Week},
    UnitName{"month", ast::DateUnit::Month},   UnitName{"months", ast::DateUnit::Month},
    UnitName{"mo", ast::DateUnit::Month},      UnitName{"mos", ast::DateUnit::Month},
    UnitName{"year", ast::DateUnit::Year},     UnitName{"years", ast::DateUnit::Year},
    UnitName{"yr", ast::DateUnit::Year},       UnitName{"yrs", ast::DateUnit::Year},
};

std::optional<ast::DateUnit> unit_of(std::string_view word) {
  for (const UnitName& known : kUnitNames) {
    if (same_ignoring_case(known.name, word)) return known.unit;
  }
  return std::nullopt;
}

ast::CompareOp operator_of(std::string_view text) {
  using Op = ast::CompareOp;
  const bool negated = text.front() == '!';
  switch (negated ? text[1] : text.front()) {
    case '>':
      return text.size() == 2 ? Op::GreaterEqual : Op::Greater;
    case '<':
      return text.size() == 2 ? Op::LessEqual : Op::Less;
    case '~':
      return negated ? Op::NotContains : Op::Contains;
    case '^':
      return negated ? Op::NotStartsWith : Op::StartsWith;
    case '$':
      return negated ? Op::NotEndsWith : Op::EndsWith;
    default:
      return negated ? Op::NotEqual : Op::Equal;
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

bool names_something(const ast::Operand& operand) {
  if (const auto* computed = std::get_if<ast::Computed>(&operand.node)) {
    return ast::depends_on_rows(*computed->expression);
  }
  return std::holds_alternative<ast::PropertyRef>(operand.node);
}

bool holds_regex(const ast::Operand& operand) {
  if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
    return std::any_of(list->items.begin(), list->items.end(), holds_regex);
  }
  return std::holds_alternative<ast::Regex>(operand.node);
}

}  // namespace

// ---- properties

void TreeBuilder::flat_property(TokenRange range) {
  properties_.push_back({std::nullopt, joined(range), span(range)});
}

void TreeBuilder::selector_property(TokenRange range) {
  properties_.push_back({name(range.begin), joined({range.begin + 2, range.end}), span(range)});
}

// ---- values

Value TreeBuilder::literal_value(std::size_t index) const {
  switch (token(index).kind) {
    case Kind::String:
      return word(index);
    case Kind::True:
      return true;
    case Kind::False:
      return false;
    case Kind::Undefined:
      return Null{};
    default:
      return number_value(index);
  }
}

double TreeBuilder::number_value(std::size_t index) const {
  const std::string_view text = token(index).text(text_);
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || !std::isfinite(number)) {
    throw Refusal{refusal(text_, token(index).span(), "The number is out of range.")};
  }
  return number;
}

void TreeBuilder::push_operand(ast::Operand::Node node, TokenRange range) {
  operands_.push_back({std::move(node), span(range)});
}

void TreeBuilder::literal(TokenRange range) {
  push_operand(ast::Literal{literal_value(range.begin)}, range);
}

void TreeBuilder::negative(TokenRange range) {
  ast::Literal number;
  number.value = -number_value(range.begin + 1);
  push_operand(std::move(number), range);
}

void TreeBuilder::date_value(TokenRange range) {
  ast::DateNow date;
  for (std::size_t i = range.begin + 1; i + 2 < range.end; i += 3) {
    const std::uint64_t count = whole_number(i + 1);
    if (count > static_cast<std::uint64_t>(kDateStepMax)) {
      throw Refusal{refusal(text_, token(i + 1).span(), "The number is too large for a date.")};
    }
    const std::optional<ast::DateUnit> unit = unit_of(token(i + 2).text(text_));
    if (!unit) {
      std::vector<std::string_view> names;
      names.reserve(kUnitNames.size());
      for (const UnitName& known : kUnitNames)
        names.push_back(known.name);
      std::vector<std::string> hints;
      if (const auto near = nearest(token(i + 2).text(text_), names)) {
        hints.push_back("Did you mean \"" + std::string(*near) + "\"?");
      }
      throw Refusal{
          refusal(text_,
                  token(i + 2).span(),
                  "Expected a unit of time: minutes, hours, days, weeks, months or years.",
                  std::move(hints))};
    }
    const auto signed_count = static_cast<std::int64_t>(count);
    date.steps.push_back({token(i).kind == Kind::Minus ? -signed_count : signed_count, *unit});
  }
  push_operand(std::move(date), range);
}

void TreeBuilder::date_literal(TokenRange range) {
  std::string_view text = token(range.begin).text(text_);
  text.remove_prefix(text.find('(') + 1);
  text.remove_suffix(1);
  text = trimmed(text);
  const std::optional<std::int64_t> moment = epoch_ms_from_iso(text);
  if (!moment) {
    throw Refusal{refusal(
        text_,
        span(range),
        "Expected a date such as date(2024-01-31) or date(2024-01-31T12:00:00Z), without quotes.")};
  }
  push_operand(ast::DateLiteral{*moment}, range);
}

void TreeBuilder::regex(TokenRange range) {
  const std::string_view text = token(range.begin).text(text_);
  const std::size_t last = text.rfind('/');
  push_operand(
      ast::Regex{std::string(text.substr(1, last - 1)), std::string(text.substr(last + 1))}, range);
}

ast::Parameter TreeBuilder::parameter_of(std::size_t index) const {
  std::string_view text = token(index).text(text_);
  text = trimmed(text.substr(2, text.size() - 3));
  constexpr std::string_view kStored = "param.";
  if (text.substr(0, kStored.size()) != kStored) {
    return {ast::Parameter::Source::Variable, std::string(text)};
  }
  text.remove_prefix(kStored.size());
  if (text.empty()) {
    throw Refusal{refusal(text_, token(index).span(), "Expected a name after \"param.\".")};
  }
  return {ast::Parameter::Source::Stored, std::string(text)};
}

void TreeBuilder::parameter(TokenRange range) {
  push_operand(parameter_of(range.begin), range);
}

void TreeBuilder::selector_value() {
  ast::PropertyRef property = std::move(properties_.back());
  properties_.pop_back();
  const ast::Span where = property.span;
  operands_.push_back({std::move(property), where});
}

// An expression of HAVING; a name is that of a column, and a value is like one anywhere else.
void TreeBuilder::computed() {
  expression_parts_ = 0;
  ast::Expression written = take_last(expressions_);
  const ast::Span where = written.span;
  const auto push = [&](ast::Operand::Node node) { operands_.push_back({std::move(node), where}); };
  if (auto* word = std::get_if<ast::SelectorRef>(&written.node)) {
    return push(ast::PropertyRef{std::nullopt, std::move(word->selector), where});
  }
  if (auto* property = std::get_if<ast::PropertyRef>(&written.node)) {
    return push(ast::PropertyRef{
        std::nullopt, ast::Name{default_column(written), property->span}, property->span});
  }
  if (auto* value = std::get_if<ast::Literal>(&written.node)) return push(std::move(*value));
  if (auto* parameter = std::get_if<ast::Parameter>(&written.node)) {
    return push(std::move(*parameter));
  }
  if (auto* negation = std::get_if<ast::Negation>(&written.node)) {
    const auto* value = std::get_if<ast::Literal>(&negation->operand->node);
    const double* number = value == nullptr ? nullptr : std::get_if<double>(&value->value);
    if (number != nullptr && !std::signbit(*number)) return push(ast::Literal{-*number});
  }
  push(ast::Computed{ast::Box<ast::Expression>(std::move(written))});
}

void TreeBuilder::open_list() {
  marks_.push_back(operands_.size());
  connectives_.push_back(ast::Connective::Or);
}

void TreeBuilder::list_of_and() {
  connectives_.back() = ast::Connective::And;
}

void TreeBuilder::list(TokenRange range) {
  const auto first = operands_.begin() + static_cast<std::ptrdiff_t>(take_mark());
  check_count(static_cast<std::size_t>(operands_.end() - first), "values", span(range));
  ast::OperandList list;
  list.connective = connectives_.back();
  connectives_.pop_back();
  list.items.assign(std::make_move_iterator(first), std::make_move_iterator(operands_.end()));
  operands_.erase(first, operands_.end());
  push_operand(std::move(list), range);
}

// A subquery supplies the values of exactly one property (j1ql 4.11).
void TreeBuilder::subquery(TokenRange range) {
  ast::Query query = take();
  queries_.pop_back();
  bool one_property = query.returns && query.returns->items.size() == 1;
  if (one_property) {  // A word alone may be a selector: the binder knows.
    const ast::Expression& item = query.returns->items.front().expression;
    one_property = std::holds_alternative<ast::PropertyRef>(item.node) ||
                   std::holds_alternative<ast::SelectorRef>(item.node);
  }
  if (!one_property) {
    const ast::Span where = query.returns ? query.returns->span : token(range.end - 1).span();
    throw Refusal{refusal(text_,
                          where,
                          "A subquery returns exactly one property.",
                          {"Write (FIND Person AS p RETURN p.email)."})};
  }
  push_operand(ast::Subquery{ast::Box<ast::Query>(std::move(query))}, range);
}

// ---- filters

void TreeBuilder::compare(TokenRange range) {
  operators_.emplace_back(operator_of(token(range.begin).text(text_)), span(range));
}

void TreeBuilder::push_comparison(ast::Comparison comparison, TokenRange range) {
  std::tie(comparison.op, comparison.op_span) = take_last(operators_);
  if (comparison.reversed) {
    check_reversed(comparison);
    comparison.op = mirrored(comparison.op);
  }
  const bool equality =
      comparison.op == ast::CompareOp::Equal || comparison.op == ast::CompareOp::NotEqual;
  if (!equality && std::holds_alternative<ast::Subquery>(comparison.right.node)) {
    throw Refusal{refusal(text_, comparison.op_span, "A subquery is compared with = or != only.")};
  }
  filters_.push_back({std::move(comparison), span(range)});
}

void TreeBuilder::comparison(TokenRange range) {
  ast::Comparison comparison;
  comparison.left = take_last(properties_);
  comparison.right = take_last(operands_);
  push_comparison(std::move(comparison), range);
}

void TreeBuilder::reversed_comparison(TokenRange range) {
  ast::Comparison comparison;
  comparison.left = take_last(properties_);
  comparison.right = take_last(operands_);
  comparison.reversed = true;
  push_comparison(std::move(comparison), range);
}

void TreeBuilder::second_value(TokenRange range) {
  std::vector<std::string> hints;
  const std::size_t left = range.begin - 2;  // A value, perhaps the end of a longer one.
  if (token(left).kind == Kind::String && printing::is_free_word(word(left))) {
    hints.push_back("A property stands without quotes: " + word(left) + " " +
                    std::string(token(range.begin - 1).text(text_)) + " " +
                    std::string(token(range.begin).text(text_)) + ".");
  }
  refuse_two_values(range, std::move(hints));
}

// Which side is the one asked about: the left one if it names something, else the right one.
void TreeBuilder::having_comparison(TokenRange range) {
  ast::Comparison comparison;
  comparison.right = take_last(operands_);
  ast::Operand left = take_last(operands_);
  if (!names_something(left)) {
    if (!names_something(comparison.right)) refuse_two_values(range, {});
    std::swap(left, comparison.right);
    comparison.reversed = true;
  }
  if (auto* property = std::get_if<ast::PropertyRef>(&left.node)) {
    comparison.left = std::move(*property);
  } else {
    comparison.left = std::get<ast::Computed>(std::move(left.node));
  }
  push_comparison(std::move(comparison), range);
}

void TreeBuilder::refuse_two_values(TokenRange range, std::vector<std::string> hints) const {
  throw Refusal{refusal(text_,
                        span(range),
                        "A comparison needs a property on one side; here both are values.",
                        std::move(hints))};
}

// Contains, starts with and ends with are about the left side, and a pattern is no text to look in
// (j1ql 4.14). `op` and `right` are still as written.
void TreeBuilder::check_reversed(const ast::Comparison& comparison) const {
  const bool text = comparison.op > ast::CompareOp::LessEqual;
  if (!text && !holds_regex(comparison.right)) return;
  ast::Comparison turned = comparison;
  turned.reversed = false;
  throw Refusal{refusal(text_,
                        comparison.op_span,
                        text ? "The property stands left of " +
                                   std::string(text_of(comparison.op)) + " and the text right."
                             : "A regular expression stands right of the property.",
                        {"Turn it round: " + print(turned) + "."})};
}

void TreeBuilder::cidr(TokenRange range) {
  ast::CidrTest test;
  test.negated = token(range.begin).kind == Kind::Bang;
  test.property = std::move(properties_.back());
  properties_.pop_back();
  const std::size_t block = range.end - 2;
  test.block_span = token(block).span();
  if (token(block).kind == Kind::Parameter) {
    test.block = parameter_of(block);
  } else {
    test.block = name(block).text;
  }
  filters_.push_back({std::move(test), span(range)});
}

void TreeBuilder::open_junction() {
  marks_.push_back(filters_.size());
}

void TreeBuilder::close_junction(ast::Connective connective, TokenRange range) {
  const std::size_t begin = take_mark();
  if (filters_.size() - begin == 1) return;
  const auto first = filters_.begin() + static_cast<std::ptrdiff_t>(begin);
  ast::Junction junction;
  junction.connective = connective;
  junction.parts.assign(std::make_move_iterator(first), std::make_move_iterator(filters_.end()));
  filters_.erase(first, filters_.end());
  filters_.push_back({std::move(junction), span(range)});
}

void TreeBuilder::open_place(FilterPlace place) {
  places_.push_back(place);
}

ast::Filter TreeBuilder::take_filter() {
  places_.pop_back();
  ast::Filter filter = std::move(filters_.back());
  filters_.pop_back();
  return filter;
}

void TreeBuilder::with() {
  nodes_.back().filter = take_filter();
}

void TreeBuilder::where() {
  queries_.back().query.where = take_filter();
}

void TreeBuilder::having() {
  queries_.back().query.having = take_filter();
}

}  // namespace callisto::query
