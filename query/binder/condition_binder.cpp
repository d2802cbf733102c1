// Negated operators become Not around the positive one, so that De Morgan and "true when absent"
// hold by construction (j1ql 4.3, 4.4).
#include "query/binder/condition_binder.h"

#include <type_traits>
#include <utility>
#include <variant>

#include "query/binder/bind_error.h"
#include "query/binder/binder.h"
#include "query/binder/key_binder.h"
#include "query/binder/matchers.h"

namespace callisto::query {

namespace {

struct Operator {
  Test test = Test::Equal;
  bool negated = false;
};

Operator operator_of(ast::CompareOp op) {
  switch (op) {
    case ast::CompareOp::Equal:
      return {Test::Equal, false};
    case ast::CompareOp::NotEqual:
      return {Test::Equal, true};
    case ast::CompareOp::Greater:
      return {Test::Greater, false};
    case ast::CompareOp::Less:
      return {Test::Less, false};
    case ast::CompareOp::GreaterEqual:
      return {Test::GreaterEqual, false};
    case ast::CompareOp::LessEqual:
      return {Test::LessEqual, false};
    case ast::CompareOp::Contains:
      return {Test::Contains, false};
    case ast::CompareOp::NotContains:
      return {Test::Contains, true};
    case ast::CompareOp::StartsWith:
      return {Test::StartsWith, false};
    case ast::CompareOp::NotStartsWith:
      return {Test::StartsWith, true};
    case ast::CompareOp::EndsWith:
      return {Test::EndsWith, false};
    case ast::CompareOp::NotEndsWith:
      return {Test::EndsWith, true};
  }
  return {};
}

Condition compare(ReadId left, Test test, ConstantId constant) {
  return {.kind = Condition::Kind::Compare, .left = left, .test = test, .constant = constant};
}

}  // namespace

void add_conjunct(Condition& all, Condition part) {
  if (part.kind == Condition::Kind::All) {
    for (Condition& inner : part.parts) {
      add_conjunct(all, std::move(inner));
    }
    return;
  }
  all.parts.push_back(std::move(part));
}

Result<Condition> ConditionBinder::bind_with(const ast::Filter& filter, VariableId variable) {
  place_ = Place::With;
  variable_ = variable;
  return bind(filter);
}

Result<Condition> ConditionBinder::bind_where(const ast::Filter& filter) {
  place_ = Place::Where;
  return bind(filter);
}

Result<Condition> ConditionBinder::bind_having(const ast::Filter& filter, KeyBinder& keys) {
  place_ = Place::Having;
  keys_ = &keys;
  return bind(filter);
}

Result<Condition> ConditionBinder::bind(const ast::Filter& filter) {
  if (const auto* comparison = std::get_if<ast::Comparison>(&filter.node)) {
    return bind_comparison(*comparison);
  }
  if (const auto* test = std::get_if<ast::CidrTest>(&filter.node)) return bind_cidr(*test);
  const auto& junction = std::get<ast::Junction>(filter.node);
  const bool all = junction.connective == ast::Connective::And;
  Condition result{.kind = all ? Condition::Kind::All : Condition::Kind::Any};
  for (const ast::Filter& part : junction.parts) {
    CALLISTO_TRY(Condition bound, bind(part));
    if (all) {
      add_conjunct(result, std::move(bound));
    } else {
      result.parts.push_back(std::move(bound));
    }
  }
  return result;
}

Result<Condition> ConditionBinder::bind_comparison(const ast::Comparison& comparison) {
  const Operator op = operator_of(comparison.op);
  CALLISTO_TRY(const ReadId left, left_of(comparison));
  CALLISTO_TRY(Condition positive, bind_operand(left, op.test, comparison.right));
  return op.negated ? negation(std::move(positive)) : std::move(positive);
}

Result<Condition> ConditionBinder::bind_cidr(const ast::CidrTest& test) {
  CALLISTO_TRY(const ReadId left, property(test.property));
  Constant block;
  if (const auto* parameter = std::get_if<ast::Parameter>(&test.block)) {
    block = CidrParameter{*parameter};
  } else {
    CALLISTO_TRY(block, cidr_matcher(std::get<std::string>(test.block), test.block_span));
  }
  const ConstantId constant = constant_of(std::move(block), test.block_span);
  Condition positive = compare(left, Test::Matches, constant);
  return test.negated ? negation(std::move(positive)) : std::move(positive);
}

Result<Condition> ConditionBinder::bind_operand(ReadId left,
                                                Test test,
                                                const ast::Operand& operand) {
  if (const auto* literal = std::get_if<ast::Literal>(&operand.node)) {
    if (!is_null(literal->value)) {
      return compare(left, test, constant_of(literal->value, operand.span));
    }
    // `undefined`: only equality can hold.
    if (test != Test::Equal) return Condition{.kind = Condition::Kind::Any};
    return negation(compare(left, Test::Present, kNone));
  }
  if (const auto* now = std::get_if<ast::DateNow>(&operand.node)) {
    return compare(left, test, constant_of(*now, operand.span));
  }
  if (const auto* date = std::get_if<ast::DateLiteral>(&operand.node)) {
    const Value value(static_cast<double>(date->epoch_ms));
    query_.dates.push_back(constant_of(value, operand.span));
    return compare(left, test, query_.dates.back());
  }
  if (const auto* parameter = std::get_if<ast::Parameter>(&operand.node)) {
    return compare(left, test, constant_of(*parameter, operand.span));
  }
  if (const auto* regex = std::get_if<ast::Regex>(&operand.node)) {
    return bind_regex(left, test, *regex, operand.span);
  }
  if (const auto* other = std::get_if<ast::PropertyRef>(&operand.node)) {
    CALLISTO_TRY(const ReadId right, property(*other));
    return Condition{.kind = Condition::Kind::Compare, .left = left, .test = test, .right = right};
  }
  if (const auto* computed = std::get_if<ast::Computed>(&operand.node)) {
    CALLISTO_TRY(const std::uint32_t column, keys_->column_of(*computed->expression, "HAVING"));
    const ReadId right = column_read(column, operand.span);
    return Condition{.kind = Condition::Kind::Compare, .left = left, .test = test, .right = right};
  }
  if (std::holds_alternative<ast::Subquery>(operand.node)) {
    return bind_subquery(left, test, operand);
  }
  const auto& list = std::get<ast::OperandList>(operand.node);
  Condition result{.kind = list.connective == ast::Connective::And ? Condition::Kind::All
                                                                   : Condition::Kind::Any};
  for (const ast::Operand& item : list.items) {
    CALLISTO_TRY(Condition part, bind_operand(left, test, item));
    result.parts.push_back(std::move(part));
  }
  if (result.kind == Condition::Kind::Any) join_values(result);
  return result;
}

Result<Condition> ConditionBinder::bind_subquery(ReadId left,
                                                 Test test,
                                                 const ast::Operand& operand) {
  const ast::Query& written = *std::get<ast::Subquery>(operand.node).query;
  CALLISTO_TRY(BoundQuery inner,
               bind_inner(written, query_.definitions, query_.smart_classes, scope_.names()));
  if (inner.items.front().expression.kind != Expression::Kind::Read) {
    return bind_error("A subquery returns exactly one property.", written.returns->span);
  }
  auto shared = std::make_shared<const BoundQuery>(std::move(inner));
  return compare(left, test, constant_of(std::move(shared), operand.span));
}

// A list of very many values is one operand, so that it can be looked up
// (core/columns/value_set.h).
void ConditionBinder::join_values(Condition& any) {
  constexpr std::size_t kPartsMax = 64;
  if (any.parts.size() <= kPartsMax) return;
  List values;
  for (const Condition& part : any.parts) {
    const bool compares = part.kind == Condition::Kind::Compare && part.constant != kNone;
    const auto* value = compares ? std::get_if<Value>(&query_.constants[part.constant]) : nullptr;
    if (value == nullptr) return;
    std::visit(
        [&](const auto& one) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(one)>, List>) values.push_back(one);
        },
        *value);
  }
  if (values.size() != any.parts.size()) return;
  const Condition& first = any.parts.front();
  const SourceSpan span = query_.constant_spans[first.constant];
  // Nothing else refers to the constants of the parts, which are the last ones.
  query_.constants.resize(first.constant);
  query_.constant_spans.resize(first.constant);
  any = compare(first.left, first.test, constant_of(Value(std::move(values)), span));
}

Result<Condition> ConditionBinder::bind_regex(ReadId left,
                                              Test test,
                                              const ast::Regex& regex,
                                              SourceSpan span) {
  RegexAnchor anchor = RegexAnchor::None;
  switch (test) {
    case Test::Equal:
    case Test::Contains:
      break;
    case Test::StartsWith:
      anchor = RegexAnchor::Start;
      break;
    case Test::EndsWith:
      anchor = RegexAnchor::End;
      break;
    default:
      return bind_error("A regular expression can be compared with = != ~= !~= ^= !^= $= !$= only.",
                        span);
  }
  CALLISTO_TRY(MatcherPtr matcher, regex_matcher(regex, anchor, span));
  return compare(left, Test::Matches, constant_of(std::move(matcher), span));
}

Result<ReadId> ConditionBinder::property(const ast::PropertyRef& reference) {
  switch (place_) {
    case Place::With:
      break;
    case Place::Where: {
      CALLISTO_TRY(const VariableId variable, scope_.find(*reference.selector, "predicate filter"));
      return read_of(variable, reference.property.text, reference.span);
    }
    case Place::Having: {
      CALLISTO_TRY(const std::uint32_t column, keys_->column_of(reference));
      return column_read(column, reference.span);
    }
  }
  return read_of(variable_, reference.property.text, reference.span);
}

Result<ReadId> ConditionBinder::left_of(const ast::Comparison& comparison) {
  if (const auto* named = std::get_if<ast::PropertyRef>(&comparison.left)) return property(*named);
  const ast::Expression& written = *std::get<ast::Computed>(comparison.left).expression;
  CALLISTO_TRY(const std::uint32_t column, keys_->column_of(written, "HAVING"));
  return column_read(column, written.span);
}

ReadId ConditionBinder::column_read(std::uint32_t column, SourceSpan span) {
  query_.reads.push_back({.variable = kNoVariable,
                          .property = query_.items[column].column,
                          .column = column,
                          .span = span});
  return static_cast<ReadId>(query_.reads.size() - 1);
}

ReadId ConditionBinder::read_of(VariableId variable, std::string_view property, SourceSpan span) {
  if (query_.reads.size() > kPropertiesMax) return 0;  // Refused once all is bound.
  for (std::size_t i = 0; i < query_.reads.size(); ++i) {
    const Read& read = query_.reads[i];
    if (read.variable == variable && variable != kNoVariable && read.property == property) {
      return static_cast<ReadId>(i);
    }
  }
  query_.reads.push_back(
      {.variable = variable, .property = std::string(property), .column = kNone, .span = span});
  return static_cast<ReadId>(query_.reads.size() - 1);
}

ConstantId ConditionBinder::constant_of(Constant constant, SourceSpan span) {
  query_.constants.push_back(std::move(constant));
  query_.constant_spans.push_back(span);
  return static_cast<ConstantId>(query_.constants.size() - 1);
}

}  // namespace callisto::query
