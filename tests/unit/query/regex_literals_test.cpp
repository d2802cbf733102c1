// What every match must contain: never too much, or a search would lose rows.
#include "query/binder/regex_literals.h"

#include <catch2/catch.hpp>

using callisto::query::required_literals;
using Texts = std::vector<std::string>;

TEST_CASE("plain runs of a pattern are required") {
  CHECK(required_literals("prod-(web|db)-[0-9]*42") == Texts{"prod-", "42"});
  CHECK(required_literals("^arn:aws:s3:::[a-z.]+-logs$") == Texts{"arn:aws:s3:::", "-logs"});
  CHECK(required_literals("a\\.b\\.c") == Texts{"a.b.c"});
  CHECK(required_literals("\\d+ items") == Texts{" items"});
}

TEST_CASE("what may be missing is not required") {
  CHECK(required_literals("colou?r") == Texts{"colo"});
  CHECK(required_literals("abc*de") == Texts{"ab", "de"});
  CHECK(required_literals("ab{0,3}cd") == Texts{"cd"});
  CHECK(required_literals("xy+z!") == Texts{"xy", "z!"});
  CHECK(required_literals("(?:abc)?def") == Texts{"def"});
  CHECK(required_literals("[]abc]de") == Texts{"de"});
}

TEST_CASE("patterns that are not plainly understood require nothing") {
  for (const char* pattern : {"abc|def",
                              "(?i)abc",
                              "\\Qa|b\\E",
                              "[[:alpha:]]bc",
                              "ab(?i)cd",
                              "\\x41bc",
                              "(abc",
                              "abc)",
                              "\\pLabc",
                              "(?P<n>ab)cd",
                              "caf\xC3\xA9s?",
                              "abc\\",
                              ""}) {
    CHECK(required_literals(pattern).empty());
  }
}
