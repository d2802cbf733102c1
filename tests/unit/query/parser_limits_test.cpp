// Hostile texts end in a clear error, quickly and without a deep stack.
#include <algorithm>
#include <ctime>
#include <limits>

#include <catch2/catch.hpp>

#include "query/ast/printer.h"
#include "query/parser/completion.h"
#include "query/parser/error_excerpt.h"
#include "query/parser/limits.h"
#include "query/parser/parser.h"

using namespace callisto::query;
using callisto::ErrorCode;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    text.append(part);
  return text;
}

constexpr std::size_t kHostileBytes = 256 * 1024;

// Processor time of all that is done with a text, in clock ticks: the least of two.
double ticks_of(const std::string& text) {
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 2; ++i) {
    const std::clock_t start = std::clock();
    const auto tree = parse(text);
    if (!tree) static_cast<void>(render_error(text, tree.error()));
    static_cast<void>(complete(text, text.size()));
    static_cast<void>(split_statements(text));
    least = std::min(least, static_cast<double>(std::clock() - start));
  }
  return least;
}

// Eight times the text takes about eight times as long; what is square takes 64 times.
void check_linear(const std::string& begin, std::string_view part) {
  constexpr std::size_t kBytes = kHostileBytes / 2;
  constexpr std::size_t kTimes = 8;
  constexpr double kLongest = 3.0 * kTimes;
  constexpr double kNoise = CLOCKS_PER_SEC / 50.0;
  const std::size_t parts = (kBytes / kTimes - begin.size()) / part.size();
  const double eighth = ticks_of(begin + repeated(part, parts));
  const double whole = ticks_of(begin + repeated(part, parts * kTimes));
  INFO(begin << " and " << parts << " times " << part);
  CHECK(whole < kLongest * eighth + kNoise);
}

void check_limit(const std::string& text, const std::string& message) {
  const auto tree = parse(text);
  INFO(text.substr(0, 60));
  REQUIRE_FALSE(tree);
  CHECK(tree.error().code == ErrorCode::LimitExceeded);
  CHECK_THAT(tree.error().message, Catch::Contains(message));
  CHECK(tree.error().span);
}

}  // namespace

TEST_CASE("60,000 open parentheses end at the nesting limit wherever they stand") {
  const std::string open(60'000, '(');
  for (const std::string prefix : {"",
                                   "FIND ",
                                   "FIND a ",
                                   "FIND a WITH ",
                                   "FIND a WITH b = ",
                                   "FIND a RETURN ",
                                   "FIND a RETURN count"}) {
    check_limit(prefix + open, "at most 64 deep");
  }
  check_limit("FIND a" + repeated(" (THAT HAS b", 1'000), "at most 64 deep");
  check_limit("FIND a WITH b = " + repeated("(FIND a WITH b = ", 1'000), "at most 64 deep");
}

TEST_CASE("every nesting up to the limit parses and prints") {
  const std::string open(kNestingDepthMax, '(');
  const std::string close(kNestingDepthMax, ')');
  for (const std::string& text :
       {"FIND " + open + "a" + close,
        "FIND a WITH " + open + "b = 1" + close,
        "FIND a WITH b = " + open + "1" + close,
        "FIND a RETURN " + open + "1" + close,
        "FIND a" + repeated(" (THAT HAS b", 64) + repeated(")?", 64),
        "FIND a WITH b = " + repeated("(1 OR ", 64) + "2" + close,
        "FIND a WITH " + repeated("(b = 1 OR b = 2 AND ", 64) + "c = 3" + close,
        "FIND a WITH b = " + repeated("(FIND a WITH b = ", 64) + "1" +
            repeated(" RETURN a.b)", 64)}) {
    INFO(text.substr(0, 40));
    const auto tree = parse(text);
    REQUIRE(tree);
    const auto again = parse(print(*tree));
    REQUIRE(again);
    CHECK(*again == *tree);
  }
}

TEST_CASE("a query of a megabyte is read, one byte more is not") {
  const std::string query = "FIND a WITH b = '";
  const std::string largest = query + std::string(kQueryBytesMax - query.size() - 1, 'x') + "'";
  CHECK(parse(largest));
  check_limit(largest + " ", "at most 1048576 bytes");
  CHECK(parse("FIND a WITH b = 1" + repeated(" OR b = 1", 110'000)));
}

TEST_CASE("lists, hops and expressions are bounded") {
  CHECK(parse("FIND a WITH b = (1" + repeated(" OR 1", kListItemsMax - 1) + ")"));
  check_limit("FIND a WITH b = (1" + repeated(" OR 1", kListItemsMax) + ")", "10000 values");
  check_limit("FIND (a" + repeated("|a", kListItemsMax) + ")", "10000 targets");
  check_limit("FIND a THAT (A" + repeated("|A", kListItemsMax) + ") b", "10000 verbs");
  check_limit("FIND a RETURN f(1" + repeated(",1", kListItemsMax) + ")", "10000 arguments");
  CHECK(parse("FIND a" + repeated(" THAT HAS b", kHopsMax)));
  check_limit("FIND a" + repeated(" THAT HAS b", kHopsMax + 1), "at most 64 hops");
  check_limit("FIND a" + repeated(" (THAT HAS b)?", kHopsMax + 1), "at most 64 hops");
  CHECK(parse("FIND a RETURN 1" + repeated("+1", kExpressionPartsMax)));
  check_limit("FIND a RETURN 1" + repeated("+1", 100'000), "at most 1000 operators");
  check_limit("FIND a RETURN 2" + repeated("^2", 100'000), "at most 1000 operators");
  check_limit("FIND a RETURN " + std::string(100'000, '-') + "1", "at most 1000 operators");
}

TEST_CASE("hops of a subquery count for the subquery") {
  const std::string hops = repeated(" THAT HAS b", kHopsMax);
  CHECK(parse("FIND a WITH c = (FIND a" + hops + " RETURN a.d)" + hops));
}

TEST_CASE("anything repeated takes linear time") {
  for (const std::string part : {"'\\",
                                 "\"\\",
                                 "/*",
                                 "*/",
                                 "${",
                                 "{{",
                                 "=/",
                                 "#(",
                                 ";'",
                                 "--",
                                 "^2",
                                 "[[",
                                 "()",
                                 "|a",
                                 ".a",
                                 "\xC3\xA9",
                                 "\xFF\xFE",
                                 "\n/",
                                 "!~"}) {
    check_linear("", part);
    check_linear("FIND a WITH b = ", part);
  }
  check_linear("FIND a WITH b ", "=date(");
  check_linear("FIND a WITH b ", "=/[");
  check_linear("FIND a WITH b = (", "'x' OR ");
  check_linear("FIND a WITH b = 1 ", "AND b = 1 ");
  check_linear("", "FIND a; ");
  check_linear("FIND a", " THAT");
}

TEST_CASE("bytes that are no text are refused, not followed") {
  std::string all;
  for (int c = 0; c < 256; ++c)
    all.push_back(static_cast<char>(c));
  for (int c = 0; c < 256; ++c) {
    const std::string one(1, static_cast<char>(c));
    for (const std::string& text :
         {one,
          "FIND " + one,
          "FIND a WITH b = " + one,
          "FIND a WITH b = '" + one,
          all.substr(all.size() - 1 - static_cast<std::size_t>(c) % 200) + one}) {
      const auto tree = parse(text);
      if (!tree) CHECK_FALSE(render_error(text, tree.error()).empty());
    }
  }
}
