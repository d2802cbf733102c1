// Widths and folding.
#include "repl/text_width.h"

#include <catch2/catch.hpp>

using namespace callisto::repl;

TEST_CASE("display width counts columns, not bytes or characters") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("") == 0);
  CHECK(display_width("naïve") == 5);
  CHECK(display_width("e\u0301") == 1);  // A letter and a combining accent.
  CHECK(display_width("日本") == 4);
  CHECK(display_width("👩‍👩‍👧") == 2);  // One family, joined by zero-width joiners.
  CHECK(display_width("\xff") == 1);
}

TEST_CASE("folding keeps whole characters and says that it cut") {
  CHECK(fold_to_width("abcdef", 6) == "abcdef");
  CHECK(fold_to_width("abcdef", 4) == "abc…");
  CHECK(fold_to_width("日本語", 5) == "日本…");
  CHECK(fold_to_width("日本語", 4) == "日…");
  CHECK(fold_to_width("abc", 1) == "…");
  CHECK(fold_to_width("abc", 0).empty());
}

TEST_CASE("padding counts columns") {
  CHECK(pad("日", 4, Alignment::Left) == "日  ");
  CHECK(pad("7", 3, Alignment::Right) == "  7");
  CHECK(pad("long", 2, Alignment::Left) == "long");
}
