// Queries over several lines.
#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include "query/ast/printer.h"
#include "query/parser/parser.h"
#include "tests/support/random_query.h"

using namespace callisto;

TEST_CASE("a formatted query has a line for each hop and clause, and means the same") {
  const auto text = query::format(
      "find User with active=true and username!='x' as u that Accesses>>as a (Host|Device) (that "
      "HAS "
      "Finding that HAS Cve)? as x where a.port=22 or a.port=443 return u.username as 'a "
      "b',count(a) "
      "having 'n' limit 3");
  REQUIRE_FALSE(text);  // HAVING takes a column.
  const auto good = query::format(
      "find User with active=true and username!='x' as u that Accesses>>as a (Host|Device) (that "
      "HAS "
      "Finding that HAS Cve)? as x where a.port=22 or a.port=443 return u.username as 'a "
      "b',count(a) "
      "as n having n>1 order by n desc skip 1 limit 3");
  REQUIRE(good);
  CHECK(*good ==
        "FIND User WITH active = true AND username != 'x' AS u\n"
        "  THAT Accesses >> AS a (Host|Device)\n"
        "  (THAT HAS Finding THAT HAS Cve)? AS x\n"
        "WHERE a.port = 22 OR a.port = 443\n"
        "RETURN u.username AS 'a b', count(a) AS n\n"
        "HAVING n > 1\n"
        "ORDER BY n DESC\n"
        "SKIP 1\n"
        "LIMIT 3");
}

TEST_CASE("formatting changes no query") {
  rc::prop("parse(print_lines(tree)) is the tree", [] {
    // Draws from RapidCheck's current property.
    test::RandomQuery random{[](int limit) { return *rc::gen::inRange(0, limit); },
                             test::odd_words()};
    for (int i = 0; i < 5; ++i) {
      const query::ast::Query tree = random.query(3);
      const auto again = query::parse(query::print_lines(tree));
      RC_ASSERT(again.has_value());
      RC_ASSERT(*again == tree);
    }
  });
}

TEST_CASE("a comment is not lost by formatting") {
  const auto refused = query::format("FIND Host /* all of them */ LIMIT 3");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::InvalidInput);
  CHECK(refused.error().span->begin == 10);
  CHECK(query::format("FIND Host WITH name = '/* text */'").has_value());
}
