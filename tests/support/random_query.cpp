// Grows trees from the grammar (j1ql 2).
#include "tests/support/random_query.h"

#include <algorithm>
#include <optional>

#include "query/ast/parts.h"
#include "query/ast/printer.h"

namespace callisto::test {

using ast::CompareOp;

Vocabulary odd_words() {
  using Source = ast::Parameter::Source;
  Vocabulary words;
  words.aliases = {"User",
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
                   "has"};
  words.columns = {"n", "x y", "limit", "it's", "tree", "é", ""};
  words.classes = {"User", "Host", "Tree", "To"};
  words.types = {"aws_instance", "to", "everyone", "_x", "cidr", "desc"};
  words.smart_classes = {"Prod", "limit", "x_1"};
  words.verbs = {{"HAS", {"HAS"}}, {"OWNS", {"owns"}}, {"TO", {"to"}}, {"DESC", {"Desc"}}};
  words.properties = {"name",
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
                      "and"};
  words.texts = {"",
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
                 "\x01"};
  words.full_texts = words.texts;
  words.numbers = {0, 1, 0.8, 9007199254740993.0, 1e21, 1e300, 5e-324, 1e-6, 1e-7, 0.1, 123456.789};
  words.dates = {0, -1, 1709204415500, 253402300799999, -62167219200000};
  words.regexes = {"x", "a\\/b", "[/'\"]+", " "};
  words.blocks = words.texts;
  for (const Source source : {Source::Variable, Source::Stored}) {
    for (const char* name : {"x", "a-b", "c.d"}) {
      words.parameters.push_back({source, name});
    }
  }
  words.block_parameters = words.parameters;
  words.functions = {"count", "COALESCE", "concat"};
  return words;
}

ast::Target RandomQuery::union_target(int depth) {
  ast::Target target;
  target.kind = ast::Target::Kind::Union;
  const int count = 2 + below(2);
  for (int i = 0; i < count; ++i) {
    target.alternatives.push_back(this->target(depth - 1, true));
  }
  return target;
}

ast::Target RandomQuery::target(int depth, bool in_list) {
  ast::Target target;
  const int kind = below(10);
  if (kind == 9 && !in_list && !words_.full_texts.empty()) {
    target.kind = ast::Target::Kind::FullText;
    target.text = one_of(words_.full_texts);
    return target;
  }
  if (kind >= 7 && depth > 0) {
    target = union_target(depth);
  } else if (kind >= 5) {
    target.kind = ast::Target::Kind::Any;
  } else if (kind >= 3) {
    target.kind = ast::Target::Kind::Type;
    target.text = one_of(words_.types);
  } else {
    target.kind = ast::Target::Kind::Class;
    target.text = one_of(words_.classes);
  }
  if (in_list && !words_.smart_classes_in_unions) return target;
  for (int i = below(12) - 9; i > 0; --i) {
    target.smart_classes.push_back({one_of(words_.smart_classes)});
  }
  return target;
}

std::optional<ast::Name> RandomQuery::alias(int one_in) {
  if (!chance(one_in)) return std::nullopt;
  return ast::Name{one_of(words_.aliases)};
}

ast::Node RandomQuery::node(int depth) {
  ast::Node node;
  node.target = target(depth, false);
  if (chance(2)) node.filter = filter(depth, Place::With);
  node.alias = alias(3);
  return node;
}

ast::Hop RandomQuery::hop(int depth) {
  ast::Hop hop;
  hop.relates_to = chance(4);
  const int verbs = hop.relates_to ? 0 : 1 + below(2);
  for (int i = 0; i < verbs; ++i) {
    hop.verbs.push_back(one_of(words_.verbs));
  }
  hop.direction = static_cast<ast::Direction>(below(3));
  if (somehow()) {
    hop.somehow_depth = static_cast<std::uint32_t>(1 + below(somehow_depth_max()));
  } else {
    hop.negated = chance(5);
    hop.alias = alias(3);
  }
  hop.node = node(depth);
  return hop;
}

std::vector<ast::Step> RandomQuery::steps(int depth, bool in_group) {
  std::vector<ast::Step> steps;
  const int count = in_group ? 1 + below(2) : hop_count();
  for (int i = 0; i < count; ++i) {
    if (depth > 0 && chance(3) && !(in_group && i == 0)) {
      ast::OptionalGroup group;
      group.steps = this->steps(depth - 1, true);
      group.alias = alias(3);
      steps.push_back({std::move(group)});
    } else {
      steps.push_back({hop(depth - 1)});
    }
  }
  return steps;
}

ast::PropertyRef RandomQuery::property(Place place) {
  ast::PropertyRef property;
  if (place == Place::Where) property.selector = ast::Name{one_of(words_.aliases)};
  property.property = ast::Name{one_of(words_.properties)};
  return property;
}

Value RandomQuery::literal(const ast::PropertyRef& /*compared_with*/) {
  switch (below(5)) {
    case 0:
      return one_of(words_.texts);
    case 1:
      return -one_of(words_.numbers);
    case 2:
      return chance(2);
    case 3:
      return Null{};
    default:
      return one_of(words_.numbers);
  }
}

ast::Operand RandomQuery::date_now() {
  ast::DateNow date;
  for (int i = below(3); i > 0; --i) {
    date.steps.push_back({below(2000) - 1000, static_cast<ast::DateUnit>(below(6))});
  }
  return {std::move(date)};
}

ast::Operand RandomQuery::operand_list(int depth, Place place, const ast::PropertyRef& left) {
  ast::OperandList list;
  const int count = 1 + below(3);
  for (int i = 0; i < count; ++i) {
    list.items.push_back(operand(depth - 1, place, left, true, false));
  }
  if (count == 1 && std::holds_alternative<ast::Computed>(list.items[0].node)) {
    return list.items[0];  // In HAVING parentheses around an expression are no list.
  }
  if (count > 1 && chance(2)) list.connective = ast::Connective::And;
  return {std::move(list)};
}

ast::Query RandomQuery::subquery(int depth) {
  ast::Query inner = query(depth);
  inner.returns.emplace();
  ast::ReturnItem item;
  item.expression = {property(Place::Where)};
  item.column = query::default_column(item.expression);
  inner.returns->items.push_back(std::move(item));
  return inner;
}

ast::Operand RandomQuery::operand(
    int depth, Place place, const ast::PropertyRef& left, bool in_list, bool equality) {
  switch (below(14)) {
    case 0:
      return date_now();
    case 1:
      return {ast::DateLiteral{one_of(words_.dates)}};
    case 2:
      return {ast::Regex{one_of(words_.regexes), chance(2) ? "i" : ""}};
    case 3:
      if (words_.parameters.empty()) break;
      return {one_of(words_.parameters)};
    case 4:
    case 5:
      if (place == Place::With) break;
      if (place == Place::Having) {
        if (auto expression = computed(depth)) {
          return {ast::Computed{ast::Box<ast::Expression>(std::move(*expression))}};
        }
      }
      return {property(place)};
    case 6:
    case 7:
      if (depth <= 0) break;
      return operand_list(depth, place, left);
    case 8:
      if (depth <= 0 || in_list || !equality) break;
      return {ast::Subquery{ast::Box<ast::Query>(subquery(depth - 1))}};
    default:
      break;
  }
  return {ast::Literal{literal(left)}};
}

bool RandomQuery::makes_sense(CompareOp /*op*/, const ast::Operand& /*right*/) {
  return true;
}

std::optional<ast::Expression> RandomQuery::computed(int depth) {
  if (!chance(3)) return std::nullopt;
  ast::Call call;
  call.function = {one_of(words_.functions)};
  call.arguments.push_back(expression(depth - 1));
  if (chance(2)) return ast::Expression{std::move(call)};
  return ast::Expression{ast::Arithmetic{static_cast<ast::ArithmeticOp>(below(5)),
                                         ast::Box<ast::Expression>({std::move(call)}),
                                         ast::Box<ast::Expression>(expression(depth - 1))}};
}

// A value that may stand left (j1ql 4.14).
bool is_plain_value(const ast::Operand& operand) {
  if (const auto* list = std::get_if<ast::OperandList>(&operand.node)) {
    return std::all_of(list->items.begin(), list->items.end(), is_plain_value);
  }
  return !std::holds_alternative<ast::Regex>(operand.node) &&
         !std::holds_alternative<ast::PropertyRef>(operand.node) &&
         !std::holds_alternative<ast::Computed>(operand.node);
}

ast::Comparison RandomQuery::comparison(int depth, Place place) {
  ast::Comparison comparison;
  const ast::PropertyRef left = property(place);
  comparison.left = left;
  if (place == Place::Having) {
    if (auto expression = computed(depth)) {
      comparison.left = ast::Computed{ast::Box<ast::Expression>(std::move(*expression))};
    }
  }
  comparison.op = chance(3) ? static_cast<CompareOp>(below(12)) : static_cast<CompareOp>(below(2));
  const bool equality = comparison.op == CompareOp::Equal || comparison.op == CompareOp::NotEqual;
  do {
    comparison.right = operand(depth, place, left, false, equality);
  } while (!makes_sense(comparison.op, comparison.right));
  const bool mirrors = comparison.op <= CompareOp::LessEqual && is_plain_value(comparison.right);
  comparison.reversed = mirrors && chance(3);
  return comparison;
}

ast::Filter RandomQuery::filter(int depth, Place place) {
  const int kind = below(depth > 0 ? 9 : 6);
  if (kind == 5) {
    ast::CidrTest test{chance(2), property(place), one_of(words_.blocks)};
    if (!words_.block_parameters.empty() && chance(3)) test.block = one_of(words_.block_parameters);
    return {std::move(test)};
  }
  if (kind > 5) {
    ast::Junction junction;
    junction.connective = chance(2) ? ast::Connective::And : ast::Connective::Or;
    const int count = 2 + below(2);
    for (int i = 0; i < count; ++i) {
      junction.parts.push_back(filter(depth - 1, place));
    }
    return {std::move(junction)};
  }
  return {comparison(depth, place)};
}

ast::Expression RandomQuery::expression(int depth) {
  switch (below(depth > 0 ? 8 : 5)) {
    case 0:
      return {ast::Literal{one_of(words_.numbers)}};
    case 1:
      switch (below(3)) {
        case 0:
          return {ast::Literal{one_of(words_.texts)}};
        case 1:
          return {ast::Literal{true}};
        default:
          return {ast::Literal{Null{}}};
      }
    case 2:
      return {one_of(words_.parameters)};
    case 3:
      return {ast::SelectorRef{{one_of(words_.aliases)}}};
    case 4:
      if (chance(3)) return {ast::PropertyRef{std::nullopt, {one_of(words_.properties)}}};
      return {property(Place::Where)};
    case 5: {
      ast::Call call;
      call.function = {one_of(words_.functions)};
      if (chance(6)) {
        call.arguments.push_back({ast::AllPaths{}});
        return {std::move(call)};
      }
      for (int i = below(3); i >= 0; --i) {
        call.arguments.push_back(expression(depth - 1));
      }
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
    item.expression = {ast::AllProperties{{one_of(words_.aliases)}}};
  } else {
    item.expression = expression(depth);
  }
  if (chance(2)) {
    item.alias = ast::Name{one_of(words_.columns)};
    item.column = item.alias->text;
  } else {
    item.column = query::default_column(item.expression);
  }
  return item;
}

ast::SortKey RandomQuery::sort_key(int depth) {
  ast::SortKey key;
  key.expression = expression(depth);
  if (!ast::depends_on_rows(key.expression)) {
    key.expression = {ast::SelectorRef{{one_of(words_.aliases)}}};
  }
  key.descending = chance(2);
  return key;
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
      for (int i = below(3); i >= 0; --i) {
        query.returns->items.push_back(item(depth));
      }
      // RETURN COUNT alone is refused; one more item makes it a selector.
      query.returns->items.push_back(item(0));
      if (chance(3)) query.having = filter(depth, Place::Having);
    }
  }
  for (int i = below(5) - 3; i >= 0; --i) {
    query.order_by.push_back(sort_key(depth));
  }
  if (chance(4)) query.skip = static_cast<std::uint64_t>(below(1000));
  if (chance(4)) query.limit = static_cast<std::uint64_t>(1 + below(1000));
  return query;
}

}  // namespace callisto::test
