#include <random>

#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "query/parser/parser.h"
#include "tests/support/random_query.h"

using callisto::ErrorCode;
using callisto::query::format;
using callisto::query::format_script;

TEST_CASE("formatting keeps comments where they were") {
  const std::string text =
      "/* who */\n"
      "find User with active=true /* only those */\n"
      "  /* the way */\n"
      "  that has/* any */Finding as f /* f */ where f.open=true\n"
      "return f.name /* first */, /* both */ f.open\n"
      "/* the end */";
  const std::string expected =
      "/* who */\n"
      "FIND User WITH active = true /* only those */\n"
      "  /* the way */\n"
      "  THAT has /* any */ Finding AS f\n"
      "/* f */ WHERE f.open = true\n"
      "RETURN f.name /* first */ , /* both */ f.open\n"
      "/* the end */";
  CHECK(format(text).value() == expected);
  CHECK(format(expected).value() == expected);
}

TEST_CASE("comments stay although formatting drops or rewrites what they stood beside") {
  CHECK(
      format("FIND (User) /* a */ WITH ((x = null /* b */)) order by /* c */ User.x asc").value() ==
      "FIND User /* a */ WITH x = undefined\n/* b */ ORDER BY /* c */ User.x");
}

TEST_CASE("a text with a comment between any two tokens is formatted, and stays as it then is") {
  std::mt19937 random(7);
  const auto dice = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  callisto::test::RandomQuery queries(dice, callisto::test::odd_words());
  for (int i = 0; i < 150; ++i) {
    const std::string plain = callisto::query::print(queries.query(2));
    const auto tree = callisto::query::parse(plain);
    if (!tree) continue;  // Odd words make some that are refused.
    // A blank outside of strings, brackets and expressions stands before each keyword.
    const std::size_t at = plain.find(dice(2) == 0 ? " THAT " : " WITH ");
    const std::string middle = at == std::string::npos ? "" : plain.substr(at);
    const std::string text =
        "/* a */ " + plain.substr(0, at) + (dice(2) == 0 ? " /* b */" : "\n/* b */\n") + middle;
    const auto same = callisto::query::parse(text);
    if (!same || !(*same == *tree)) continue;  // It stood in a string.
    const auto formatted = format(text);
    REQUIRE(formatted);
    const auto again = callisto::query::parse(*formatted);
    REQUIRE(again);
    CHECK(*again == *tree);
    CHECK(formatted->find("/* a */") == 0);
    CHECK(formatted->find("/* b */") != std::string::npos);
    CHECK(format(*formatted).value() == *formatted);
  }
}

TEST_CASE("a script is formatted statement by statement") {
  const std::string text =
      "find a;find b where a.x=1; /* of b */\n\n\n/* of c\n   too */ find c\n; /* last */";
  const std::string expected =
      "FIND a;\n\nFIND b\nWHERE a.x = 1; /* of b */\n\n/* of c\n   too */ FIND c; /* last */\n";
  CHECK(format_script(text).value() == expected);
  CHECK(format_script(expected).value() == expected);
  CHECK(format_script(" \n").value().empty());
  CHECK(format_script("FIND a").value() == "FIND a\n");
}

TEST_CASE("an error in a script has its place in the script") {
  const auto refused = format_script("FIND a;\n  FIND b retrun c");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::ParseError);
  CHECK(refused.error().span->begin == 17);
  CHECK(refused.error().span->end == 23);
}
