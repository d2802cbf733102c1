// parse(print(tree)) == tree for random trees, and printing is a fixed point.
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "query/ast/printer.h"
#include "query/parser/completion.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"
#include "tests/unit/query/random_query.h"

namespace callisto::query::testing {

int RandomQuery::below(int limit) {
  return *rc::gen::inRange(0, limit);
}

bool RandomQuery::chance(int one_in) {
  return below(one_in) == one_in - 1;
}

template <class T>
T RandomQuery::one_of(const std::vector<T>& choices) {
  return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
}

std::string RandomQuery::word() {
  return one_of<std::string>({"User",
                              "aws_instance",
                              "a",
                              "Host",
                              "_x1",
                              "count",
                              "to",
                              "tree",
                              "asc",
                              "desc",
                              "cidr",
                              "relate",
                              "date",
                              "Somehow",
                              "now",
                              "has"});
}

std::string RandomQuery::property_name() {
  return one_of<std::string>({"name",
                              "tag.Prod",
                              "tag.cost-center",
                              "limit",
                              "a.b.c.d",
                              "@x",
                              "date.now",
                              "order.by",
                              "tag.1.1",
                              "now",
                              "with",
                              "é",
                              "x.date.now",
                              " ",
                              "true",
                              "a..b",
                              ".",
                              "cidr",
                              "and"});
}

std::string RandomQuery::text() {
  return one_of<std::string>({"",
                              "x",
                              "it's",
                              "say \"hi\"",
                              "a\\b",
                              "two\nlines",
                              "tab\t",
                              "é€",
                              "\\n",
                              "'",
                              "\\",
                              "/* */",
                              "a  b",
                              "${x}",
                              "{{x}}",
                              "\x01"});
}

double RandomQuery::number() {
  return one_of<double>({0, 1, 0.8, 9007199254740993.0, 1e300, 5e-324, 0.1, 123456.789});
}

ast::Parameter RandomQuery::parameter() {
  using Source = ast::Parameter::Source;
  return {chance(2) ? Source::Variable : Source::Stored, one_of<std::string>({"x", "a-b", "c.d"})};
}

ast::Target RandomQuery::target(int depth, bool in_list) {
  ast::Target target;
  const int kind = below(in_list ? 4 : 5);
  if (kind == 0) target.kind = ast::Target::Kind::Any;
  if (kind == 1 || (kind == 3 && depth <= 0)) {
    target.kind = ast::Target::Kind::Class;
    target.text = one_of<std::string>({"User", "Host", "Tree", "To"});
  }
  if (kind == 2) {
    target.kind = ast::Target::Kind::Type;
    target.text = one_of<std::string>({"aws_instance", "to", "everyone", "_x", "cidr", "desc"});
  }
  if (kind == 3 && depth > 0) {
    target.kind = ast::Target::Kind::Union;
    const int count = 2 + below(2);
    for (int i = 0; i < count; ++i)
      target.alternatives.push_back(this->target(depth - 1, true));
  }
  if (kind == 4) {
    target.kind = ast::Target::Kind::FullText;
    target.text = text();
    return target;
  }
  for (int i = below(6) - 3; i > 0; --i) {
    target.smart_classes.push_back({one_of<std::string>({"Prod", "limit", "x_1"})});
  }
  return target;
}

ast::Node RandomQuery::node(int depth) {
  ast::Node node;
  node.target = target(depth, false);
  if (chance(2)) node.filter = filter(depth, Place::With);
  if (chance(3)) node.alias = ast::Name{word()};
  return node;
}

ast::Hop RandomQuery::hop(int depth) {
  ast::Hop hop;
  hop.relates_to = chance(4);
  const int verbs = hop.relates_to ? 0 : 1 + below(2);
  for (int i = 0; i < verbs; ++i) {
    hop.verbs.push_back(one_of<ast::Verb>(
        {{"HAS", {"HAS"}}, {"OWNS", {"owns"}}, {"TO", {"to"}}, {"DESC", {"Desc"}}}));
  }
  hop.direction = one_of<ast::Direction>(
      {ast::Direction::Either, ast::Direction::Forward, ast::Direction::Backward});
  if (chance(5)) {
    hop.somehow_depth = static_cast<std::uint32_t>(1 + below(10));
  } else {
    hop.negated = chance(4);
    if (chance(3)) hop.alias = ast::Name{word()};
  }
  hop.node = node(depth);
  return hop;
}

std::vector<ast::Step> RandomQuery::steps(int depth, bool in_group) {
  std::vector<ast::Step> steps;
  const int count = in_group ? 1 + below(2) : below(3);
  for (int i = 0; i < count; ++i) {
    if (depth > 0 && chance(3) && !(in_group && i == 0)) {
      ast::OptionalGroup group;
      group.steps = this->steps(depth - 1, true);
      if (chance(3)) group.alias = ast::Name{word()};
      steps.push_back({std::move(group)});
    } else {
      steps.push_back({hop(depth - 1)});
    }
  }
  return steps;
}

ast::PropertyRef RandomQuery::property(Place place) {
  ast::PropertyRef property;
  if (place == Place::Where) property.selector = ast::Name{word()};
  property.property = ast::Name{property_name()};
  return property;
}

ast::Operand RandomQuery::operand(int depth, Place place, bool in_list, bool equality) {
  switch (below(12)) {
    case 0:
      return {ast::Literal{Value(text())}};
    case 1:
      return {ast::Literal{Value(-number())}};
    case 2:
      return {ast::Literal{Value(true)}};
    case 3:
      return {ast::Literal{Value(Null{})}};
    case 4: {
      ast::DateNow date;
      for (int i = below(3); i > 0; --i) {
        date.steps.push_back({below(2000) - 1000, static_cast<ast::DateUnit>(below(6))});
      }
      return {date};
    }
    case 5:
      return {ast::DateLiteral{
          one_of<std::int64_t>({0, -1, 1709204415500, 253402300799999, -62167219200000})}};
    case 6:
      return {
          ast::Regex{one_of<std::string>({"x", "a\\/b", "[/'\"]+", " "}), chance(2) ? "i" : ""}};
    case 7:
      return {parameter()};
    case 8:
      if (place == Place::With) break;
      return {property(place)};
    case 9: {
      if (depth <= 0) break;
      ast::OperandList list;
      const int count = 1 + below(3);
      for (int i = 0; i < count; ++i)
        list.items.push_back(operand(depth - 1, place, true, false));
      if (count > 1 && chance(2)) list.connective = ast::Connective::And;
      return {std::move(list)};
    }
    case 10: {
      if (depth <= 0 || in_list || !equality) break;
      ast::Query inner = query(depth - 1);
      inner.returns.emplace();
      ast::ReturnItem item;
      item.expression = {property(Place::Where)};
      item.column = default_column(item.expression);
      inner.returns->items.push_back(std::move(item));
      return {ast::Subquery{ast::Box<ast::Query>(std::move(inner))}};
    }
    default:
      break;
  }
  return {ast::Literal{Value(number())}};
}

ast::Filter RandomQuery::filter(int depth, Place place) {
  const int kind = below(depth > 0 ? 4 : 3);
  if (kind == 2) return {ast::CidrTest{chance(2), property(place), ast::Name{text()}}};
  if (kind == 3) {
    ast::Junction junction;
    junction.connective = chance(2) ? ast::Connective::And : ast::Connective::Or;
    const int count = 2 + below(2);
    for (int i = 0; i < count; ++i) {
      ast::Filter part = filter(depth - 1, place);
      junction.parts.push_back(std::move(part));
    }
    return {std::move(junction)};
  }
  ast::Comparison comparison;
  comparison.left = property(place);
  comparison.op = static_cast<ast::CompareOp>(below(12));
  const bool equality =
      comparison.op == ast::CompareOp::Equal || comparison.op == ast::CompareOp::NotEqual;
  comparison.right = operand(depth, place, false, equality);
  return {std::move(comparison)};
}

ast::Expression RandomQuery::expression(int depth) {
  switch (below(depth > 0 ? 8 : 5)) {
    case 0:
      return {ast::Literal{Value(number())}};
    case 1:
      return {ast::Literal{one_of<Value>({Value(text()), Value(true), Value(Null{})})}};
    case 2:
      return {parameter()};
    case 3:
      return {ast::SelectorRef{{word()}}};
    case 4:
      return {property(Place::Where)};
    case 5: {
      ast::Call call;
      call.function = {one_of<std::string>({"count", "COALESCE", "concat"})};
      for (int i = below(3); i >= 0; --i)
        call.arguments.push_back(expression(depth - 1));
      return {std::move(call)};
    }
    case 6:
      return {ast::Negation{ast::Box<ast::Expression>(expression(depth - 1))}};
    default:
      return {ast::Arithmetic{static_cast<ast::ArithmeticOp>(below(5)),
                              ast::Box<ast::Expression>(expression(depth - 1)),
                              ast::Box<ast::Expression>(expression(depth - 1))}};
  }
}

ast::ReturnItem RandomQuery::item(int depth) {
  ast::ReturnItem item;
  if (chance(6)) {
    item.expression = {ast::AllProperties{{word()}}};
  } else {
    item.expression = expression(depth);
  }
  if (chance(2)) {
    item.alias = ast::Name{one_of<std::string>({"n", "x y", "limit", "it's", "tree", "é", ""})};
    item.column = item.alias->text;
  } else {
    item.column = default_column(item.expression);
  }
  return item;
}

ast::Query RandomQuery::query(int depth) {
  ast::Query query;
  query.unique = chance(4);
  query.start = node(depth);
  query.steps = steps(depth, false);
  if (chance(2)) query.where = filter(depth, Place::Where);
  if (chance(2)) {
    query.returns.emplace();
    query.returns->tree = chance(4);
    if (!query.returns->tree) {
      for (int i = below(3); i >= 0; --i)
        query.returns->items.push_back(item(depth));
      // RETURN COUNT alone is refused; one more item makes it a selector.
      query.returns->items.push_back(item(0));
      if (chance(3)) query.having = filter(depth, Place::Having);
    }
  }
  for (int i = below(5) - 3; i >= 0; --i) {
    ast::SortKey key;
    key.property = property(chance(2) ? Place::Where : Place::Having);
    key.descending = chance(2);
    query.order_by.push_back(std::move(key));
  }
  if (chance(4)) query.skip = static_cast<std::uint64_t>(below(1000));
  if (chance(4)) query.limit = static_cast<std::uint64_t>(1 + below(1000));
  return query;
}

}  // namespace callisto::query::testing

using namespace callisto::query;
using callisto::query::testing::RandomQuery;

TEST_CASE("parse(print(tree)) is the tree, for every tree") {
  rc::prop("round trip", [] {
    RandomQuery random;
    for (int i = 0; i < 20; ++i) {
      const ast::Query tree = random.query(3);
      const std::string text = print(tree);
      const auto again = parse(text);
      if (!again) RC_FAIL(render_error(text, again.error()));
      if (!(*again == tree)) RC_FAIL(text + "\n" + print(*again));
      RC_ASSERT(print(*again) == text);
    }
  });
}

TEST_CASE("a query cut anywhere is refused at its end or is complete, and completion agrees") {
  rc::prop("prefixes", [] {
    RandomQuery random;
    const std::string text = print(random.query(2));
    const auto cut =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(text.size())));
    const std::string head = text.substr(0, cut);
    const auto tree = parse(head);
    if (!tree) RC_ASSERT(tree.error().span->end <= head.size());
    const Completion completion = complete(text, cut);
    RC_ASSERT(completion.prefix.end == cut);
    RC_ASSERT(completion.prefix.begin <= cut);
  });
}

TEST_CASE("one byte changed anywhere never breaks the parser") {
  rc::prop("mutations", [](char byte) {
    RandomQuery random;
    std::string text = print(random.query(2));
    const auto at =
        static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(text.size())));
    text[at] = byte;
    const auto tree = parse(text);
    if (!tree) {
      RC_ASSERT(tree.error().span->begin <= tree.error().span->end);
      RC_ASSERT(tree.error().span->end <= text.size());
      RC_ASSERT(!render_error(text, tree.error()).empty());
    } else {
      const auto again = parse(print(*tree));
      RC_ASSERT(again.has_value());
      RC_ASSERT(*again == *tree);
    }
  });
}
