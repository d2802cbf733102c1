// Scripts cut into statements and dot commands.
#include "repl/script.h"

#include <catch2/catch.hpp>

using namespace callisto::repl;

namespace {

std::vector<std::string> texts(std::string_view script) {
  std::vector<std::string> out;
  for (const ScriptItem& item : split_script(script))
    out.push_back(item.text);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("statements end at a semicolon or at the end of the text") {
  CHECK(texts("FIND Host; FIND User") == Texts{"FIND Host", "FIND User"});
  CHECK(texts(" \n ;; FIND\n  Host ;\n") == Texts{"FIND\n  Host"});
  CHECK(texts("").empty());
  CHECK(texts("/* nothing; here */").empty());
}

TEST_CASE("a semicolon inside quotes, brackets, a regex or a comment ends nothing") {
  CHECK(texts("FIND a WITH b = 'x;y'; FIND c") == Texts{"FIND a WITH b = 'x;y'", "FIND c"});
  CHECK(texts("FIND a WITH b = \"it's;\"") == Texts{"FIND a WITH b = \"it's;\""});
  CHECK(texts("FIND a WITH b = 'x\\';y'") == Texts{"FIND a WITH b = 'x\\';y'"});
  CHECK(texts("FIND a WITH [tag.a;b] = 1") == Texts{"FIND a WITH [tag.a;b] = 1"});
  CHECK(texts("FIND a WITH b ~= /x;y/ ; FIND c") == Texts{"FIND a WITH b ~= /x;y/", "FIND c"});
  CHECK(texts("FIND a WITH b = (/x;/ OR /y;/)") == Texts{"FIND a WITH b = (/x;/ OR /y;/)"});
  CHECK(texts("FIND a /* ; */ WITH b = 1; FIND c") == Texts{"FIND a /* ; */ WITH b = 1", "FIND c"});
}

TEST_CASE("a division is no regex") {
  CHECK(texts("FIND a RETURN a.b / 2; FIND c RETURN c.d / 3") ==
        Texts{"FIND a RETURN a.b / 2", "FIND c RETURN c.d / 3"});
}

TEST_CASE("a megabyte of slashes is cut into statements in linear time") {
  const std::string slashes = "FIND Host WITH a =x" + std::string(1'000'000, '/');
  CHECK(split_script(slashes).size() == 1);  // The square would be hours.
}

TEST_CASE("dot commands are lines of their own, and know their line") {
  const auto items = split_script("#!/usr/bin/callisto -f\n-- a note\n.mode csv\nFIND a\n;.quit");
  REQUIRE(items.size() == 3);
  CHECK(items[0].is_command);
  CHECK(items[0].text == ".mode csv");
  CHECK(items[0].line == 3);
  CHECK_FALSE(items[1].is_command);
  CHECK(items[1].text == "FIND a");
  CHECK(items[1].line == 4);
  CHECK(items[2].text == ".quit");
  CHECK(items[2].line == 5);
}

TEST_CASE("Enter runs a finished statement, a command, or an empty line's end") {
  CHECK(is_complete_input(""));
  CHECK(is_complete_input("  "));
  CHECK(is_complete_input(".help"));
  CHECK(is_complete_input("FIND a;"));
  CHECK(is_complete_input("FIND a; "));
  CHECK(is_complete_input("FIND a\nWITH b = 1;"));
  CHECK(is_complete_input("FIND a\n"));
  CHECK_FALSE(is_complete_input("FIND a"));
  CHECK_FALSE(is_complete_input("FIND a WITH b = ';"));
  CHECK_FALSE(is_complete_input("FIND a; FIND b"));
  CHECK(is_complete_input(".mode csv\nFIND a;"));
}
