// Scripts and multi-line editing.
#include <catch2/catch.hpp>

#include "query/parser/parser.h"
#include "query/parser/spelling.h"

using namespace callisto::query;

namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (const Statement& statement : split_statements(text)) {
    CHECK(text.substr(statement.span.begin, statement.span.end - statement.span.begin) ==
          statement.text);
    parts.emplace_back(statement.text);
  }
  return parts;
}

using Parts = std::vector<std::string>;

}  // namespace

TEST_CASE("a script is cut at semicolons outside of everything that quotes") {
  CHECK(split("FIND a; FIND b;") == Parts{"FIND a", "FIND b"});
  CHECK(split("  FIND a ;\n\n FIND b  \n") == Parts{"FIND a", "FIND b"});
  CHECK(split("FIND a WITH b = 'x;y';FIND c") == Parts{"FIND a WITH b = 'x;y'", "FIND c"});
  CHECK(split("FIND a WITH [b;c] = \";\"; FIND d") == Parts{"FIND a WITH [b;c] = \";\"", "FIND d"});
  CHECK(split("FIND a /* ; */ AS b; FIND c") == Parts{"FIND a /* ; */ AS b", "FIND c"});
  CHECK(split("FIND a WITH b = /it's;/ AND c = 1; FIND d") ==
        Parts{"FIND a WITH b = /it's;/ AND c = 1", "FIND d"});
}

TEST_CASE("a script without statements has none") {
  CHECK(split("").empty());
  CHECK(split(" \n\t").empty());
  CHECK(split(";; ;").empty());
  CHECK(split("/* FIND a; */ ;").empty());
}

TEST_CASE("an unterminated string takes the rest of a script with it") {
  CHECK(split("FIND a; FIND b WITH c = 'x; FIND d;") ==
        Parts{"FIND a", "FIND b WITH c = 'x; FIND d;"});
}

TEST_CASE("a typed text is complete at its semicolon") {
  CHECK(is_complete(""));
  CHECK(is_complete("  \n"));
  CHECK(is_complete("FIND a;"));
  CHECK(is_complete("FIND a; /* done */ "));
  CHECK_FALSE(is_complete("FIND a"));
  CHECK_FALSE(is_complete("FIND a; FIND b"));
  CHECK_FALSE(is_complete("FIND a WITH b = ';"));
  CHECK_FALSE(is_complete("FIND a /* ;"));
  CHECK_FALSE(is_complete("FIND a WITH [b;"));
  CHECK_FALSE(is_complete("FIND a WITH b = /x;"));
}

TEST_CASE("the nearest word") {
  CHECK(edit_distance("retrun", "RETURN", 2) == 1);
  CHECK(edit_distance("kitten", "sitting", 3) == 3);
  CHECK(edit_distance("a", "abcdef", 2) == 3);
  CHECK(edit_distance("", "", 2) == 0);
  CHECK(nearest("hots", {"Host", "User"}) == "Host");
  CHECK(nearest("dayz", {"day", "days"}) == "days");
  CHECK_FALSE(nearest("xy", {"ab"}));
  CHECK_FALSE(nearest("something", {"else"}));
}
