// The trees that the parser builds: meaning, names, spans.
#include <utility>

#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"

using namespace callisto::query;
using callisto::Null;

namespace {

ast::Query tree_of(std::string_view text) {
  auto tree = parse(text);
  if (!tree) FAIL(render_error(text, tree.error()));
  return *std::move(tree);
}

const ast::PropertyRef& left_of(const ast::Comparison& comparison) {
  return std::get<ast::PropertyRef>(comparison.left);
}

const ast::Comparison& comparison(const std::optional<ast::Filter>& filter) {
  return std::get<ast::Comparison>(filter->node);
}

template <class T>
T operand_of(const std::string& value) {
  const ast::Query tree = tree_of("FIND a WITH p = " + value);
  return std::get<T>(comparison(tree.start.filter).right.node);
}

std::string_view slice(std::string_view text, callisto::SourceSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

std::string column_of(const std::string& item) {
  return tree_of("FIND a AS x RETURN " + item).returns->items.front().column;
}

}  // namespace

TEST_CASE("j1ql 3.1 an upper-case first letter makes a class, any other a type") {
  CHECK(tree_of("FIND User").start.target.kind == ast::Target::Kind::Class);
  CHECK(tree_of("FIND everyone").start.target.kind == ast::Target::Kind::Type);
  CHECK(tree_of("FIND _x").start.target.kind == ast::Target::Kind::Type);
  CHECK(tree_of("FIND *").start.target.kind == ast::Target::Kind::Any);
  CHECK(tree_of("'a b'").start.target.kind == ast::Target::Kind::FullText);
  CHECK(tree_of("'a b'").start.target.text == "a b");
  CHECK(tree_of("FIND (User)") == tree_of("FIND User"));
  CHECK(tree_of("FIND (A|b)").start.target.alternatives.size() == 2);
}

TEST_CASE("j1ql 3.12 smart classes narrow the target that follows") {
  const ast::Target alone = tree_of("FIND #A #B").start.target;
  CHECK(alone.kind == ast::Target::Kind::Any);
  CHECK(alone.smart_classes.size() == 2);
  CHECK(alone.smart_classes[1].text == "B");
  CHECK(tree_of("FIND #A *") == tree_of("FIND #A"));
  const ast::Target combined = tree_of("FIND #A (Host|#B Device)").start.target;
  CHECK(combined.kind == ast::Target::Kind::Union);
  CHECK(combined.smart_classes.size() == 1);
  CHECK(combined.alternatives[1].smart_classes.front().text == "B");
}

TEST_CASE("j1ql 1.15 and 1.16 dotted names are flat, in WHERE the first part is the selector") {
  const auto with = tree_of("FIND a WITH tag.Prod.x = 1");
  CHECK_FALSE(left_of(comparison(with.start.filter)).selector);
  CHECK(left_of(comparison(with.start.filter)).property.text == "tag.Prod.x");
  const auto where = tree_of("FIND a WHERE a.tag.[x-y] = a.b.c");
  CHECK(left_of(comparison(where.where)).selector->text == "a");
  CHECK(left_of(comparison(where.where)).property.text == "tag.x-y");
  CHECK(std::get<ast::PropertyRef>(comparison(where.where).right.node).property.text == "b.c");
  CHECK(tree_of("FIND a WITH [tag.x] = 1") == tree_of("FIND a WITH tag.x = 1"));
}

TEST_CASE("j1ql 1.7 escapes of strings") {
  CHECK(operand_of<ast::Literal>(R"('a\\b\'c\"d\ne\tf\xg')").value ==
        callisto::Value("a\\b'c\"d\ne\tf\\xg"));
  CHECK(operand_of<ast::Literal>(R"("it's")").value == callisto::Value("it's"));
  CHECK(operand_of<ast::Literal>("''").value == callisto::Value(""));
  CHECK(operand_of<ast::Literal>(R"('\\')").value == callisto::Value("\\"));
}

TEST_CASE("j1ql 4.3 literals") {
  CHECK(operand_of<ast::Literal>("null").value == callisto::Value(Null{}));
  CHECK(operand_of<ast::Literal>("Undefined").value == callisto::Value(Null{}));
  CHECK(operand_of<ast::Literal>("TRUE").value == callisto::Value(true));
  CHECK(operand_of<ast::Literal>("-2.5").value == callisto::Value(-2.5));
  CHECK(operand_of<ast::Literal>("9007199254740992").value == callisto::Value(9007199254740992.0));
}

TEST_CASE("j1ql 4.1 operators") {
  const char* texts[] = {"=", "!=", ">", "<", ">=", "<=", "~=", "!~=", "^=", "!^=", "$=", "!$="};
  int index = 0;
  for (const char* text : texts) {
    const auto tree = tree_of(std::string("FIND a WITH p") + text + "1");
    CHECK(static_cast<int>(comparison(tree.start.filter).op) == index++);
    CHECK(text_of(comparison(tree.start.filter).op) == text);
  }
}

TEST_CASE("j1ql 4.2 AND binds tighter than OR") {
  CHECK(tree_of("FIND a WITH b=1 AND c=2 OR d=3") == tree_of("FIND a WITH (b=1 AND c=2) OR d=3"));
  CHECK_FALSE(tree_of("FIND a WITH b=1 AND c=2 OR d=3") ==
              tree_of("FIND a WITH b=1 AND (c=2 OR d=3)"));
  CHECK(tree_of("FIND a WITH ((b=1))") == tree_of("FIND a WITH b=1"));
}

TEST_CASE("j1ql 4.5 lists have one connective and nest") {
  const auto list = operand_of<ast::OperandList>("('x' AND ('y' OR 2))");
  CHECK(list.connective == ast::Connective::And);
  CHECK(std::get<ast::OperandList>(list.items[1].node).connective == ast::Connective::Or);
  CHECK(operand_of<ast::OperandList>("('x')").items.size() == 1);
}

TEST_CASE("j1ql 4.6 regular expressions keep their text and flag") {
  CHECK(operand_of<ast::Regex>("/a\\/b[/]c/i") == ast::Regex{"a\\/b[/]c", "i"});
  CHECK(operand_of<ast::Regex>("/ /") == ast::Regex{" ", ""});
}

TEST_CASE("j1ql 4.7 dates") {
  using Unit = ast::DateUnit;
  CHECK(operand_of<ast::DateNow>("date.now").steps.empty());
  CHECK(operand_of<ast::DateNow>("date.now-1yr + 2 hrs").steps ==
        std::vector<ast::DateStep>{{-1, Unit::Year}, {2, Unit::Hour}});
  CHECK(operand_of<ast::DateNow>("date . NOW - 3 mos - 4 Days - 5mins - 6weeks").steps ==
        std::vector<ast::DateStep>{
            {-3, Unit::Month}, {-4, Unit::Day}, {-5, Unit::Minute}, {-6, Unit::Week}});
  const auto epoch_ms = [](const std::string& date) {
    return operand_of<ast::DateLiteral>("date(" + date + ")").epoch_ms;
  };
  CHECK(epoch_ms("1970") == 0);
  CHECK(epoch_ms("2024-02") == 1706745600000);
  CHECK(epoch_ms("2024-02-29") == 1709164800000);
  CHECK(epoch_ms("2024-02-29T12") == 1709208000000);
  CHECK(epoch_ms("2024-02-29T12:30Z") == 1709209800000);
  CHECK(epoch_ms("2024-02-29T12:30:15.5+01:30") == 1709204415500);
  CHECK(epoch_ms(" 1969-12-31T23:59:59.999Z ") == -1);
}

TEST_CASE("j1ql 4.12 parameters") {
  using Source = ast::Parameter::Source;
  CHECK(operand_of<ast::Parameter>("${ x }") == ast::Parameter{Source::Variable, "x"});
  CHECK(operand_of<ast::Parameter>("${param.a-b}") == ast::Parameter{Source::Stored, "a-b"});
}

TEST_CASE("j1ql 4.11 subqueries hold a whole query") {
  const auto subquery = operand_of<ast::Subquery>("(FIND Person AS p RETURN p.email)");
  CHECK(*subquery.query == tree_of("FIND Person AS p RETURN p.email"));
}

TEST_CASE("j1ql 5 hops") {
  const auto hop = [](const std::string& text) {
    return std::get<ast::Hop>(tree_of("FIND a " + text).steps.front().node);
  };
  CHECK(hop("THAT has b").verbs.front().name == "HAS");
  CHECK(hop("THAT has b").verbs.front().written.text == "has");
  CHECK(hop("THAT has b").direction == ast::Direction::Either);
  CHECK(hop("THAT HAS >> b").direction == ast::Direction::Forward);
  CHECK(hop("THAT LOGS TO << b").direction == ast::Direction::Backward);
  CHECK(hop("THAT !(A|B) b").negated);
  CHECK(hop("THAT (A|B) b").verbs.size() == 2);
  CHECK(hop("THAT RELATES TO b").relates_to);
  CHECK(hop("THAT (A|RELATES TO) b") == hop("THAT RELATES TO b"));
  CHECK(hop("THAT HAS AS r b AS c").alias->text == "r");
  CHECK(hop("THAT HAS AS r b AS c").node.alias->text == "c");
  CHECK_FALSE(hop("THAT HAS b").somehow_depth);
  CHECK(hop("THAT SOMEHOW HAS b").somehow_depth == 5U);
  CHECK(hop("THAT SOMEHOW 10 HAS b").somehow_depth == 10U);
}

TEST_CASE("j1ql 5.16 optional groups nest and carry their own alias") {
  const auto tree = tree_of("FIND a (THAT IS b (THAT HAS c)? AS x)? AS y (THAT HAS d)?");
  const auto& outer = std::get<ast::OptionalGroup>(tree.steps[0].node);
  CHECK(outer.alias->text == "y");
  REQUIRE(outer.steps.size() == 2);
  CHECK(std::get<ast::OptionalGroup>(outer.steps[1].node).alias->text == "x");
  CHECK_FALSE(std::get<ast::OptionalGroup>(tree.steps[1].node).alias);
}

TEST_CASE("j1ql 7.3 the name of a column") {
  CHECK(column_of("x.p") == "x.p");
  CHECK(column_of("x . p") == "x.p");
  CHECK(column_of("x.[special-name]") == "x.special-name");
  CHECK(column_of("x") == "x");
  CHECK(column_of("x.*") == "x.*");
  CHECK(column_of("COUNT( x )*2") == "COUNT( x )*2");
  CHECK(column_of("1  +\n /* one */ 2") == "1 + 2");
  CHECK(column_of("x.p AS 'y z'") == "y z");
  CHECK(column_of("count(x) AS n") == "n");
}

TEST_CASE("j1ql 7.5 arithmetic binds ^, then the sign, then * and /, then + and -") {
  const auto same = [](const std::string& a, const std::string& b) {
    const auto expression = [](const std::string& text) {
      return tree_of("FIND a RETURN " + text).returns->items.front().expression;
    };
    INFO(a << " and " << b);
    CHECK(expression(a) == expression(b));
  };
  same("1+2*3^2", "1+(2*(3^2))");
  same("1-2-3", "(1-2)-3");
  same("8/4/2", "(8/4)/2");
  same("2^3^2", "2^(3^2)");
  same("-2^2", "-(2^2)");
  same("2^-3^2", "2^(-(3^2))");
  same("-a.b*c.d", "(-a.b)*c.d");
  same("--1", "-(-1)");
  same("1 - -2", "1-(-2)");
}

TEST_CASE("SKIP and LIMIT repeat: the last SKIP and the smallest LIMIT win") {
  const auto tree = tree_of("FIND a SKIP 3 LIMIT 10 SKIP 7 LIMIT 250");
  CHECK(tree.skip == 7U);
  CHECK(tree.limit == 10U);
  CHECK(tree_of("FIND a LIMIT 5 SKIP 1 LIMIT 2").limit == 2U);
  CHECK_FALSE(tree_of("FIND a").limit);
}

TEST_CASE("spans point at the text of their node") {
  const std::string text =
      "FIND User WITH tag.x ~= 'y' AS u THAT (A|B) >> AS r Device WHERE u.a = 1 RETURN u.n AS m, "
      "count(u) + 1 ORDER BY m DESC LIMIT 5";
  const auto tree = tree_of(text);
  CHECK(slice(text, tree.span) == text);
  CHECK(slice(text, tree.start.span) == "User WITH tag.x ~= 'y' AS u");
  CHECK(slice(text, tree.start.target.span) == "User");
  CHECK(slice(text, tree.start.alias->span) == "u");
  CHECK(slice(text, tree.start.filter->span) == "tag.x ~= 'y'");
  CHECK(slice(text, left_of(comparison(tree.start.filter)).span) == "tag.x");
  CHECK(slice(text, comparison(tree.start.filter).op_span) == "~=");
  CHECK(slice(text, comparison(tree.start.filter).right.span) == "'y'");
  const auto& hop = std::get<ast::Hop>(tree.steps[0].node);
  CHECK(slice(text, hop.span) == "THAT (A|B) >> AS r Device");
  CHECK(slice(text, hop.verb_span) == "(A|B)");
  CHECK(slice(text, hop.verbs[1].written.span) == "B");
  CHECK(slice(text, tree.where->span) == "u.a = 1");
  CHECK(slice(text, tree.returns->span) == "RETURN u.n AS m, count(u) + 1");
  CHECK(slice(text, tree.returns->items[0].span) == "u.n AS m");
  CHECK(slice(text, tree.returns->items[1].expression.span) == "count(u) + 1");
  CHECK(slice(text, tree.order_by[0].span) == "m");
  CHECK(slice(text, tree.limit_span) == "5");
}

TEST_CASE("j1ql 4.14 a comparison written from its other side means the mirrored one") {
  const std::pair<const char*, ast::CompareOp> mirrored[] = {
      {"5 < b", ast::CompareOp::Greater},
      {"5 > b", ast::CompareOp::Less},
      {"5 <= b", ast::CompareOp::GreaterEqual},
      {"5 >= b", ast::CompareOp::LessEqual},
      {"5 = b", ast::CompareOp::Equal},
      {"5 != b", ast::CompareOp::NotEqual},
  };
  for (const auto& [text, op] : mirrored) {
    INFO(text);
    const auto tree = tree_of(std::string("FIND a WITH ") + text);
    const ast::Comparison& found = comparison(tree.start.filter);
    CHECK(found.op == op);
    CHECK(found.reversed);
    CHECK(left_of(found).property.text == "b");
    CHECK(std::get<ast::Literal>(found.right.node).value == callisto::Value(5.0));
    CHECK(print(tree) == std::string("FIND a WITH ") + text);
  }
  CHECK_FALSE(tree_of("FIND a WITH 5 < b") == tree_of("FIND a WITH b > 5"));
}

TEST_CASE("j1ql 7.7 in HAVING a name is flat, and what is a value elsewhere is one there") {
  const auto right = [](const std::string& text) {
    return comparison(tree_of("FIND a RETURN a.b HAVING n = " + text).having).right;
  };
  CHECK(std::get<ast::Literal>(right("-5").node).value == callisto::Value(-5.0));
  CHECK(std::get<ast::PropertyRef>(right("u.x.y").node).property.text == "u.x.y");
  CHECK_FALSE(std::get<ast::PropertyRef>(right("u.x").node).selector);
  CHECK(std::get<ast::OperandList>(right("(m)").node).items.size() == 1);
  CHECK(std::holds_alternative<ast::Computed>(right("(m) + 1").node));
  CHECK(std::holds_alternative<ast::Computed>(right("COUNT(*)").node));
  CHECK(std::holds_alternative<ast::Subquery>(right("(FIND b RETURN c)").node));
}

TEST_CASE("j1ql 8.2 a key of ORDER BY is any expression") {
  const auto key = [](const std::string& text) {
    return tree_of("FIND a ORDER BY " + text).order_by[0].expression;
  };
  CHECK(std::get<ast::SelectorRef>(key("n").node).selector.text == "n");
  CHECK(std::get<ast::PropertyRef>(key("u.a.b").node).property.text == "a.b");
  CHECK(std::get<ast::PropertyRef>(key("[a b].c").node).property.text == "a b.c");
  CHECK(std::get<ast::Call>(key("COUNT(*)").node).function.text == "COUNT");
}

TEST_CASE("trees are values: a copy does not share and compares equal") {
  const auto tree = tree_of("FIND a WITH b = (FIND c RETURN c.d) RETURN -(a.x + 1)");
  auto copy = tree;
  CHECK(copy == tree);
  auto& subquery =
      std::get<ast::Subquery>(std::get<ast::Comparison>(copy.start.filter->node).right.node);
  subquery.query->start.target.text = "other";
  CHECK_FALSE(copy == tree);
  CHECK(tree == tree_of("FIND  a  WITH b=(FIND c RETURN c.d) RETURN -(a.x + 1)"));
}
