// What may reach a terminal.
#include "repl/screen_text.h"

#include <catch2/catch.hpp>

#include "repl/colors.h"

using namespace callisto::repl;

namespace {

std::string on_screen(std::string_view text) {
  std::string scratch;
  return std::string(for_screen(text, scratch));
}

}  // namespace

TEST_CASE("text that would move the cursor or reorder the line is shown as what it is") {
  CHECK(visible("a\tb\nc\rd") == "a\\tb\\nc\\rd");
  CHECK(visible("\x1b[2J") == "\\x1b[2J");
  CHECK(visible("a\u202Eb") == "a\\u202eb");
  CHECK(visible("\u009b1m") == "\\x9b1m");
  CHECK(visible("ok\xff\xfe") == "ok\uFFFD\uFFFD");
  CHECK(visible("grün 日本") == "grün 日本");
}

TEST_CASE("characters without a glyph are shown as what they are") {
  CHECK(visible("ad\u200bmin") == "ad\\u200bmin");
  CHECK(visible("\u200c\u200d\u200e\u2060\ufeff") == "\\u200c\\u200d\\u200e\\u2060\\ufeff");
  CHECK(visible("\u00ad") == "\\xad");
  CHECK(visible("\u3164\u115f\u034f") == "\\u3164\\u115f\\u034f");
  CHECK(visible("\U000e0041") == "\\udb40\\udc41");
  CHECK(visible("a\ufe01b\U000e0101c") == "a\\ufe01b\\udb40\\udd01c");  // Variation selectors.
  CHECK(visible("e\u0301 ❤️ café") == "e\u0301 ❤️ café");     // These have one.
}

TEST_CASE("the whole output of a command keeps its lines and tabs on a screen, and nothing else") {
  CHECK(on_screen("a\tb\nc\n") == "a\tb\nc\n");
  CHECK(on_screen("a,b\r\nc\r\n") == "a,b\nc\n");
  CHECK(on_screen("a\rb") == "a\\rb");
  CHECK(on_screen("{\"e\":\"\u009b\x7f\"}") == R"({"e":"\u009b\u007f"})");
  CHECK(on_screen("\x1b]0;title\x07") == "\\u001b]0;title\\u0007");
  CHECK(on_screen("│ ü │") == "│ ü │");
  std::string scratch;
  const std::string_view clean = "nothing to do\n";
  CHECK(for_screen(clean, scratch).data() == clean.data());  // No copy.
}

TEST_CASE("only our own styles become escape sequences") {
  const Colors colors(true);
  CHECK(on_screen(colors.error("bad: ") + "x") == "\x1b[1;31mbad: \x1b[0mx");
  CHECK(on_screen(colors.struck("\x1b[1;31m")) == "\x1b[2;9m\\u001b[1;31m\x1b[0m");
  CHECK(on_screen("\xff"
                  "123456781") ==
        "\uFFFD"
        "123456781");
  CHECK(Colors(false).error("bad") == "bad");
}
