// What is not J1QL: the message, the place and the hint of each mistake.
#include <catch2/catch.hpp>

#include "query/parser/error_excerpt.h"
#include "query/parser/parser.h"

using namespace callisto::query;
using callisto::ErrorCode;

namespace {

struct Refused {
  std::string text;
  std::string token;    // The text of the span; empty at the end of the query.
  std::string message;  // A part of it.
  std::string hint;     // A part of one of them; empty for no hint wanted.
};

void check_refused(const Refused& wanted) {
  INFO(wanted.text);
  const auto tree = parse(wanted.text);
  REQUIRE_FALSE(tree);
  const callisto::Error& error = tree.error();
  INFO(render_error(wanted.text, error));
  CHECK(error.code == ErrorCode::ParseError);
  REQUIRE(error.span);
  CHECK(wanted.text.substr(error.span->begin, error.span->end - error.span->begin) == wanted.token);
  CHECK_THAT(error.message, Catch::Contains(wanted.message));
  const TextPlace place = place_of(wanted.text, error.span->begin);
  CHECK_THAT(error.message,
             Catch::Contains(" at line " + std::to_string(place.line) + " column " +
                             std::to_string(place.column) + "."));
  CHECK_THAT(error.message,
             Catch::StartsWith(wanted.token.empty()
                                   ? "Error parsing query. Unexpected end of query at line"
                                   : "Error parsing query. Unexpected token \""));
  std::string hints;
  for (const std::string& hint : error.hints)
    hints += hint + "\n";
  CHECK_THAT(hints, Catch::Contains(wanted.hint));
  CHECK(error.hints.size() <= 3);
}

void check_all(const std::vector<Refused>& table) {
  for (const Refused& wanted : table)
    check_refused(wanted);
}

}  // namespace

TEST_CASE("j1ql 9 the message of a syntax error") {
  const auto tree = parse("FIND User\nretrun User.name");
  REQUIRE_FALSE(tree);
  CHECK(
      tree.error().message ==
      "Error parsing query. Unexpected token \"retrun\" at line 2 column 1. Expected WITH, AS, "
      "THAT, an optional traversal \"(THAT …)?\", WHERE, RETURN, ORDER BY, SKIP, LIMIT or the end "
      "of the query.");
  CHECK(tree.error().hints == std::vector<std::string>{"Did you mean \"RETURN\"?"});
}

TEST_CASE("misspelt words of the language") {
  check_all({
      {"FNID User", "FNID", "Expected FIND.", "\"FIND\"?"},
      {"FIND User WIHT a = 1", "WIHT", "WITH", "\"WITH\"?"},
      {"FIND User THTA HAS b", "THTA", "THAT", "\"THAT\"?"},
      {"FIND User AS u WERE u.a = 1", "WERE", "WHERE", "\"WHERE\"?"},
      {"FIND User AS u LIMT 5", "LIMT", "LIMIT", "\"LIMIT\"?"},
      {"FIND User AS u ODER BY u.a", "ODER", "ORDER BY", "\"ORDER\"?"},
      {"FIND User AS u ORDER u.a", "u", "Expected BY.", ""},
      {"FIND User WITH a = tru", "tru", "Expected a value.", "\"true\"?"},
      {"FIND User WITH a > date.now - 1 dayz", "dayz", "a unit of time", "\"days\"?"},
      {"FIND User THAT RELATES Device", "Device", "Expected TO.", "RELATES TO"},
  });
}

TEST_CASE("j1ql 4.1 operators of other languages") {
  check_all({
      {"FIND a WITH b => 5", "=>", "Expected a comparison operator", "Write >="},
      {"FIND a WITH b == 5", "==", "Expected a comparison operator", "Write ="},
      {"FIND a WITH b <> 5", "<>", "Expected a comparison operator", "Write !="},
      {"FIND a WITH b =~ 'x'", "=~", "Expected a comparison operator", "~="},
      {"FIND a WITH name LIKE 'x%'", "LIKE", "Expected a comparison operator", "~="},
      {"FIND a WITH name IN ('a')", "IN", "Expected a comparison operator", "('a' OR 'b')"},
      {"FIND a WITH name IS undefined", "IS", "Expected a comparison", "Write = undefined."},
      {"FIND a WITH name IS NOT NULL", "IS", "Expected a comparison", "Write != undefined."},
      {"FIND a WITH name NOT LIKE 'x'", "NOT", "Expected a comparison", "no NOT"},
      {"FIND a WITH NOT active = true", "active", "Expected a comparison", "no NOT"},
      {"FIND a WITH x BETWEEN 1 AND 2", "BETWEEN", "Expected a comparison", "x >= 1 AND"},
      {"FIND a WITH b = 1 && c = 2", "&&", "Expected AND, OR", "Write AND."},
  });
}

TEST_CASE("values written wrongly") {
  check_all({
      {"FIND a WITH b = \xE2\x80\x9Cx\xE2\x80\x9D", "\xE2\x80\x9C", "quotation mark", "Use ' or"},
      {"FIND a WITH b = bob", "bob", "Expected a value.", "'bob'"},
      {"FIND a WITH createdOn > 14 days", "days", "", "date.now - 14 days"},
      {"FIND a WITH b = 'x", "'", "The string that opens here is never closed.", ""},
      {"FIND a WITH b = 'it's'", "s", "", "\\'"},
      {"FIND a WITH b = ('a', 'b')", ",", "Expected \")\", AND or OR.", "OR"},
      {"FIND a WITH b = ('a' OR 'b' AND 'c')", "AND", "Expected \")\" or OR.", "Do not mix"},
      {"FIND a WITH b = ['a']", "['a']", "Expected a value.", "('a' OR 'b')"},
      {"FIND a WITH b = 1 + 2", "+", "", "Arithmetic works in RETURN only."},
      {"FIND a WITH b = {{x}}", "{{x}}", "only between quotes", "${name}"},
      {"FIND a WITH b = $x", "$x", "needs braces", "${x}"},
      {"FIND a WITH b = ${x y}", "${x y}", "${name}", ""},
      {"FIND a WITH b = /x", "/", "never closed", ""},
      {"FIND a WITH b = /x/gi", "/x/gi", "only flag", ""},
      {"FIND a WITH b = date('2020-01-01')", "date('2020-01-01')", "without quotes", ""},
      {"FIND a WITH b = date(2020-02-30)", "date(2020-02-30)", "date(2024-01-31)", ""},
      {"FIND a WITH b = date(2020", "date", "never closed", ""},
      {"FIND a WITH b > date.now()", ")", "", "date.now takes no parentheses."},
      {"FIND a WITH b = 1 LIMIT 99999999999999999999", "99999999999999999999", "between 1 and", ""},
      {"FIND a WITH b = '\xFF'", "'\xFF'", "not valid UTF-8", ""},
  });
}

TEST_CASE("j1ql 4.14 a value on the left that cannot stand there") {
  check_all({
      {"FIND a WITH 'x' ~= b", "~=", "The property stands left of ~=", "round: b ~= 'x'."},
      {"FIND a WITH 'x' !$= b", "!$=", "The property stands left of !$=", "round: b !$= 'x'."},
      {"FIND a AS u WHERE ('x' OR 'y') ^= u.b", "^=", "left of ^=", "round: u.b ^= ('x' OR 'y')."},
      {"FIND a WITH /x/ = b", "=", "A regular expression stands right", "round: b = /x/."},
      {"FIND a WITH ('y' OR /x/i) != b", "!=", "expression stands right", "b != ('y' OR /x/i)."},
      {"FIND a RETURN count(a) AS n HAVING 'x' ~= n", "~=", "left of ~=", "round: n ~= 'x'."},
      {"FIND a WITH 'b' = 'x'", "'x'", "both are values", "without quotes: b = 'x'."},
      {"FIND a WITH 1 = (1 OR 2)", "(1 OR 2)", "both are values", ""},
      {"FIND a AS u WHERE date.now > ${x}", "${x}", "both are values", ""},
      {"FIND a RETURN a.b HAVING 1 + 1 = 2", "1 + 1 = 2", "both are values", ""},
      {"FIND a WITH true = false", "false", "both are values", ""},
      {"FIND a AS u WHERE 5 < b", "", "Expected \".\".", "u.b."},
      {"FIND a WITH (FIND c RETURN c.d) < b", "<", "with = or != only", ""},
      {"FIND a WITH (b = 1) = c", "=", "Expected", ""},
      {"FIND a WITH (b + 1) = c", "+", "", "Arithmetic works in RETURN only."},
      {"FIND a WITH 5", "5", "Expected a property", ""},
  });
}

TEST_CASE("j1ql 1 names and comments") {
  check_all({
      {"FIND a WITH tag.cost-center = 'x'", "-", "", "[tag.cost-center]"},
      {"FIND a AS u RETURN u.tag.1.1", "1.1", "Expected a property.", "u.[tag.1.1]"},
      {"FIND a WITH @class = 1", "@", "No word of J1QL", "[@class]"},
      {"FIND a WITH [ab = 1", "[", "never closed", ""},
      {"FIND a WITH [] = 1", "[]", "no property name", ""},
      {"FIND a // all of them", "// all of them", "no // comments", "/*"},
      {"FIND a /* all", "/*", "never closed", ""},
      {"# all\nFIND a", "#", "A smart class", "/*"},
      {"FIND a AS limit", "limit", "Expected an alias.", "word of the language"},
      {"FIND a AS 'x y'", "'x y'", "Expected an alias.", "without quotes"},
      {"FIND a AS u RETURN u.b AS limit", "limit", "a column name", "AS 'limit'"},
      {"FIND Order", "Order", "a class or type", "_class = 'Order'"},
  });
}

TEST_CASE("j1ql 3 targets written wrongly") {
  check_all({
      {"FIND !User", "!", "", "_class != 'User'"},    // 3.15
      {"FIND User, Host", ",", "", "(User|Person)"},  // 3.7
      {"FIND (User OR Host)", "OR", "Expected \"|\" or \")\".", "|"},
      {"FIND (User|'x')", "'x'", "", "stands alone"},                            // 3.14
      {"FIND (Network AS n | Network AS m)", "AS", "", "after the whole list"},  // 3.17
      {"User", "User", "Expected FIND.", "starts with FIND"},                    // 3.8, 3.11
      {"SELECT * FROM User", "SELECT", "Expected FIND.", "starts with FIND"},
      {"FIND UNIQUE UNIQUE User", "UNIQUE", "", ""},
      {"FIND # User", "#", "nothing between", ""},
      {"FIND User u", "u", "", "AS u"},
      {"FIND", "", "a class or type", ""},
      {"", "", "Expected FIND.", ""},
  });
}

TEST_CASE("j1ql 4.9 and 5.9 WITH at the wrong place") {
  check_all({
      {"FIND Host AS h WITH x = 1", "WITH", "", "Write WITH before AS"},
      {"FIND Host WITH x = 1 WITH y = 2", "WITH", "Expected AND, OR", "join its conditions"},
      {"FIND Host THAT HAS WITH x = 1 User", "WITH", "", "A relationship takes no WITH"},
      {"FIND Host THAT HAS AS r WITH x = 1 User", "WITH", "", "A relationship takes no WITH"},
      {"FIND Host WITH a = 1, b = 2", ",", "", "Join conditions"},
  });
}

TEST_CASE("j1ql 5 traversals written wrongly") {
  check_all({
      {"FIND User HAS Device", "HAS", "", "THAT HAS"},
      {"FIND User THAT >> HAS Device", ">>", "Expected a verb", "after the verb"},  // 5.6
      {"FIND User THAT HAS -> Device", "->", "", ">>"},
      {"FIND User THAT NOT HAS Device", "Device", "", "THAT !HAS"},
      {"FIND User (THAT HAS Device) AS d", "AS", "Expected \"?\".", ")?"},
      {"FIND User (HAS Device)?", "HAS", "Expected THAT.", ""},
      {"FIND User THAT (HAS, OWNS) Device", ",", "", "|"},
      {"FIND User THAT SOMEHOW 11 HAS Device", "11", "from 1 to 10", ""},
      {"FIND User THAT SOMEHOW 0 HAS Device", "0", "from 1 to 10", ""},
      {"FIND User THAT !SOMEHOW HAS Device", "SOMEHOW", "Expected a verb", ""},
      {"FIND User THAT HAS", "", "a class or type", ""},
  });
}

TEST_CASE("missing and surplus parentheses") {
  check_all({
      {"FIND a WITH (b = 1 OR c = 2", "", "Expected \")\"", "at line 1 column 13 is not closed"},
      {"FIND a WITH b = (1 OR 2", "", "\")\"", "at line 1 column 17 is not closed"},
      {"FIND a WITH b = 1)", ")", "", "There is no \"(\""},
      {"FIND a WITH cidr(b '1.2.3.4/8')", "'1.2.3.4/8'", "\",\"", ""},
      {"FIND a WITH cidr(b, 5)", "5", "address block", ""},
      {"FIND a RETURN count(a", "", "\")\"", "is not closed"},
  });
}

TEST_CASE("j1ql 4.11 subqueries written wrongly") {
  check_all({
      {"FIND a WITH b > (FIND c RETURN c.d)", ">", "with = or != only", ""},
      {"FIND a WITH b = (FIND c)", ")", "exactly one property", "RETURN p.email"},
      {"FIND a WITH b = (FIND c RETURN c.d, c.e)", "RETURN c.d, c.e", "exactly one property", ""},
      {"FIND a WITH b = (FIND c RETURN TREE)", "RETURN TREE", "exactly one property", ""},
      {"FIND a WITH b = (1 OR (FIND c RETURN c.d))", "FIND", "Expected a value.", ""},
  });
}

TEST_CASE("j1ql 6 and 7 clauses written wrongly") {
  check_all({
      {"FIND User WHERE name = 'x'", "=", "Expected \".\".", "User.name"},
      {"FIND a RETURN *", "*", "", "u.*"},
      {"FIND a RETURN GRAPH", "GRAPH", "no RETURN GRAPH", "RETURN TREE"},  // 7.2
      {"FIND a RETURN COUNT", "COUNT", "what to count", "count(alias)"},
      {"FIND a RETURN count(DISTINCT a)", "a", "", "no DISTINCT"},
      {"FIND a RETURN a.b,", "", "a value", ""},
      {"FIND a RETURN a.b WHERE a.c = 1", "WHERE", "", "The order is"},
      {"FIND a LIMIT 5 ORDER BY a.b", "ORDER", "", "The order is"},
      {"FIND a RETURN a.b GROUP BY a.b", "GROUP", "", "no GROUP BY"},
      {"FIND a HAVING b = 1", "HAVING", "", "follows the items of RETURN"},
      {"FIND a RETURN count(a) HAVING count(a)", "", "a comparison operator", ""},
      {"FIND a RETURN count(a) HAVING",
       "",
       "Expected cidr, a value, a column name or a function.",
       ""},
      {"FIND a RETURN count(a) HAVING (count(a) > 1", "", "", "is not closed"},
      {"FIND a RETURN count(a) HAVING n > ",
       "",
       "Expected a value, a column name or a function.",
       ""},
      {"FIND a ORDER BY", "", "Expected a property, a column or an aggregate to sort by.", ""},
      {"FIND a ORDER BY 1 + 2", "1", "to sort by.", "Columns have no numbers"},
      {"FIND a LIMIT 0", "0", "\"limit\" must be a value between 1 and ", ""},
      {"FIND a LIMIT -1", "-", "Expected a whole number.", ""},
      {"FIND a LIMIT 1.5", "1.5", "Expected a whole number.", ""},
      {"FIND a; FIND b", "FIND", "the end of the query", ""},
      {"FIND a RETURN (a.*)", "*", "Expected a property.", ""},
      {"FIND a RETURN count()", ")", "a value", ""},
  });
}

TEST_CASE("an error is drawn with its line, carets and hints") {
  const std::string text = "FIND User\nretrun User.name\nLIMIT 5";
  const auto tree = parse(text);
  REQUIRE_FALSE(tree);
  CHECK(render_error(text, tree.error()) == tree.error().message +
                                                "\n\n> 2 | retrun User.name\n"
                                                "    | ^^^^^^\n"
                                                "Did you mean \"RETURN\"?");
}

TEST_CASE("an excerpt counts characters, shortens long lines and survives any span") {
  callisto::Error error{.code = ErrorCode::ParseError, .message = "m"};
  error.span = callisto::SourceSpan{8, 9};
  CHECK(render_error("FIND '\xC3\xA9' x", error) == "m\n\n> 1 | FIND '\xC3\xA9' x\n    |        ^");
  error.span = callisto::SourceSpan{1000, 1003};
  const std::string report = render_error(std::string(3000, 'x'), error);
  CHECK(report ==
        "m\n\n> 1 | …" + std::string(120, 'x') + "…\n    | " + std::string(61, ' ') + "^^^");
  error.span = callisto::SourceSpan{7000, 9000};
  CHECK(render_error("a\nb", error) == "m\n\n> 2 | b\n    |  ^");
  error.span = callisto::SourceSpan{0, 5};
  CHECK(render_error("a\tb\ncd", error) == "m\n\n> 1 | a b\n    | ^^^");
  error.span.reset();
  CHECK(render_error("a", error) == "m");
}
