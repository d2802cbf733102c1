#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "query/parser/lexer.h"
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
      "FIND (User) /* a */ WITH ((x = undefined /* b */ ))\nORDER BY /* c */ User.x");
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

namespace {

std::size_t parentheses_in(const std::string& text) {
  const callisto::query::TokenList list = callisto::query::tokenize(text);
  return static_cast<std::size_t>(std::count_if(
      list.tokens.begin(), list.tokens.end(), [](const callisto::query::Token& token) {
        return token.kind == callisto::query::Kind::LeftParen;
      }));
}

// The text with parentheses around some of its comparisons.
std::string with_more_parentheses(const std::string& text, const callisto::test::Dice& dice) {
  using callisto::query::Kind;
  const callisto::query::TokenList list = callisto::query::tokenize(text);
  std::string out = text;
  for (std::size_t i = list.tokens.size(); i-- > 2;) {
    const Kind value = list.tokens[i].kind;
    if (list.tokens[i - 1].kind != Kind::Compare || dice(2) == 0 ||
        (value != Kind::String && value != Kind::Integer && value != Kind::True)) {
      continue;
    }
    std::size_t first = i - 2;
    while (first > 1 && list.tokens[first - 1].kind == Kind::Dot)
      first -= 2;
    out.insert(list.tokens[i].end, ")");
    out.insert(list.tokens[first].begin, "(");
  }
  return out;
}

}  // namespace

TEST_CASE("formatting keeps the parentheses that people wrote") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"find (User)", "FIND (User)"},
      {"find a with (b=1 and c=2) or (d=3)", "FIND a WITH (b = 1 AND c = 2) OR (d = 3)"},
      {"find a with ((b=1))", "FIND a WITH ((b = 1))"},
      {"find a with ((b=null) and c=1)", "FIND a WITH ((b = undefined) AND c = 1)"},
      {"find a with b=(1) and (c>date.now-1days)",
       "FIND a WITH b = (1) AND (c > date.now - 1 day)"},
      {"find a with ([b]=1)", "FIND a WITH (b = 1)"},
      {"find a that (HAS) b", "FIND a\n  THAT (HAS) b"},
      {"find a as x return (x.y + 1) * 2, (x.z)", "FIND a AS x\nRETURN (x.y + 1) * 2, (x.z)"},
      {"find a as x return (x.y*2)", "FIND a AS x\nRETURN (x.y * 2) AS '(x.y*2)'"},
      {"find a as x where ((x.b = 1) or x.c = 2)", "FIND a AS x\nWHERE ((x.b = 1) OR x.c = 2)"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(format(text).value() == expected);
    CHECK(format(expected).value() == expected);
  }
}

TEST_CASE("formatted queries mean the same, keep their parentheses and stay as they are") {
  std::mt19937 random(11);
  const callisto::test::Dice dice = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  callisto::test::RandomQuery queries(dice, callisto::test::odd_words());
  int formatted_queries = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string plain = callisto::query::print(queries.query(3));
    const auto tree = callisto::query::parse(plain);
    if (!tree) continue;  // Odd words make some that are refused.
    std::string text = with_more_parentheses(plain, dice);
    // In HAVING a comparison may be part of an expression before it.
    const auto same = callisto::query::parse(text);
    if (!same || !(*same == *tree)) text = plain;
    INFO(text);
    const auto formatted = format(text);
    REQUIRE(formatted);
    ++formatted_queries;
    INFO(*formatted);
    const auto again = callisto::query::parse(*formatted);
    REQUIRE(again);
    CHECK(*again == *tree);
    CHECK(parentheses_in(*formatted) == parentheses_in(text));
    CHECK(format(*formatted).value() == *formatted);
  }
  CHECK(formatted_queries > 200);
}

TEST_CASE("formatted lines have at most 120 characters") {
  std::string text = "find (a";
  for (int i = 0; i < 40; ++i) {
    text += "|some_type_" + std::to_string(i);
  }
  text += ") with active = true";
  for (int i = 0; i < 40; ++i) {
    text += (i % 3 == 0 ? " or [größe] = (" : " and [größe] = (") + std::to_string(i) + " or 7)";
  }
  text += " as x return x.name";
  for (int i = 0; i < 40; ++i) {
    text += ", x.property" + std::to_string(i) + " + x.other as 'Column " + std::to_string(i) + "'";
  }
  const std::string formatted = format(text).value();
  std::size_t lines = 0;
  for (std::size_t begin = 0; begin < formatted.size(); ++lines) {
    const std::size_t end = std::min(formatted.find('\n', begin), formatted.size());
    std::size_t characters = 0;
    for (const char c : formatted.substr(begin, end - begin)) {
      characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    }
    CHECK(characters <= 120);
    begin = end + 1;
  }
  CHECK(lines < 40);
  CHECK(*callisto::query::parse(formatted) == *callisto::query::parse(text));
  CHECK(format(formatted).value() == formatted);
  // A longer text cannot be broken; all else can.
  const std::string word(150, 'x');
  CHECK(format("find a with b = '" + word + "' and c = 1").value() ==
        "FIND a\n    WITH b =\n    '" + word + "'\n    AND c = 1");
}

TEST_CASE("j1ql 1.7 formatted texts have the quotes and backslashes that they need") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"("x")", R"('x')"},
      {R"('it\'s')", R"("it's")"},
      {R"("say \"hi\"")", R"('say "hi"')"},
      {R"('it\'s "x"')", R"('it\'s "x"')"},
      {R"('C:\Users')", R"('C:\Users')"},
      {R"('C:\\Users\\x')", R"('C:\Users\x')"},
      {R"('C:\\new')", R"('C:\\new')"},
      {R"('C:\\')", R"('C:\\')"},
      {R"('^\d+$')", R"('^\d+$')"},
      {R"('a\nb\tc')", R"('a\nb\tc')"},
      {R"('\\\\host\\x')", R"('\\\\host\\x')"},
      {R"("\\'")", R"("\\'")"},
  };
  for (const auto& [written, expected] : cases) {
    INFO(written);
    CHECK(format("FIND a WITH b = " + written).value() == "FIND a WITH b = " + expected);
    CHECK(*callisto::query::parse("FIND a WITH b = " + written) ==
          *callisto::query::parse("FIND a WITH b = " + expected));
  }
}

TEST_CASE("formatted dates and numbers are as people write them") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"date.now-1days", "date.now - 1 day"},
      {"date.now - 2 day + 1hr", "date.now - 2 days + 1 hour"},
      {"date.now - 1mo", "date.now - 1 month"},
      {"date(2024)", "date(2024-01-01)"},
      {"date(2024-02-29T12)", "date(2024-02-29T12:00:00.000Z)"},
      {"1e-7", "0.0000001"},
      {"1e300", "1e+300"},
      {"-0.50", "-0.5"},
  };
  for (const auto& [written, expected] : cases) {
    CHECK(format("FIND a WITH b > " + written).value() == "FIND a WITH b > " + expected);
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
